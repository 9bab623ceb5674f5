import type { LocalText } from '../../protocol/localText.ts';
import type { HunkDecision } from '../../protocol/reviewItems.ts';
import type { Person } from '../agent/person.ts';
import type { FileChange } from '../edits/change.ts';
import type { Hunk } from '../edits/hunk.ts';
import type { Reach } from './permission.ts';
import type { CardFile } from './revertedFiles.ts';

/** A decision on a review: of one hunk, of a file (`hunk` undefined), or of everything still open (`file` undefined too). */
export interface Decision {
  readonly token: string;
  readonly decision: 'accept' | 'reject' | 'later';
  /** Index in the review's files, and in the file's hunks. */
  readonly file?: number | undefined;
  readonly hunk?: number | undefined;
}

/** A review that waits for decisions, open or put off: for whoever shows it in an editor. */
export interface PendingReview {
  readonly token: string;
  readonly turnId: string;
  readonly files: readonly PendingFile[];
  /** Another agent proposes it, not the one of the chat. */
  readonly isOutside?: boolean;
}

export interface PendingFile {
  readonly change: FileChange;
  readonly hunks: readonly (Hunk & { readonly decision: HunkDecision })[];
}

/**
 * Everything the person is asked on behalf of a model, and what the turns have changed. Each question has a token made
 * here for exactly what is shown; an answer with another token does nothing. Questions are asked one at a time. What is
 * not ordinary is confirmed by the host itself before a yes counts.
 */
export interface Reviews {
  /** The person as they are asked in one turn by anything but a call. */
  forTurn(turnId: string): Person;
  /** The person as the calls of one turn know them, of which one runs at a time: what they are asked is shown with it. */
  forCalls(turnId: string): Person;
  decide(decision: Decision): Promise<void>;
  permit(token: string, allow: boolean, reach?: Reach): Promise<void>;
  /** What was allowed for the rest of the chat is asked about again. */
  askAgain(): void;
  pending(): readonly PendingReview[];
  /** Whether nothing of the turn can come to be {@link pending} any more: nothing waits, and nothing is being applied. */
  isOver(turnId: string): boolean;
  /** Called after any change of {@link pending}; answers how to stop listening. */
  onDidChange(listener: () => void): () => void;
  /**
   * Nobody answers any more, neither what waits nor what is put off, and edits are asked about again: the panel was closed,
   * the window goes. Of one turn, which begins anew: its proposals are forgotten.
   */
  declineAll(turnId?: string): void;
  /** Edits to ordinary files without asking, until the chat ends; the host asks before it begins. */
  allowEdits(allow: boolean): Promise<void>;
  /** Puts every file that the turn has changed back as it was before the turn; where a card's file is named, only that one. */
  revert(turnId: string, only?: CardFile): Promise<void>;
  /** What has become of changes since their calls were answered, in sentences for the model; told once. */
  news(): readonly string[];
  /** Settles when nothing is being written, and what came of it is shown; after a while in any case. */
  idle(): Promise<void>;
  /** The chat is left: no to everything that waits, and what files were before its turns is known no more than it is kept with the chat. */
  clear(): void;
}

/** What the host itself asks, in a dialog of its own whose default is no. */
export interface Confirmation {
  readonly text: LocalText;
  readonly details: readonly LocalText[];
  /** What the button that says yes reads. */
  readonly yes: LocalText;
}
