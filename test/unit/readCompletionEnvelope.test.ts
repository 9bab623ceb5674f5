import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { createEnvelope } from '../../src/core/completions/envelope.ts';
import { solePartOf } from '../../src/core/completions/solePart.ts';
import { asObject, type Json } from '../../src/core/json.ts';
import { chunk, done, endOf, events } from './support/wire.ts';

function learnt(payload: string): ReturnType<typeof createEnvelope> {
  const envelope = createEnvelope();
  const value = asObject(JSON.parse(payload));
  const part = value && solePartOf(value);
  assert.ok(part !== undefined && envelope.learn(payload, part));
  return envelope;
}

/** How servers write the same JSON. */
const spellings: readonly ((value: Json) => string)[] = [
  (value) => JSON.stringify(value),
  (value) => JSON.stringify(value, undefined, 1).replace(/\n */g, ' '),
  (value) => JSON.stringify(value).replace(/[^\x20-\x7e]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`),
];

describe('the envelope of a stream', () => {
  it('changes nothing of what is read, whatever the words are and however they are written', async () => {
    const words = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }).map((text) => text.toWellFormed()), fc.constantFrom('"', '\\', '","x":"', '\\"', '\u2028', 'a"}}]}', 'content'));
    const delta = fc.oneof(words.map((text) => ({ content: text })), words.map((text) => ({ reasoning_content: text, content: null })), words.map((text) => ({ tool_calls: [{ index: 0, function: { arguments: text } }] })));
    await fc.assert(
      fc.asyncProperty(fc.array(delta, { maxLength: 30 }), fc.constantFrom(...spellings), async (deltas, spell) => {
        // Tags and leaked markup are looked for elsewhere.
        const all = [{ content: '.' }, ...deltas];
        const end = await endOf(all.map((one) => `data: ${spell(chunk(one))}\n\n`).join('') + events(chunk({}, 'tool_calls'), done));
        const of = (read: (one: (typeof all)[number]) => string | null | undefined): string => all.map((one) => read(one) ?? '').join('');
        assert.equal(end.message.text, of((one) => ('content' in one ? one.content : '')));
        assert.equal(end.message.reasoning?.text ?? '', of((one) => ('reasoning_content' in one ? one.reasoning_content : '')));
        assert.equal(end.message.calls[0]?.arguments ?? '', of((one) => ('tool_calls' in one ? one.tool_calls[0]?.function.arguments : '')));
      }),
      { numRuns: 150 },
    );
  });

  it('opens payloads that differ in the one string only', () => {
    const envelope = learnt(JSON.stringify(chunk({ content: 'hi' })));
    for (const words of ['', 'x', 'a "quoted" word', 'longer than twelve characters', '潮\n']) assert.equal(envelope.open(JSON.stringify(chunk({ content: words }))), words);
    const others: readonly Json[] = [chunk({ content: 'hi' }, 'stop'), chunk({ content: 'hi', x: 1 }), chunk({ reasoning: 'hi' }), { ...chunk({ content: 'hi' }), usage: {} }, chunk({ content: null })];
    for (const other of others) assert.equal(envelope.open(JSON.stringify(other)), undefined, JSON.stringify(other));
  });

  it('does not open what is no JSON, or holds more than one string', () => {
    const [before = '', after = ''] = JSON.stringify(chunk({ content: 'hi' })).split('hi');
    const envelope = learnt(`${before}hi${after}`);
    for (const inner of ['a","content":"b', '\\', 'a\u0001', '\\x', '"', 'a long one","finish_reason":"stop']) assert.equal(envelope.open(before + inner + after), undefined, inner);
    assert.equal(envelope.open(before.slice(0, -1) + after), undefined);
  });

  it('is not learnt from chunks that say more than one thing, or the end', () => {
    const many: readonly Json[] = [
      chunk({ content: 'a', reasoning: 'b' }), chunk({ content: 'a' }, 'stop'), { ...chunk({ content: 'a' }), usage: { prompt_tokens: 1 } }, { choices: [{ delta: { content: 'a' }, logprobs: { content: [] } }] },
      { choices: [{ delta: { content: 'a' } }, { index: 1, delta: {} }] }, chunk({ content: ['a'] }), chunk({ tool_calls: [{ index: 0, id: 'x', function: { arguments: 'a' } }] }), chunk({ tool_calls: [{ index: 0, function: { name: 'f', arguments: 'a' } }] }),
      { ...chunk({ content: 'a' }), tool_calls: [] }, chunk({ content: '' }), { choices: [{ delta: { content: 'a' }, message: {} }] },
    ];
    for (const value of many) assert.equal(solePartOf(asObject(value) ?? {}), undefined, JSON.stringify(value));
  });

  it('is not learnt where the name stands elsewhere first, and not tried for ever', () => {
    const value = { content: 'hi', choices: [{ index: 0, delta: { content: 'hi' }, finish_reason: null }] };
    const part = solePartOf(value);
    const envelope = createEnvelope();
    assert.ok(part !== undefined);
    let tries = 0;
    for (let chunks = 0; chunks < 1000; chunks += 1) {
      if (!envelope.isWilling()) continue;
      tries += 1;
      assert.equal(envelope.learn(JSON.stringify(value), part), false);
    }
    assert.ok(tries > 4 && tries < 20, String(tries));
  });
});
