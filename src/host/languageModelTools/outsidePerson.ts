import * as vscode from 'vscode';
import type { PermissionQuestion, Person, ReviewOutcome } from '../../core/agent/person.ts';
import type { Proposal } from '../../core/edits/change.ts';
import { pathInFull } from '../../core/guard/shownPath.ts';
import { abortable } from '../../core/abortable.ts';
import type { Files } from '../../core/ports.ts';
import type { Confirmation, PendingFile, PendingReview, Reviews } from '../../core/reviews/reviews.ts';
import { confirmationFor, reasonsFor } from '../../core/reviews/sensitive.ts';
import { say } from '../../protocol/localText.ts';
import { foreign, whileWaiting } from '../messages.ts';

export interface OutsidePersonParts {
  /** Reviews that no panel shows. */
  readonly reviews: Reviews;
  readonly files: Files;
  readonly confirm: (question: Confirmation) => Promise<boolean>;
  /** Shows a review in the editors, without taking the focus. */
  readonly show: (token: string) => Promise<void>;
}

/** So many files are named in a notification. */
const mostNamed = 3;

/** Says in a dialog of the host who it is that asks. */
export function fromOutside({ text, details, yes }: Confirmation): Confirmation {
  return { text, details: [say('Another agent asks, through a tool of Rivulet.'), ...details], yes };
}

/**
 * The person for agents that have no panel of ours: what may be looked at is asked in a dialog of the host, changes are
 * shown in the editors, and a notification says so as long as they wait; to cancel that is a no.
 */
export function createOutsidePerson({ reviews, files, confirm, show }: OutsidePersonParts): Person {
  let calls = 0;

  /** A change without lines is to be seen in no editor: the host asks about it. False when the answer was a no. */
  async function askOfWhole({ change, hunks }: PendingFile): Promise<boolean> {
    // For what is not ordinary the review itself will ask.
    if (hunks.length > 0 || (await reasonsFor(change, files)).length > 0) return true;
    return confirm(confirmationFor({ change, reasons: [] }, { added: 0, removed: 0 }));
  }

  async function present({ token, files: shown }: PendingReview): Promise<void> {
    for (const file of shown) if (!(await askOfWhole(file))) return reviews.decide({ token, decision: 'reject' });
    for (const [file, { hunks }] of shown.entries()) if (hunks.length === 0) await reviews.decide({ token, file, decision: 'accept' });
    if (shown.some(({ hunks }) => hunks.length > 0)) await show(token);
  }

  return {
    async allows({ text, reasons, canonical }: PermissionQuestion, signal) {
      const details = [...(canonical === undefined ? [] : [say('The file is {0}', pathInFull(canonical))]), ...reasons];
      return abortable(async () => confirm({ text, details, yes: say('Allow') }), signal);
    },
    async review(proposal: Proposal, signal): Promise<ReviewOutcome> {
      calls += 1;
      const turnId = `outside-${calls}`;
      const find = (): PendingReview | undefined => reviews.pending().find((review) => review.turnId === turnId);
      const presented = new Set<string>();
      const answered = Promise.withResolvers<void>();

      function refuse(): void {
        const token = find()?.token;
        if (token !== undefined) void reviews.decide({ token, decision: 'reject' });
      }

      const stop = reviews.onDidChange(() => {
        const review = find();
        if (review === undefined || presented.has(review.token)) return;
        const isFirst = presented.size === 0;
        // One that has to be looked at again has another token.
        presented.add(review.token);
        present(review).catch(refuse);
        if (!isFirst) return;
        void whileWaiting(titleOf(proposal), { cancellable: true }, async ({ signal: dismissed }) => {
          dismissed.addEventListener('abort', refuse, { once: true });
          await answered.promise;
        });
      });
      try {
        return await reviews.forTurn(turnId).review(proposal, signal);
      } finally {
        stop();
        answered.resolve();
      }
    },
  };
}

function titleOf({ changes }: Proposal): string {
  const names = changes.slice(0, mostNamed).map(({ place }) => foreign(place.display)).join(', ');
  if (changes.length > mostNamed) return vscode.l10n.t('Another agent would change {0} and {1} more files. Decide in the editor; Cancel is a no.', names, changes.length - mostNamed);
  return vscode.l10n.t('Another agent would change {0}. Decide in the editor; Cancel is a no.', names);
}
