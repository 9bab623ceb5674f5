import assert from 'node:assert/strict';
import { createBest, candidateOf, scoreOf } from '../../src/core/context/fuzzy.ts';
import { createGauge, type GaugeInput } from '../../src/core/context/gauge.ts';
import { estimateTokens } from '../../src/core/context/tokens.ts';
import type { Message } from '../../src/core/conversation/message.ts';

describe('An estimate of tokens', () => {
  /** Counted with the published vocabulary o200k_base, which is not that of any of our services but of the same kind. */
  const counted: readonly (readonly [string, number])[] = [
    ['The tide comes in twice a day, and twice a day it leaves the sand smooth and the children have to begin their castles again.', 27],
    ['潮水每天涨两次，每次退去之后沙滩都恢复平整，孩子们只好重新开始堆他们的城堡。', 32],
    ['潮は一日に二度満ちて、そのたびに砂浜は平らになり、子どもたちはまた最初から城を作り始めます。', 38],
    ['밀물은 하루에 두 번 들어오고, 그때마다 모래사장은 평평해져서 아이들은 성을 다시 쌓기 시작합니다.', 34],
    ['Прилив приходит дважды в день, и каждый раз песок становится ровным, а дети снова начинают строить замки.', 26],
    ['export function total(orders: readonly Order[]): number {\n  return orders.reduce((sum, { price, count }) => sum + price * count, 0);\n}\n', 34],
    ['2026-11-22 15:28:26.000 1234567890 3.14159265358979 0x7fffffff', 33],
    ['🌊🏖️👩‍👧‍👦🎉', 15],
  ];
  for (const [text, tokens] of counted) {
    it(`is within a third of the count: ${text.slice(0, 20).replace(/\s+/g, ' ')}`, () => {
      const estimated = estimateTokens(text);
      assert.ok(estimated >= tokens * 0.67 && estimated <= tokens * 1.34, `${estimated} for ${tokens}`);
    });
  }

  it('agrees with what DeepSeek says: 0.3 tokens for a letter, 0.6 for a Chinese character', () => {
    const english = 'Wind and water shape the coast, and nobody who lives there forgets it for long. '.repeat(50);
    const chinese = '风和水塑造海岸住在那里的人不会长久忘记这一点'.repeat(50);
    assert.ok(Math.abs(estimateTokens(english) / english.length / 0.3 - 1) < 0.35, String(estimateTokens(english) / english.length));
    assert.ok(Math.abs(estimateTokens(chinese) / chinese.length / 0.6 - 1) < 0.15);
  });

  it('grows with the text and nothing else', () => {
    const one = estimateTokens('abc def\n'.repeat(1000));
    assert.ok(Math.abs(estimateTokens('abc def\n'.repeat(10_000)) / one - 10) < 0.01);
    assert.equal(estimateTokens(''), 0);
    assert.ok(estimateTokens(' '.repeat(10_000)) < 200, 'indentation costs little');
  });
});

describe('The gauge of the context window', () => {
  const words = 'The tide comes in twice a day. '.repeat(100);
  const messages: readonly Message[] = [
    { role: 'system', content: 'Be brief. '.repeat(50) },
    { role: 'user', content: words },
    { role: 'assistant', text: words, reasoning: { field: 'reasoning_content', text: words }, calls: [{ id: '1', name: 'read_file', arguments: '{"path":"a.ts"}' }] },
    { role: 'tool', callId: '1', content: words },
  ];
  const input: GaugeInput = { messages, context: [{ tokens: 100 }, { tokens: undefined }], tools: [{ name: 'read_file', description: words, parameters: {} }], reasoningReplay: 'every-turn', limit: 128_000 };

  const used = (reasoningReplay: GaugeInput['reasoningReplay']): number => createGauge().view({ ...input, reasoningReplay }).used;

  it('adds up what would be sent, part by part', () => {
    const { used: all, limit, parts } = createGauge().view(input);
    assert.deepEqual([limit, parts.map(({ kind }) => kind)], [128_000, ['system', 'tools', 'chat', 'context']]);
    assert.equal(all, parts.reduce((sum, { tokens }) => sum + tokens, 0));
    const [system, tools, chat, context] = parts.map(({ tokens }) => tokens);
    assert.equal(context, 100);
    assert.ok((chat ?? 0) > 3.9 * (tools ?? 0) && (system ?? 0) > 50, JSON.stringify(parts));
  });

  it('counts reasoning only where it goes back', () => {
    assert.equal(used('every-turn'), used('tool-calls'));
    assert.ok(used('never') < used('every-turn') - estimateTokens(words) * 0.9);
  });

  it('is corrected by what the service counted, within reason', () => {
    const gauge = createGauge();
    const before = gauge.view({ ...input, context: [] }).used;
    gauge.counted(input, Math.round(before * 1.5));
    assert.ok(Math.abs(gauge.view({ ...input, context: [] }).used / (before * 1.5) - 1) < 0.01);
    gauge.counted(input, before * 1000);
    assert.ok(gauge.view({ ...input, context: [] }).used <= before * 2.5 + 4);
    gauge.counted({ ...input, messages: [], tools: [] }, 1);
    assert.ok(gauge.view({ ...input, context: [] }).used > before, 'a request too short to tell changes nothing');
  });
});

describe('Finding paths by a few letters', () => {
  const paths = ['src/core/chat/chat.ts', 'src/host/chatView.ts', 'webview/parts/Composer.tsx', 'test/unit/chat.test.ts', 'docs/compose.md', 'src/core/completions/complete.ts'];
  const found = (query: string): readonly string[] => {
    const best = createBest<string>(3);
    for (const path of paths) {
      const score = scoreOf(candidateOf(path), query);
      if (score !== undefined) best.offer(path, score);
    }
    return best.list();
  };

  it('prefers whole names, then beginnings, then words, then scattered letters', () => {
    assert.deepEqual(found('chat').slice(0, 2), ['src/core/chat/chat.ts', 'test/unit/chat.test.ts']);
    assert.equal(found('composer')[0], 'webview/parts/Composer.tsx');
    assert.equal(found('cv')[0], 'src/host/chatView.ts');
    assert.equal(found('hostchat')[0], 'src/host/chatView.ts');
    assert.equal(found('core/comp')[0], 'src/core/completions/complete.ts');
    assert.deepEqual(found('zzz'), []);
  });

  it('keeps only the best, in the order in which equals were seen', () => {
    const best = createBest<number>(2);
    for (const [item, score] of [[1, 5], [2, 5], [3, 9], [4, 1]] as const) best.offer(item, score);
    assert.deepEqual(best.list(), [3, 1]);
  });
});
