import { say } from '../../protocol/localText.ts';
import type { Log } from '../ports.ts';
import { createQueue } from '../queue.ts';
import type { Confirmation } from './reviews.ts';

/** Asks the person; whatever is no clear yes is a no, and so is everything once the signal has aborted. */
export type Confirm = (question: Confirmation, signal?: AbortSignal) => Promise<boolean>;

/** What the host itself asks, one dialog at a time. */
export interface Dialogs {
  readonly confirm: Confirm;
  /** For questions that belong together: once everything has been refused, none of them is asked or answered with yes any more. */
  together(): Confirm;
  /** No to everything that was asked before, whatever its dialog will say. */
  refuseAll(): void;
  /** Answers whether everything has been refused since this call. */
  watch(): () => boolean;
}

/** Says in a dialog of the host who it is that asks. */
export function fromOutside({ text, details, yes }: Confirmation): Confirmation {
  return { text, details: [say('Another agent asks, through a tool of Rivulet.'), ...details], yes };
}

export function createDialogs(ask: (question: Confirmation) => Promise<boolean>, log: Log): Dialogs {
  const queue = createQueue();
  let refusals = 0;

  function watch(): () => boolean {
    const before = refusals;
    return () => refusals !== before;
  }

  function together(): Confirm {
    const isRefused = watch();
    return async (question, signal) => {
      const isMoot = (): boolean => isRefused() || signal?.aborted === true;
      return queue.run(async () => {
        if (isMoot()) return false;
        const yes = await ask(question).catch((error: unknown) => {
          log.warn(`A question could not be asked: ${String(error)}`);
          return false;
        });
        return yes && !isMoot();
      });
    };
  }

  return {
    confirm: async (question, signal) => together()(question, signal),
    together,
    refuseAll: () => void (refusals += 1),
    watch,
  };
}
