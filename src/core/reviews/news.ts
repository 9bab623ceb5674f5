import { showHidden } from '../../protocol/hiddenCharacters.ts';
import type { ReviewOutcome } from '../agent/person.ts';
import { reviewResult } from '../tools/reviewResult.ts';

/** What becomes of changes once their calls have been answered, until the model is told of it. */
export interface News {
  /** Where that of the present chat is written; once it is forgotten, what is written there is told to nobody. */
  ofChat(): ChatNews;
  /** Everything not told yet, in sentences for the model. */
  take(): readonly string[];
  forget(): void;
}

export interface ChatNews {
  /** A review that had been put off came to its end. */
  decided(outcome: ReviewOutcome): void;
  /** A turn was stopped while what the person had accepted was being applied. */
  stopped(outcome: ReviewOutcome): void;
  /** The files, as the person knows them, are again what they were before a turn. */
  reverted(files: readonly string[]): void;
}

/** So many files are named. */
const mostNamed = 20;

export function createNews(): News {
  let waiting: string[] = [];
  return {
    ofChat() {
      const chat = waiting;
      return {
        decided(outcome) {
          const since = outcome.decision === 'unanswered' ? 'was put off, and its question has ended with no decision' : 'had been put off, and has been decided since';
          chat.push(`A change that you proposed earlier ${since}. ${reviewResult(outcome).text}`);
        },
        stopped(outcome) {
          chat.push(`The person stopped the turn while a change that they had accepted was being made: that call has no result, but this came of it. ${reviewResult(outcome).text}`);
        },
        reverted(files) {
          if (files.length === 0) return;
          const more = files.length > mostNamed ? ` and ${files.length - mostNamed} more files` : '';
          chat.push(`The person has taken back what was changed before: ${files.slice(0, mostNamed).map(showHidden).join(', ')}${more}. What stands in the files now may not be what you remember; read them again before you change them.`);
        },
      };
    },
    // The same list: whoever writes to this chat goes on doing so.
    take: () => waiting.splice(0),
    forget: () => void (waiting = []),
  };
}
