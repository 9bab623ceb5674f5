import assert from 'node:assert/strict';
import type { CompletionEnd } from '../../src/core/completions/completion.ts';
import type { Json } from '../../src/core/json.ts';
import { chunk, done, endOf, events } from './support/wire.ts';

/** A row of a page's table of response fields, and what of it is in the end. */
type Row = readonly [name: string, found: (end: CompletionEnd) => unknown, expected: unknown];

const call = { id: 'call_1', type: 'function', function: { name: 'read_file', arguments: '{"path":"a"}' } };
const usage = { prompt_tokens: 30, completion_tokens: 12, total_tokens: 44, prompt_cache_hit_tokens: 20, prompt_cache_miss_tokens: 10, completion_tokens_details: { reasoning_tokens: 5 } };
const head = { id: 'c1', created: 1_765_000_000, model: 'the-model', object: 'chat.completion', system_fingerprint: 'fp_1' };
const token = { token: 'hé', logprob: -0.5, bytes: [104, 195, 169], top_logprobs: [{ token: 'ho', logprob: -9999, bytes: null }] };
const kept = { token: 'hé', logprob: -0.5, bytes: [104, 195, 169], alternatives: [{ token: 'ho', logprob: -9999 }] };

const ids: readonly Row[] = [
  ['id', ({ details }) => details.id, 'c1'],
  ['created', ({ details }) => details.created, 1_765_000_000],
  ['model', ({ details }) => details.model, 'the-model'],
];
const usageRows: readonly Row[] = [
  ['usage', ({ usage: counts }) => counts !== undefined, true],
  ['usage.completion_tokens', ({ usage: counts }) => counts?.completionTokens, 12],
  ['usage.prompt_tokens', ({ usage: counts }) => counts?.promptTokens, 30],
  ['usage.total_tokens', ({ usage: counts }) => counts?.totalTokens, 44],
];
const topCalls: readonly Row[] = [
  ['tool_calls', ({ message }) => message.calls.length, 1],
  ['tool_calls.function', ({ message }) => message.calls[0] !== undefined, true],
  ['tool_calls.function.arguments', ({ message }) => message.calls[0]?.arguments, '{"path":"a"}'],
  ['tool_calls.function.name', ({ message }) => message.calls[0]?.name, 'read_file'],
  ['tool_calls.id', ({ message }) => message.calls[0]?.id, 'call_1'],
  ['tool_calls.type', ({ message }) => message.calls.length, 1],
];
const messageRows: readonly Row[] = [
  ['choices', ({ message, alternatives }) => [message.text, ...alternatives.map(({ text }) => text)], ['hé', 'second']],
  ['choices.message', ({ message }) => message.role, 'assistant'],
  ['choices.message.content', ({ message }) => message.text, 'hé'],
  ['choices.message.reasoning_content', ({ message }) => message.reasoning, { field: 'reasoning_content', text: 'hm' }],
  ['choices.message.role', ({ message }) => message.role, 'assistant'],
  ['choices.index', ({ alternatives }) => alternatives[0]?.text, 'second'],
];

function whole(message: object, finish: string, beside: object = {}): string {
  const first = { index: 0, message: { role: 'assistant', content: 'hé', reasoning_content: 'hm', ...message }, logprobs: { content: [token] }, finish_reason: finish };
  const second = { index: 1, message: { role: 'assistant', content: 'second' }, finish_reason: 'stop' };
  return JSON.stringify({ ...head, choices: [second, first], usage, ...beside });
}

function finishRows(reasons: readonly (readonly [string, CompletionEnd['reason']])[], page: string, body: (finish: string) => string): void {
  for (const [wire, reason] of reasons) {
    it(`${page}: choices.finish_reason ${wire}`, async () => {
      const end = await endOf(body(wire));
      assert.deepEqual([end.reason, end.details.finishReason], [reason, wire]);
    });
  }
}

function rowsOf(page: string, body: string, rows: readonly Row[]): void {
  for (const [name, found, expected] of rows) {
    it(`${page}: ${name}`, async () => assert.deepEqual(found(await endOf(body)), expected));
  }
}

/** The answer is the same whatever the field says, or when it is missing. */
function means(page: string, name: string, body: (value: string | undefined) => string): void {
  it(`${page}: ${name}, whatever it says`, async () => {
    const expected = await endOf(body('chat.completion'));
    for (const value of ['chat.completion.chunk', 'new', undefined]) assert.deepEqual(await endOf(body(value)), expected, value);
  });
}

describe('the response tables of the reference pages', () => {
  rowsOf('DeepSeek', whole({ tool_calls: [call] }, 'tool_calls'), [
    ...ids,
    ...messageRows,
    ...topCalls.map(([name, ...rest]) => [`choices.message.${name}`, ...rest] as const),
    ['choices.logprobs', ({ logprobs }) => logprobs.length, 1],
    ['choices.logprobs.content', ({ logprobs }) => logprobs, [kept]],
    ['choices.logprobs.content.token', ({ logprobs }) => logprobs[0]?.token, 'hé'],
    ['choices.logprobs.content.logprob', ({ logprobs }) => logprobs[0]?.logprob, -0.5],
    ['choices.logprobs.content.bytes', ({ logprobs }) => logprobs[0]?.bytes, [104, 195, 169]],
    ['choices.logprobs.content.top_logprobs', ({ logprobs }) => logprobs[0]?.alternatives, [{ token: 'ho', logprob: -9999 }]],
    ['choices.logprobs.content.top_logprobs.token', ({ logprobs }) => logprobs[0]?.alternatives[0]?.token, 'ho'],
    ['choices.logprobs.content.top_logprobs.logprob', ({ logprobs }) => logprobs[0]?.alternatives[0]?.logprob, -9999],
    ['choices.logprobs.content.top_logprobs.bytes', ({ logprobs }) => logprobs[0]?.alternatives[0]?.bytes, undefined],
    ['system_fingerprint', ({ details }) => details.systemFingerprint, 'fp_1'],
    ...usageRows,
    ['usage.prompt_cache_hit_tokens', ({ usage: counts }) => counts?.cachedTokens, 20],
    ['usage.prompt_cache_miss_tokens', ({ usage: counts }) => counts?.missedTokens, 10],
    ['usage.completion_tokens_details', ({ usage: counts }) => counts?.reasoningTokens !== undefined, true],
    ['usage.completion_tokens_details.reasoning_tokens', ({ usage: counts }) => counts?.reasoningTokens, 5],
  ]);
  finishRows([['stop', 'stop'], ['length', 'length'], ['content_filter', 'content-filter'], ['insufficient_system_resource', 'overloaded']], 'DeepSeek', (finish) => whole({}, finish));
  finishRows([['tool_calls', 'tool-calls']], 'DeepSeek', (finish) => whole({ tool_calls: [call] }, finish));
  means('DeepSeek', 'object', (object) => whole({}, 'stop', { object }));

  for (const page of ['iFlow (Traditional Chinese), whole', 'iFlow (Simplified Chinese), whole']) {
    // Both pages show the calls beside the choices.
    rowsOf(page, whole({}, 'tool_calls', { tool_calls: [call] }), [...ids, ...messageRows.filter(([name]) => name !== 'choices.index'), ...topCalls, ...usageRows]);
    finishRows([['stop', 'stop'], ['eos', 'stop'], ['length', 'length']], page, (finish) => whole({}, finish));
    finishRows([['tool_calls', 'tool-calls']], page, (finish) => whole({}, finish, { tool_calls: [call] }));
    means(page, 'object', (object) => whole({}, 'stop', { object }));
  }

  const refusal = { content: null, refusal: [token] };
  const piece = (delta: object, finish: string | null, beside: object = {}): object => ({ ...head, object: 'chat.completion.chunk', service_tier: 'default', ...beside, choices: [{ index: 0, delta, logprobs: { content: [token] }, finish_reason: finish }] });
  const streamed = (finish: string, beside: object = {}): string =>
    events(...[piece({ role: 'assistant', content: '', reasoning_content: 'hm' }, null), piece({ content: 'hé' }, null), piece({}, finish, beside), { ...head, choices: [], usage }].map((value) => value as Json), done);
  rowsOf('iFlow, streamed', streamed('tool_calls', { tool_calls: [call] }), [
    ...ids,
    ['choices', ({ message }) => message.text, 'hé'],
    ...topCalls,
    ...usageRows,
    ['choices.logprobs', ({ logprobs }) => logprobs.length, 3],
    ['choices.logprobs.content', ({ logprobs }) => logprobs[0], kept],
    ['service_tier', ({ details }) => details.serviceTier, 'default'],
    ['system_fingerprint', ({ details }) => details.systemFingerprint, 'fp_1'],
  ]);
  finishRows([['stop', 'stop'], ['eos', 'stop'], ['length', 'length']], 'iFlow, streamed', (finish) => streamed(finish));
  finishRows([['tool_calls', 'tool-calls']], 'iFlow, streamed', (finish) => streamed(finish, { tool_calls: [call] }));
  rowsOf('iFlow, streamed', events({ choices: [{ index: 0, message: { role: 'assistant', content: 'hé' } }] }, chunk({}, 'stop')), [['choices.message', ({ message }) => message.text, 'hé']]);
  // The page writes these three outside of the choices.
  rowsOf('iFlow, streamed', events({ ...head, index: 0, delta: { content: 'hé' } }, { ...head, index: 0, delta: {}, finish_reason: 'eos' }), [
    ['delta', ({ message }) => message.text, 'hé'],
    ['index', ({ alternatives }) => alternatives, []],
    ['finish_reason', ({ details, reason }) => [details.finishReason, reason], ['eos', 'stop']],
  ]);
  rowsOf('iFlow, streamed', events({ choices: [{ index: 0, delta: { content: 'No.' }, logprobs: refusal }] }, chunk({}, 'stop')), [
    ['choices.logprobs.refusal', ({ refusalLogprobs }) => refusalLogprobs, [kept]],
    ['choices.logprobs.refusal.token', ({ refusalLogprobs }) => refusalLogprobs?.[0]?.token, 'hé'],
    ['choices.logprobs.refusal.logprob', ({ refusalLogprobs }) => refusalLogprobs?.[0]?.logprob, -0.5],
    ['choices.logprobs.refusal.bytes', ({ refusalLogprobs }) => refusalLogprobs?.[0]?.bytes, [104, 195, 169]],
    ['choices.logprobs.refusal.top_logprobs', ({ refusalLogprobs }) => refusalLogprobs?.[0]?.alternatives.length, 1],
  ]);
  means('iFlow, streamed', 'object', (object) => events({ ...(object !== undefined && { object }), ...chunk({ content: 'hé' }, 'stop') }));

  rowsOf('jiekou.ai', whole({}, 'stop'), [...ids, ...messageRows, ...usageRows]);
  finishRows([['stop', 'stop'], ['length', 'length']], 'jiekou.ai', (finish) => whole({}, finish));
  means('jiekou.ai', 'object', (object) => whole({}, 'stop', { object }));
  rowsOf('jiekou.ai, streamed', streamed('stop'), [['usage in the last chunk', ({ usage: counts }) => counts?.totalTokens, 44]]);
});
