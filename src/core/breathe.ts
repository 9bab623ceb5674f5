/** Milliseconds of work after which others get their turn: four of them fit into a frame that nobody misses. */
const longestWork = 4;

/**
 * For long loops: what it answers is awaited between two steps, lets timers, messages and the person's stop come in when
 * the steps have taken their time, and throws the signal's reason once it has aborted.
 */
export function breathing(signal: AbortSignal): () => Promise<void> {
  let since = performance.now();
  return async () => {
    signal.throwIfAborted();
    if (performance.now() - since < longestWork) return;
    // A resolved promise would not do: it goes on before anything else has had its turn.
    await new Promise((resolve) => setTimeout(resolve, 0));
    since = performance.now();
    signal.throwIfAborted();
  };
}
