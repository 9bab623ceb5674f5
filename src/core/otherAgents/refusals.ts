import { createQueue } from '../queue.ts';

/** Questions that an agent could go on asking for ever. */
export interface Refusals {
  /** Asks one at a time. Answers no without asking after three No within a minute, until the first of them is a minute old, and once the signal has aborted. */
  ask(question: () => Promise<boolean>, signal: AbortSignal): Promise<boolean>;
}

const most = 3;
const forMs = 60_000;

/** @param now Milliseconds. */
export function createRefusals(now: () => number): Refusals {
  const queue = createQueue();
  let refusedAt: readonly number[] = [];

  return {
    ask: async (question, signal) =>
      queue.run(async () => {
        refusedAt = refusedAt.filter((time) => now() - time < forMs);
        if (refusedAt.length >= most || signal.aborted) return false;
        const yes = await question();
        // It was for nobody by then, so that it tells nothing of what the person wants.
        if (signal.aborted) return false;
        refusedAt = yes ? [] : [...refusedAt, now()];
        return yes;
      }),
  };
}
