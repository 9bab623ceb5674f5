import assert from 'node:assert/strict';
import { plainLines } from '../../webview/find/plainLines.ts';
import { patternOf, searchablesOf } from '../../webview/find/search.ts';
import { canContinue, quoted } from '../../webview/text/turnText.ts';
import type { Item, Turn } from '../../src/protocol/viewState.ts';

function turnOf(items: readonly Item[], parts: Partial<Turn> = {}): Turn {
  return { id: 't1', question: { text: 'Why?', attachments: [] }, items, outcome: 'done', usage: undefined, ...parts };
}

describe('What can be found in a chat', () => {
  it('is the text as it reads, not as it is written', () => {
    assert.deepEqual(plainLines('# The **re**try\n\nIt [waits](https://a.b), `once`.\n\n- one\n  - two\n\n| a | b |\n|---|---|\n| c | d |'), ['The retry', 'It waits, once.', 'one', 'two', 'a', 'b', 'c', 'd']);
  });

  it('does not run from one block of text into the next', () => {
    assert.equal(plainLines('one\n\ntwo').some((line) => /onetwo|one two/.test(line)), false);
  });

  it('holds code as it is', () => {
    assert.deepEqual(plainLines('```ts\nconst a = 1;\n  // *b*\n```'), ['const a = 1;\n  // *b*']);
  });

  it('is looked for by the letters that were typed, whatever their case', () => {
    assert.equal('A.C abc (a.c)'.match(patternOf('a.c') ?? /$^/)?.length, 2);
    assert.equal('[x](y)'.match(patternOf('[X](') ?? /$^/)?.length, 1);
    assert.equal('ДОМ дом'.match(patternOf('дом') ?? /$^/)?.length, 2);
    assert.equal(patternOf('  '), undefined);
  });

  it('is the question, the reasoning, the answers and what tools were given and gave, in their order, each with the sections to be opened for it', () => {
    const turn = turnOf([
      { kind: 'reasoning', id: 'r1', text: 'Hm.', durationMs: 1 },
      { kind: 'text', id: 'a1', text: 'One.' },
      { kind: 'alternative', id: 'n2', number: 2, reasoning: 'Or.', text: 'Two.' },
      { kind: 'call', id: 'c1', tool: 'read_file', arguments: '{}', status: 'done', summary: undefined, result: 'x' },
    ]);
    assert.deepEqual(searchablesOf([turn]).map(({ key, sections, lines }) => [key, sections.join(' '), lines().join()]), [
      ['t1/question', '', 'Why?'],
      ['r1', 't1/first r1', 'Hm.'],
      ['a1', 't1/first', 'One.'],
      ['n2/reasoning', 'n2/reasoning', 'Or.'],
      ['n2', 'n2', 'Two.'],
      ['c1/arguments', 'c1', '{}'],
      ['c1/result', 'c1', 'x'],
    ]);
    assert.deepEqual(searchablesOf([turnOf([], { isSummary: true })]), [], 'nobody sees what a summary was asked for with');
  });
});

describe('What is done with the text of a turn', () => {
  it('is quoted line by line, with room below it', () => {
    assert.equal(quoted('\none\r\n\n  two\n'), '> one\n>\n>   two\n\n');
  });

  it('can go on where it ended early, unless a card offers that', () => {
    const card: Item = { kind: 'notice', id: 'n1', text: { message: 'Cut.', args: [] }, actions: ['continue'] };
    assert.deepEqual((['done', 'failed', 'running', 'cut', 'stopped', 'interrupted'] as const).map((outcome) => canContinue(turnOf([], { outcome }))), [false, false, false, true, true, true]);
    assert.equal(canContinue(turnOf([card], { outcome: 'cut' })), false);
  });
});
