import { SearchError } from '../../core/editor/search.ts';
import { matchInThread, type LineMatches, type Matching } from './matchWorker.ts';
import { platform } from '../platform/current.ts';

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
  const thread = platform().startThread(matchInThread, matching);
  let waiting: PromiseWithResolvers<unknown> | undefined;
  let failure: unknown;

  const fail = (error: unknown): void => {
    failure ??= error;
    waiting?.reject(error);
    thread.end();
  };
  const onAbort = (): void => fail(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  thread.onMessage((message) => waiting?.resolve(message));
  // Also between two calls, and when it is being ended: an error that nobody listens to is one of the whole extension host.
  thread.onError(fail);

  async function answer(send: () => void): Promise<unknown> {
    if (failure !== undefined) throw failure;
    waiting = Promise.withResolvers();
    const timer = setTimeout(() => fail(new TooSlow(`The expression did not come to an end within ${longestCall / 1000} seconds.`)), longestCall);
    try {
      send();
      return await waiting.promise;
    } finally {
      clearTimeout(timer);
      waiting = undefined;
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
      return (await answer(() => thread.post(texts))) as readonly LineMatches[];
    },
    dispose() {
      signal.removeEventListener('abort', onAbort);
      fail(new Error('The thread has ended.'));
    },
  };
}
