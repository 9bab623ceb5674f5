import type { Change } from '../../protocol/messages.ts';
import type { Message } from '../conversation/message.ts';
import type { BeforeBytes } from './imageShelf.ts';
import type { StoredTurn } from './storedChat.ts';

/**
 * What the running turn has come to, piece by piece and in order: the changes that the page was told, and the messages
 * that the history grew by. Text that was streamed behind the last message is what the model was saying.
 */
export type JournalEntry =
  | { readonly kind: 'change'; readonly change: Change }
  | { readonly kind: 'message'; readonly message: Message; readonly replaces: boolean };

/** What was written and is sent now; its mark is undefined where no page has told one. */
export interface SentDraft {
  readonly mark: number | undefined;
}

/** Who keeps a chat while it goes on. Nothing here waits or throws: what cannot be kept is said elsewhere. */
export interface ChatKeeper {
  /** A turn begins, or begins again or goes on: it is kept whole, and its journal begins. `sent` is the draft that it was until now. */
  begin(turn: StoredTurn, sent?: SentDraft): void;
  note(entry: JournalEntry): void;
  /** It has ended, or has changed after its end: it is kept whole. */
  keep(turn: StoredTurn): void;
  /** These versions are gone, with all that followed them. */
  drop(turnIds: readonly string[]): void;
  /** Which versions are shown, as in `StoredChat.shown`. */
  show(shown: Readonly<Record<string, string>>): void;
}

/** Who keeps what files were before the turns of the chat that is open. */
export interface BeforeKeeper {
  /** Undefined when nothing is to be put back any more. Nothing here waits or throws. */
  keep(turnId: string, before: BeforeBytes | undefined): void;
  /** Whether it is kept, and is found when the chat is opened again. */
  has(turnId: string): boolean;
  /** Undefined where nothing is there. */
  read(turnId: string): Promise<Uint8Array | undefined>;
  /** What {@link read} answered is no such thing: it is put where nobody looks for it, and is kept there. */
  setAside(turnId: string): Promise<void>;
}
