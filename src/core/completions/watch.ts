import { CompletionError } from './completionError.ts';

/** Milliseconds without a byte after which it is said that nothing comes, unless somebody asks for another time. */
export const quietMs = 10_000;

/** When to lose patience with a connection, in milliseconds; Infinity for never. */
export interface Clocks {
  /** After so long without a byte it is said that nothing comes. */
  readonly quietMs: number;
  /** After so long without a byte, the time to the headers included, the request has failed. */
  readonly silenceMs: number;
  /** The same for the time to the headers alone, where they come with the whole answer and not before it. */
  readonly wholeMs?: number | undefined;
  /** After so long with keep-alives but nothing of an answer the request has failed. */
  readonly waitingMs: number;
}

/** Waits for what comes over one connection. Time counts only while somebody waits: a busy reader is nobody's silence. */
export interface Watch {
  /**
   * What the promise settles with, or `'silence'` once when it takes longer than `quietMs`: wait for the same promise
   * again then. Fails with `timeout` when a clock runs out.
   */
  wait<Value>(pending: Promise<Value>): Promise<Value | 'silence'>;
  /** The headers are there: from now on keep-alives are waited with. */
  answered(): void;
  /** Something of the answer has come. */
  payload(): void;
  /** Leaves no timer behind. */
  end(): void;
}

/** Timers take no longer times. */
const longestTimer = 2 ** 31 - 1;

export function createWatch(clocks: Clocks, service: string): Watch {
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Who waits for what, and since when. */
  let waiter: { readonly pending: unknown; readonly since: number; told: boolean } | undefined;
  let wake: { resolve(value: 'silence'): void; reject(error: CompletionError): void } | undefined;
  /** Milliseconds of waiting since the last piece of the answer. */
  let waited = 0;
  let isAnswered = false;

  /** The clock that runs out when not one byte comes. */
  function silence(): { readonly clock: 'silence' | 'whole'; readonly milliseconds: number } {
    if (isAnswered || clocks.wholeMs === undefined) return { clock: 'silence', milliseconds: clocks.silenceMs };
    return { clock: 'whole', milliseconds: clocks.wholeMs };
  }

  function arm(): void {
    if (waiter === undefined) return;
    const passed = performance.now() - waiter.since;
    const left = Math.min(silence().milliseconds - passed, waiter.told ? Infinity : clocks.quietMs - passed, isAnswered ? clocks.waitingMs - waited - passed : Infinity);
    if (left !== Infinity) timer = setTimeout(look, Math.min(longestTimer, Math.max(0, left)));
  }

  function disarm(): void {
    clearTimeout(timer);
    timer = undefined;
  }

  // One timer for many waits: setting one for each piece of a stream would cost more than reading it.
  function look(): void {
    timer = undefined;
    if (waiter === undefined) return;
    // A timer may come a fraction of a millisecond early.
    const passed = performance.now() - waiter.since + 1;
    const { clock, milliseconds } = silence();
    if (passed >= milliseconds) wake?.reject(failed(clock, milliseconds));
    else if (isAnswered && waited + passed >= clocks.waitingMs) wake?.reject(failed('waiting', clocks.waitingMs));
    else {
      if (passed >= clocks.quietMs && !waiter.told) {
        waiter.told = true;
        wake?.resolve('silence');
      }
      arm();
    }
  }

  function failed(clock: 'silence' | 'waiting' | 'whole', milliseconds: number): CompletionError {
    const seconds = Math.round(milliseconds / 1000);
    const what = clock === 'waiting' ? `Nothing but keep-alives came from ${service}` : `Not one byte came from ${service}`;
    return new CompletionError('timeout', `${what} for ${milliseconds / 1000} seconds.`, { facts: { timeout: { clock, seconds, phase: isAnswered ? 'answer' : 'headers' } } });
  }

  return {
    wait(pending) {
      if (waiter?.pending !== pending) waiter = { pending, since: performance.now(), told: false };
      if (timer === undefined) arm();
      return new Promise((resolve, reject) => {
        wake = { resolve, reject };
        const settle = (): void => {
          if (waiter?.pending !== pending) return;
          // It is set for the long wait now, and would miss the next short one.
          if (waiter.told) disarm();
          waited += performance.now() - waiter.since;
          waiter = undefined;
        };
        pending.then(
          (value) => (settle(), resolve(value)),
          (error: unknown) => (settle(), reject(error as Error)),
        );
      });
    },
    answered() {
      isAnswered = true;
      waited = 0;
      disarm();
    },
    payload() {
      waited = 0;
    },
    end() {
      disarm();
      waiter = undefined;
    },
  };
}
