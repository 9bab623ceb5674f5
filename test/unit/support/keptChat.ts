import type { KeptChat } from '../../../src/core/chat/chatOptions.ts';
import type { ChatKeeper, JournalEntry } from '../../../src/core/sessions/keeper.ts';
import type { StoredTurn } from '../../../src/core/sessions/storedChat.ts';

/** A chat kept as the text that would be in its files, and what was noted of the turn that runs. */
export interface KeptText {
  readonly keeper: ChatKeeper;
  /** The chat as whoever opens it next finds it. */
  chat(): KeptChat;
  readonly journal: readonly JournalEntry[];
  /** The turn that the journal is of, as it began. */
  begun(): StoredTurn | undefined;
}

export function keptText(): KeptText {
  const turns = new Map<string, string>();
  let shown = '{}';
  const journal: JournalEntry[] = [];
  let begun: string | undefined;
  const write = (turn: StoredTurn): void => void turns.set(turn.id, JSON.stringify(turn));
  return {
    journal,
    begun: () => (begun === undefined ? undefined : (JSON.parse(begun) as StoredTurn)),
    keeper: {
      begin(turn) {
        journal.length = 0;
        begun = JSON.stringify(turn);
        write(turn);
      },
      note: (entry) => void journal.push(structuredClone(entry)),
      keep: write,
      drop(turnIds) {
        for (const id of turnIds) turns.delete(id);
      },
      show: (now) => void (shown = JSON.stringify(now)),
    },
    chat: () => ({ id: 'kept', title: '', draft: '', turns: [...turns.values()].map((text) => JSON.parse(text) as StoredTurn), shown: JSON.parse(shown) as Record<string, string> }),
  };
}
