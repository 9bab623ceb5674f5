import * as vscode from 'vscode';
import type { PermissionQuestion, Person, ReviewOutcome } from '../../core/agent/person.ts';
import type { Proposal } from '../../core/edits/change.ts';
import { pathInFull } from '../../core/guard/shownPath.ts';
import { abortable } from '../../core/abortable.ts';
import { createRefusals } from '../../core/otherAgents/refusals.ts';
import type { Confirmation, PendingReview, Reviews } from '../../core/reviews/reviews.ts';
import { say } from '../../protocol/localText.ts';
import { foreign, whileWaiting } from '../messages.ts';

export interface OutsidePersonParts {
  /** Reviews that no panel shows: they ask about each change themselves before it is made. */
  readonly reviews: Reviews;
  readonly confirm: (question: Confirmation) => Promise<boolean>;
  /** Shows a review in the editors, without taking the focus. */
  readonly show: (token: string) => Promise<void>;
}

/** So many files are named in a notification. */
const mostNamed = 3;

/**
 * The person for agents that have no panel of ours: what may be looked at is asked in a dialog of the host, changes are
 * shown in the editors, and a notification says so as long as they wait; to cancel that is a no.
 */
export function createOutsidePerson({ reviews, confirm, show }: OutsidePersonParts): Person {
  let calls = 0;
  // A modal dialog that comes again and again would hold the window.
  const refusals = createRefusals(() => Date.now());

  return {
    async allows({ text, reasons, canonical }: PermissionQuestion, signal) {
      const details = [...(canonical === undefined ? [] : [say('The file is {0}', pathInFull(canonical))]), ...reasons];
      return abortable(async () => refusals.ask(async () => confirm({ text, details, yes: say('Allow') }), signal), signal);
    },
    async review(proposal: Proposal, signal): Promise<ReviewOutcome> {
      calls += 1;
      const turnId = `outside-${calls}`;
      const find = (): PendingReview | undefined => reviews.pending().find((review) => review.turnId === turnId);
      const presented = new Set<string>();
      const answered = Promise.withResolvers<void>();
      let isRefused = false;

      function refuse(): void {
        isRefused = true;
        const token = find()?.token;
        // Its dialog may be open: nothing is pending then.
        if (token === undefined) reviews.declineAll(turnId);
        else void reviews.decide({ token, decision: 'reject' });
      }

      async function present(review: PendingReview): Promise<void> {
        // One that has to be looked at again has another token.
        if (!presented.has(review.token)) {
          presented.add(review.token);
          if (review.files.some(({ hunks }) => hunks.length > 0)) await show(review.token);
        }
        await decideWhole(review);
      }

      /** What has no lines is in no editor: it goes with the rest, and is asked about by a dialog. */
      async function decideWhole({ token, files }: PendingReview): Promise<void> {
        const decisions = files.flatMap(({ hunks }) => hunks.map(({ decision }) => decision));
        if (decisions.includes('open')) return;
        await reviews.decide({ token, decision: decisions.length === 0 || decisions.includes('accepted') ? 'accept' : 'reject' });
      }

      let isPutOff = false;
      const stop = reviews.onDidChange(() => {
        const review = find();
        // What is being applied may have to be looked at again.
        if (isPutOff && reviews.isOver(turnId)) stop();
        if (review === undefined) return;
        const isFirst = presented.size === 0;
        present(review).catch(refuse);
        if (!isFirst) return;
        void whileWaiting(titleOf(proposal), { cancellable: true }, async ({ signal: dismissed }) => {
          dismissed.addEventListener('abort', refuse, { once: true });
          await answered.promise;
        });
      });
      try {
        const outcome = await reviews.forTurn(turnId).review(proposal, signal);
        isPutOff = outcome.decision === 'later';
        return isRefused && outcome.decision === 'unanswered' ? { ...outcome, decision: 'rejected' } : outcome;
      } finally {
        // What was put off is decided some time: what has no lines goes with the rest then too.
        if (!isPutOff || reviews.isOver(turnId)) stop();
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
