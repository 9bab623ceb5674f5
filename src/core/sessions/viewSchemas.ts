import * as v from 'valibot';

/*
 * What a stored turn shows, as it must be to be drawn. Objects may hold more than is named here: a newer version's fields
 * are kept and not understood. A field that may be undefined is missing in JSON.
 */

const text = v.string();
const count = v.pipe(v.number(), v.finite());
/** Milliseconds since the epoch, as far as a date goes. */
export const moment = v.pipe(v.number(), v.minValue(-8.64e15), v.maxValue(8.64e15));
const flag = v.boolean();
const localText = v.looseObject({ message: text, args: v.array(v.union([text, v.number()])) });
const actions = v.array(text);
const own = { id: text };

const hunk = v.looseObject({
  oldStart: count,
  newStart: count,
  lines: v.array(v.looseObject({ kind: v.picklist(['same', 'added', 'removed']), text, moreCharacters: v.optional(count) })),
  moreLines: count,
  decision: v.picklist(['open', 'accepted', 'rejected']),
});

const fileReview = v.looseObject({
  change: v.picklist(['edit', 'create', 'move', 'delete']),
  path: text,
  to: v.optional(text),
  reasons: v.array(localText),
  added: count,
  removed: count,
  decision: v.picklist(['open', 'accepted', 'rejected']),
  hunks: v.array(hunk),
  moreHunks: count,
  isReverted: v.optional(v.literal(true)),
});

const probability = { token: text, percent: count };

export const item = v.variant('kind', [
  v.looseObject({ kind: v.literal('reasoning'), ...own, text, durationMs: v.optional(count) }),
  v.looseObject({ kind: v.literal('text'), ...own, text }),
  v.looseObject({ kind: v.literal('call'), ...own, tool: text, arguments: text, status: v.picklist(['arriving', 'running', 'done', 'refused', 'not-run']), summary: v.optional(localText), result: v.optional(text) }),
  v.looseObject({ kind: v.literal('review'), ...own, callId: v.optional(text), token: text, status: v.picklist(['open', 'later', 'applying', 'done', 'unanswered', 'failed']), files: v.array(fileReview), moreFiles: count, isReverted: v.optional(v.literal(true)), note: v.optional(localText) }),
  v.looseObject({ kind: v.literal('permission'), ...own, callId: v.optional(text), token: text, question: localText, reasons: v.array(localText), status: v.picklist(['open', 'allowed', 'declined', 'unanswered']), data: v.optional(text), isForChat: v.optional(flag) }),
  v.looseObject({ kind: v.literal('alternative'), ...own, number: count, reasoning: text, text }),
  v.looseObject({ kind: v.literal('probabilities'), ...own, tokens: v.array(v.looseObject({ ...probability, alternatives: v.array(v.looseObject(probability)) })) }),
  v.looseObject({ kind: v.literal('notice'), ...own, text: localText, actions }),
  v.looseObject({ kind: v.literal('error'), ...own, title: localText, advice: localText, details: v.optional(text), actions }),
]);

export const attachment = v.looseObject({ label: text, text });

export const question = v.looseObject({
  text,
  attachments: v.array(attachment),
  media: v.optional(v.array(v.looseObject({ id: text, kind: v.picklist(['image', 'video']), label: text, bytes: count, problem: v.optional(localText) }))),
});

export const outcome = v.picklist(['running', 'done', 'stopped', 'failed', 'cut', 'interrupted']);

export const usage = v.looseObject({
  promptTokens: count,
  completionTokens: count,
  cachedTokens: v.optional(count),
  reasoningTokens: v.optional(count),
  cost: v.optional(v.looseObject({ amount: count, currency: v.pipe(text, v.regex(/^[A-Za-z]{3}$/)), pricesOf: text })),
});

export const details = v.looseObject({
  id: v.optional(text),
  model: v.optional(text),
  created: v.optional(count),
  systemFingerprint: v.optional(text),
  serviceTier: v.optional(text),
  finishReason: v.optional(text),
});

export const timing = v.looseObject({ firstTokenMs: count, tokensPerSecond: v.optional(count) });

export const turnChanges = v.looseObject({ files: count, state: v.picklist(['kept', 'reverted', 'forgotten']), reverted: v.optional(count) });

export const turn = v.looseObject({
  id: text,
  question,
  items: v.array(item),
  outcome,
  usage: v.optional(usage),
  details: v.optional(details),
  changes: v.optional(turnChanges),
  askedAt: v.optional(moment),
  timing: v.optional(timing),
  isSummary: v.optional(flag),
});
