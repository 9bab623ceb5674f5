import { showHidden } from '../../protocol/hiddenCharacters.ts';
import type { ReviewOutcome } from '../agent/person.ts';
import { reviewResult } from '../tools/reviewResult.ts';

/** What becomes of changes once their calls have been answered, until the model is told of it. */
export interface News {
  /** A review that had been put off came to its end. */
  decided(outcome: ReviewOutcome): void;
  /** The files, as the person knows them, are again what they were before a turn. */
  reverted(files: readonly string[]): void;
  /** Everything not told yet, in sentences for the model. */
  take(): readonly string[];
}

/** So many files are named. */
const mostNamed = 20;

export function createNews(): News {
  let waiting: readonly string[] = [];
  return {
    decided(outcome) {
      waiting = [...waiting, `A change that you proposed earlier had been put off, and has been decided since. ${reviewResult(outcome).text}`];
    },
    reverted(files) {
      const more = files.length > mostNamed ? ` and ${files.length - mostNamed} more files` : '';
      waiting = [...waiting, `The person has taken back what was changed before: ${files.slice(0, mostNamed).map(showHidden).join(', ')}${more}. What stands in the files now may not be what you remember; read them again before you change them.`];
    },
    take() {
      const told = waiting;
      waiting = [];
      return told;
    },
  };
}
