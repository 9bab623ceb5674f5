import * as fc from 'fast-check';
import type { StoredTurn } from '../../../src/core/sessions/storedChat.ts';
import type { Item } from '../../../src/protocol/viewState.ts';
import { anyHistory } from './histories.ts';

const text = fc.oneof(fc.constantFrom('', 'yes', '潮\u0000\u2028', '🌊', '\uD83C', '{"path":', '__proto__'), fc.string({ maxLength: 8, unit: 'binary' }));
const count = fc.nat(1_000_000);
const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> => fc.option(value, { nil: undefined });
const localText = fc.record({ message: text, args: fc.array(fc.oneof(text, count), { maxLength: 2 }) });
const reasons = fc.array(localText, { maxLength: 2 });
const actions = fc.subarray(['retry', 'continue', 'inspect'] as const);
const decision = fc.constantFrom('open' as const, 'accepted' as const, 'rejected' as const);

const hunk = fc.record({
  oldStart: count,
  newStart: count,
  lines: fc.array(fc.record({ kind: fc.constantFrom('same' as const, 'added' as const, 'removed' as const), text }), { maxLength: 2 }),
  moreLines: count,
  decision,
});

const file = fc.record({ change: fc.constantFrom('edit' as const, 'create' as const, 'move' as const, 'delete' as const), path: text, to: maybe(text), reasons, added: count, removed: count, decision, hunks: fc.array(hunk, { maxLength: 2 }), moreHunks: count });

const probability = fc.record({ token: text, percent: fc.double({ min: 0, max: 100, noNaN: true }) });

/** Any item that a turn may show. */
export const anyItem: fc.Arbitrary<Item> = fc.oneof(
  fc.record({ kind: fc.constant('reasoning' as const), id: text, text, durationMs: maybe(count) }),
  fc.record({ kind: fc.constant('text' as const), id: text, text }),
  fc.record({ kind: fc.constant('call' as const), id: text, tool: text, arguments: text, status: fc.constantFrom('arriving' as const, 'running' as const, 'done' as const, 'refused' as const, 'not-run' as const), summary: maybe(localText), result: maybe(text) }),
  fc.record({ kind: fc.constant('review' as const), id: text, callId: maybe(text), token: text, status: fc.constantFrom('open' as const, 'later' as const, 'applying' as const, 'done' as const, 'unanswered' as const, 'failed' as const), files: fc.array(file, { maxLength: 2 }), moreFiles: count, note: maybe(localText) }),
  fc.record({ kind: fc.constant('permission' as const), id: text, callId: maybe(text), token: text, question: localText, reasons, status: fc.constantFrom('open' as const, 'allowed' as const, 'declined' as const, 'unanswered' as const) }),
  fc.record({ kind: fc.constant('alternative' as const), id: text, number: count, reasoning: text, text }),
  fc.record({ kind: fc.constant('probabilities' as const), id: text, tokens: fc.array(fc.record({ token: text, percent: fc.double({ min: 0, max: 100, noNaN: true }), alternatives: fc.array(probability, { maxLength: 2 }) }), { maxLength: 2 }) }),
  fc.record({ kind: fc.constant('notice' as const), id: text, text: localText, actions }),
  fc.record({ kind: fc.constant('error' as const), id: text, title: localText, advice: localText, details: maybe(text), actions }),
);

const attachment = fc.record({ label: text, text });

const question = fc.record({ text, attachments: fc.array(attachment, { maxLength: 2 }), media: maybe(fc.array(fc.record({ id: text, kind: fc.constantFrom('image' as const, 'video' as const), label: text, bytes: count, problem: maybe(localText) }), { maxLength: 1 })) });

const usage = fc.record({ promptTokens: count, completionTokens: count, cachedTokens: maybe(count), reasoningTokens: maybe(count), cost: maybe(fc.record({ amount: fc.double({ min: 0, max: 100, noNaN: true }), currency: fc.constant('CNY'), pricesOf: text })) });

const turnId = fc.stringMatching(/^[a-z][\w-]{0,8}$/);

/** Any turn that may have been kept. */
export const anyTurn: fc.Arbitrary<StoredTurn> = fc
  .record({
    id: turnId,
    parent: maybe(turnId),
    items: fc.array(anyItem, { maxLength: 4 }),
    outcome: fc.constantFrom('running' as const, 'done' as const, 'stopped' as const, 'failed' as const, 'cut' as const, 'interrupted' as const),
    usage: maybe(usage),
    details: maybe(fc.record({ id: maybe(text), model: maybe(text), created: maybe(count), systemFingerprint: maybe(text), serviceTier: maybe(text), finishReason: maybe(text) })),
    changes: maybe(fc.record({ files: count, state: fc.constantFrom('kept' as const, 'reverted' as const, 'forgotten' as const) })),
    askedAt: maybe(count),
    timing: maybe(fc.record({ firstTokenMs: count, tokensPerSecond: maybe(count) })),
    question,
    news: fc.array(attachment, { maxLength: 1 }),
    service: maybe(text),
    model: maybe(text),
    messages: anyHistory.map((messages) => messages.filter(({ role }) => role !== 'system')),
    isRefused: fc.boolean(),
  })
  .map(({ id, parent, items, outcome, usage: used, details, changes, askedAt, timing, question: asked, news, service, model, messages, isRefused }) => ({
    version: 1,
    id,
    parent,
    view: { id, question: asked, items, outcome, usage: used, details, changes, askedAt, timing },
    history: { question: asked, news, media: [], service, model, messages, isRefused },
  }));
