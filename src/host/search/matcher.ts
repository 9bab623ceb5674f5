import { Worker } from 'node:worker_threads';
import { SearchError } from '../../core/editor/search.ts';
import { matchInThread, type LineMatches, type Matching } from './matchWorker.ts';

/** Milliseconds that one call may take before its thread is ended. */
const longestCall = 5_000;

/** An expression that did not come to an end in time, and was ended. */
export class TooSlow extends Error {
  override readonly name = 'TooSlow';
}

/** Looks for one pattern in texts, beside the extension host's own thread. */
export interface Matcher {
  /** For each text its matches. Fails with a {@link TooSlow}, and with a {@link SearchError} for what is no pattern. */
  match(texts: readonly string[]): Promise<readonly LineMatches[]>;
  /** Ends the thread, whatever it is doing. */
  dispose(): void;
}

/** One call after the other; the signal ends the thread at once. */
export function createMatcher(matching: Matching, signal: AbortSignal): Matcher {
  const worker = new Worker(`(${matchInThread.toString()})()`, { eval: true, workerData: matching, env: {}, resourceLimits: { maxOldGenerationSizeMb: 512 } });
  const end = (): void => void worker.terminate();
  signal.addEventListener('abort', end, { once: true });
  let failure: unknown;
  // Also between two calls, and when it is being ended: an error that nobody listens to is one of the whole extension host.
  worker.on('error', (error) => (failure = error));

  async function answer(send: () => void): Promise<unknown> {
    // Listens by name: `removeAllListeners` would take the thread's own listeners too.
    const heard = new AbortController();
    try {
      return await new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          end();
          reject(new TooSlow(`The expression did not come to an end within ${longestCall / 1000} seconds.`));
        }, longestCall);
        const listeners = {
          message: resolve,
          error: reject,
          exit: () => reject(signal.aborted ? (signal.reason as Error) : new Error('The thread has ended.')),
        };
        for (const [event, listener] of Object.entries(listeners)) worker.on(event, listener);
        const onAbort = (): void => reject(signal.reason as Error);
        signal.addEventListener('abort', onAbort, { once: true });
        heard.signal.addEventListener('abort', () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', onAbort);
          for (const [event, listener] of Object.entries(listeners)) worker.off(event, listener);
        });
        send();
      });
    } finally {
      heard.abort();
    }
  }

  const ready = answer(() => undefined).then((first) => {
    const { problem } = first as { readonly problem?: string };
    if (problem !== undefined) throw new SearchError(problem);
  });
  ready.catch(() => undefined);
  return {
    async match(texts) {
      signal.throwIfAborted();
      await ready;
      if (failure !== undefined) throw failure;
      return (await answer(() => worker.postMessage(texts))) as readonly LineMatches[];
    },
    dispose() {
      signal.removeEventListener('abort', end);
      end();
    },
  };
}
