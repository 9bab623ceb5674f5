import { backOffMs } from './backOff.ts';
import type { CompletionError, CompletionErrorKind } from './completionError.ts';
import type { Patience } from './request.ts';

/** What may be over in a moment. Refusals (a key, a balance, a request, a model) are not: they need a person. */
const passing: ReadonlySet<CompletionErrorKind> = new Set(['rate-limit', 'server', 'loading', 'unreachable', 'refused', 'reset', 'timeout', 'gateway-timeout', 'empty', 'cut']);

/** Statuses that say that the same request would fail again, whatever a header says. */
const final: ReadonlySet<number> = new Set([400, 401, 402, 403, 404, 422]);

/** What may befall an answer that comes as a whole while it is being made, or on its way: asking again would be paid for twice. */
const unsettled: ReadonlySet<CompletionErrorKind> = new Set(['timeout', 'gateway-timeout', 'cut', 'reset']);

/** The longest that a service may ask us to wait without the person being asked (docs/servers.md §6: longer is not heeded by anyone). */
const longestWaitMs = 60_000;

/** What an attempt was part of. */
export interface Attempt {
  /** Of the repetition: 1 for the first. */
  readonly attempt: number;
  readonly patience: Patience | undefined;
  /** Whether a stream was asked for; what is none comes as a whole, headers and all, when it is finished. */
  readonly streams: boolean;
}

/**
 * Milliseconds to wait before a request is made again of which nothing had come, or undefined when it is not: when it
 * would fail again, or when the answer that was lost may have to be paid for. Then the service's own word
 * (`x-should-retry`, `Retry-After`) goes before ours.
 */
export function delayBeforeRetry(error: CompletionError, { attempt, patience, streams }: Attempt): number | undefined {
  if (patience === undefined || attempt > patience.retries || mayBePaid(error, streams) || !mayRetry(error)) return undefined;
  const { retryAfterMs } = error;
  if (retryAfterMs === undefined) return backOffMs(attempt, patience.backOff);
  return retryAfterMs <= longestWaitMs ? retryAfterMs : undefined;
}

function mayBePaid({ kind, facts }: CompletionError, streams: boolean): boolean {
  if ((facts.usage?.completionTokens ?? 0) > 0 || (!streams && unsettled.has(kind))) return true;
  // Once the headers are there the service has taken the request up.
  return kind === 'timeout' && facts.timeout?.phase === 'answer';
}

function mayRetry({ kind, status, facts }: CompletionError): boolean {
  if (facts.shouldRetry === false || (status !== undefined && final.has(status))) return false;
  return passing.has(kind) || facts.shouldRetry === true;
}
