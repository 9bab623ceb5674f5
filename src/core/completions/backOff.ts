/** How long to pause between attempts; left out, as the library that this follows does (openai-node, docs/servers.md §6). */
export interface BackOff {
  /** Before the first repetition, in milliseconds; doubled with each further one. */
  readonly firstMs?: number | undefined;
  /** A number from 0 up to 1 each time it is called. */
  readonly random?: (() => number) | undefined;
}

const longestMs = 8000;

/** Milliseconds to pause before a repetition, 1 being the first; up to a quarter less, so that many clients do not come back at once. */
export function backOffMs(attempt: number, { firstMs = 500, random = Math.random }: BackOff = {}): number {
  return Math.round(Math.min(longestMs, firstMs * 2 ** (attempt - 1)) * (1 - random() / 4));
}

/** Settles after the time, or fails with the signal's reason as soon as it aborts; leaves no timer behind. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const abort = (): void => reject(signal.reason as Error);
  const timer = setTimeout(resolve, milliseconds);
  signal.addEventListener('abort', abort, { once: true });
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}
