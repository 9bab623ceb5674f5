import { backOffMs } from './backOff.ts';
import type { CompletionError, CompletionErrorKind } from './completionError.ts';
import type { Patience } from './request.ts';

/** What may be over in a moment. Refusals (a key, a balance, a request, a model) are not: they need a person. */
const passing: ReadonlySet<CompletionErrorKind> = new Set(['rate-limit', 'server', 'loading', 'unreachable', 'refused', 'reset', 'timeout', 'gateway-timeout', 'empty', 'cut']);

/** Statuses that say that the same request would fail again, whatever a header says. */
const final: ReadonlySet<number> = new Set([400, 401, 402, 403, 404, 422]);

/** The longest that a service may ask us to wait without the person being asked (wire.md §6: longer is not heeded by anyone). */
const longestWaitMs = 60_000;

/**
 * Milliseconds to wait before a request is made again of which nothing had come, or undefined when it is not. The
 * service's own word (`x-should-retry`, `Retry-After`) goes before ours. `attempt` is 1 for the first repetition.
 */
export function delayBeforeRetry(error: CompletionError, attempt: number, patience: Patience | undefined): number | undefined {
  if (patience === undefined || attempt > patience.retries || !mayRetry(error)) return undefined;
  const { retryAfterMs } = error;
  if (retryAfterMs === undefined) return backOffMs(attempt, patience.backOff);
  return retryAfterMs <= longestWaitMs ? retryAfterMs : undefined;
}

function mayRetry({ kind, status, facts }: CompletionError): boolean {
  if (facts.shouldRetry === false || (status !== undefined && final.has(status))) return false;
  // Once the headers are there the service has taken the request up: asking again would be paid for twice.
  if (kind === 'timeout' && facts.timeout?.phase === 'answer') return false;
  return passing.has(kind) || facts.shouldRetry === true;
}
