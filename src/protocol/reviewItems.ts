import type { LocalText } from './localText.ts';

/**
 * Changes to files that wait for the person, and what became of them. `later`: put off, still to be decided; `done`: every
 * hunk has been decided and what was accepted is applied; `unanswered`: nobody decided in time; `failed`: `note` says why.
 */
export interface ReviewItem {
  readonly kind: 'review';
  readonly id: string;
  /** The id of the call's item that wants them; absent where no call does, and in chats that were kept before it was noted. */
  readonly callId?: string | undefined;
  /** Given out by the host for exactly what is shown; decisions name it, and it changes when what is shown changes. */
  readonly token: string;
  readonly status: 'open' | 'later' | 'applying' | 'done' | 'unanswered' | 'failed';
  readonly files: readonly FileReview[];
  /** Files beyond those in `files`, decided together with all. */
  readonly moreFiles: number;
  /** All of the turn has been put back, and with it the files beyond those in `files`. */
  readonly isReverted?: true | undefined;
  /** What the person should know: the file has changed since, why it failed. */
  readonly note: LocalText | undefined;
}

/** The change of one file. Paths and lines are shown as they are: whoever draws them writes out hidden characters. */
export interface FileReview {
  readonly change: 'edit' | 'create' | 'move' | 'delete';
  readonly path: string;
  /** Where it is moved to. */
  readonly to: string | undefined;
  /** Why it always asks; empty for an ordinary file. */
  readonly reasons: readonly LocalText[];
  readonly added: number;
  readonly removed: number;
  /** Of a change without hunks (a move, a file that is no text). */
  readonly decision: HunkDecision;
  readonly hunks: readonly HunkView[];
  /** Hunks beyond those in `hunks`, to be seen in the diff editor, decided together with the file. */
  readonly moreHunks: number;
  /** It was applied, and has been put back as it was before the turn. */
  readonly isReverted?: true | undefined;
}

export type HunkDecision = 'open' | 'accepted' | 'rejected';

/** A hunk with the lines around it. Line numbers count from 1. */
export interface HunkView {
  readonly oldStart: number;
  readonly newStart: number;
  readonly lines: readonly HunkLine[];
  /** Lines beyond those in `lines`. */
  readonly moreLines: number;
  readonly decision: HunkDecision;
}

export interface HunkLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
  /** How many UTF-16 units the line goes on behind `text`; absent when this is all of it. */
  readonly moreCharacters?: number;
}

/** Something that is not done without a yes: reading a secret, looking outside the workspace, calling somebody else's tool. */
export interface PermissionItem {
  readonly kind: 'permission';
  readonly id: string;
  /** As in {@link ReviewItem}. */
  readonly callId?: string | undefined;
  /** Given out by the host for this question. */
  readonly token: string;
  readonly question: LocalText;
  readonly reasons: readonly LocalText[];
  readonly status: 'open' | 'allowed' | 'declined' | 'unanswered';
  /** What exactly would be done, as it is, until it is answered: whoever draws it writes out hidden characters. */
  readonly data?: string | undefined;
  /** Whether a yes can be given for the rest of the chat. */
  readonly isForChat?: true | undefined;
}
