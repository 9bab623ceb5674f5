import type { LocalText } from '../../protocol/localText.ts';
import type { Proposal } from '../edits/change.ts';

/** The person, as far as a tool may turn to them. Whatever is no clear yes is a no: Escape, time-out, a closed panel, a reload. */
export interface Person {
  /** Asks whether something may be looked at that is not looked at without asking. Throws the signal's reason when it aborts. */
  allows(question: PermissionQuestion, signal: AbortSignal): Promise<boolean>;
  /**
   * Shows what is proposed, waits for the decisions, and applies what was accepted. Where the person has allowed edits to
   * ordinary files, and these are no others, it is applied at once. Throws the signal's reason when it aborts.
   */
  review(proposal: Proposal, signal: AbortSignal): Promise<ReviewOutcome>;
}

export interface PermissionQuestion {
  /** "Read .env?" */
  readonly text: LocalText;
  /** Why it is asked. */
  readonly reasons: readonly LocalText[];
  /** Where what it is about really is, for the person; what it is called may be cut or lead elsewhere. */
  readonly canonical?: string;
  /** What exactly would be done, to be read as it stands, and the same in a sentence. */
  readonly data?: { readonly text: string; readonly inShort: LocalText };
  /** How a yes may be given for the rest of the chat; one yes at a time where it is left out. */
  readonly forChat?: ChatPermission;
}

/** A yes for the rest of a chat, to everything that is asked under the same key. */
export interface ChatPermission {
  readonly key: string;
  /** What is allowed, in a word or two: it is shown for as long as it holds. */
  readonly label: string;
  readonly text: LocalText;
  readonly details: readonly LocalText[];
}

/**
 * What came of a proposal. `later`: the person has put the decision off, and nothing has changed so far; `unanswered`:
 * nobody decided in time, or the panel was closed; `failed`: accepted, but not applied, or not wholly, and `problem` says
 * why, for the model.
 */
export interface ReviewOutcome {
  readonly decision: 'accepted' | 'partly' | 'rejected' | 'later' | 'unanswered' | 'failed';
  readonly problem: string | undefined;
  readonly files: readonly FileOutcome[];
}

/** Of one file: hunks that were applied and those that were not; a change without hunks counts as one. */
export interface FileOutcome {
  readonly display: string;
  readonly applied: number;
  /** The lines of the rejected hunks, as the text would have had them, for the model. */
  readonly rejected: readonly string[];
}
