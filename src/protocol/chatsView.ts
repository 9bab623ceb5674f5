import type { LocalText } from './localText.ts';
import type { CostView } from './viewState.ts';

/** The chat that is shown. */
export interface OpenChat {
  readonly id: string;
  /** What the person or its first question named it; empty for a chat in which nothing was asked. */
  readonly title: string;
  /** What was written and not sent, as the host last kept it. The page takes it over when it shows another chat. */
  readonly draft: string;
  /** The page's mark of that draft, see `keep-draft`: an older one is out of date. Absent where no page has told one. */
  readonly draftMark?: number | undefined;
  /** The highest mark of a draft, of whatever chat, that the host has heard of. */
  readonly heardMark?: number | undefined;
}

/** The chats that are kept, pinned ones first, then the last used first. */
export interface ChatList {
  readonly entries: readonly ChatEntry[];
  /** The words that were last searched for in the texts of the chats, and where they are; undefined without a search. */
  readonly found: { readonly query: string; readonly matches: readonly ChatMatch[]; readonly isDone: boolean } | undefined;
}

/** `elsewhere`: another window writes to it, here it is opened as a copy. `damaged`: its files were set aside as they could not be read. */
export interface ChatEntry {
  readonly id: string;
  readonly title: string;
  /** Milliseconds since the epoch. */
  readonly updatedAt: number;
  readonly questions: number;
  readonly isPinned: boolean;
  readonly state: 'open' | 'here' | 'elsewhere' | 'damaged';
}

/** A chat in which the words were found, with the first text around them. */
export interface ChatMatch {
  readonly id: string;
  readonly excerpt: string;
}

/** What answers have cost together: an amount for each currency, and how many answers have a cost that nobody knows. */
export interface SpentView {
  readonly costs: readonly CostView[];
  readonly known: number;
  readonly unknown: number;
}

/** Something that was deleted and can be brought back. */
export interface UndoView {
  readonly id: string;
  readonly text: LocalText;
}
