import { say, type LocalText } from '../../protocol/localText.ts';
import type { ReviewItem } from '../../protocol/viewState.ts';
import type { ReviewOutcome } from '../agent/person.ts';
import type { Documents } from '../editor/documents.ts';
import type { Files } from '../ports.ts';
import { explainFailure } from './applyFailure.ts';
import type { Applied } from './applying.ts';
import type { FileChange } from '../edits/change.ts';
import { decidedOutcome, nothingApplied } from './outcome.ts';
import { renew } from './renew.ts';
import { reviewItem } from './reviewItem.ts';
import { acceptedChange, acceptedCount, decideOn, isDecided, rejectAll, type ReviewedFile } from './reviewState.ts';
import type { Confirmation, Decision, PendingReview } from './reviews.ts';
import { confirmationFor } from './sensitive.ts';

/** What one review needs of its surroundings. */
export interface ReviewSurroundings {
  readonly id: string;
  readonly turnId: string;
  readonly documents: Documents;
  readonly files: Files;
  /** The first item adds the card, every other changes it. */
  show(item: ReviewItem): void;
  /** False when the signal is aborted before the person is asked. */
  confirm(question: Confirmation, signal: AbortSignal): Promise<boolean>;
  apply(changes: readonly FileChange[], signal: AbortSignal): Promise<Applied>;
  /** Is told how a review ended that had been put off: its call was answered before. */
  endedLater(outcome: ReviewOutcome): void;
  /** Calls `action` once after the time a person has to answer, unless what it answers is called before. */
  afterPatience(action: () => void): () => void;
}

/** A review from its first showing to its end. Whatever is called on it, in whatever order: what was accepted is applied at most once. */
export interface OpenReview {
  readonly turnId: string;
  /** Settles when the tool may be answered: everything is decided and applied, or put off, or nobody answered. */
  readonly outcome: Promise<ReviewOutcome>;
  /** It waits for decisions, now or put off. */
  pending(): PendingReview | undefined;
  /** It has come to its end, and nothing changes it any more. */
  isOver(): boolean;
  /** Settles when what comes of the decision has happened. */
  decide(decision: Decision): Promise<void>;
  /** No to all that is not applied yet. */
  decline(): void;
  /** No, unless the person has put it off. */
  stop(): void;
}

/** Shows a review; `accepted` when it needs no question, and is applied at once. */
export function openReview(first: readonly ReviewedFile[], around: ReviewSurroundings, { accepted }: { readonly accepted: boolean }): OpenReview {
  const { promise: outcome, resolve } = Promise.withResolvers<ReviewOutcome>();
  const controller = new AbortController();
  let files = first;
  let token = crypto.randomUUID();
  let status: ReviewItem['status'] = 'open';
  let note: LocalText | undefined;
  let putOff = false;
  let forget: (() => void) | undefined;

  function answer(result: ReviewOutcome): void {
    resolve(result);
    if (putOff && result.decision !== 'later') around.endedLater(result);
  }

  function enter(next: ReviewItem['status'], about?: LocalText): void {
    status = next;
    note = about;
    forget?.();
    if (next === 'open') {
      forget = around.afterPatience(() => {
        enter('unanswered');
        answer(nothingApplied('unanswered', files));
      });
    }
    around.show(reviewItem({ id: around.id, token, status, files, note }));
  }

  function reject(): void {
    files = rejectAll(files);
    enter('done');
    answer(nothingApplied('rejected', files));
  }

  function fail(about: LocalText, problem: string): void {
    enter('failed', about);
    answer(nothingApplied('failed', files, problem));
  }

  /** Everything is decided: asks about what is not ordinary, and applies what is still accepted. */
  async function settle(): Promise<void> {
    enter('applying');
    for (const [index, file] of files.entries()) {
      if (file.reasons.length === 0 || acceptedCount(file) === 0) continue;
      const allowed = await around.confirm(confirmationFor(file, countsOf(file)), controller.signal);
      if (controller.signal.aborted) return reject();
      if (!allowed) files = files.with(index, rejectAll([file])[0] ?? file);
    }
    const changes = files.flatMap((file) => acceptedChange(file) ?? []);
    const applied: Applied = changes.length === 0 ? { kind: 'applied', problem: undefined, note: undefined } : await around.apply(changes, controller.signal);
    switch (applied.kind) {
      case 'applied':
        enter('done', applied.note);
        return answer(decidedOutcome(files, applied.problem));
      case 'stopped':
        return reject();
      case 'failed':
        return fail(applied.note, applied.problem);
      case 'changed':
        return askAgain();
    }
  }

  async function askAgain(): Promise<void> {
    try {
      const renewed = await renew(files.map(({ change }) => change), around.documents, around.files);
      if (controller.signal.aborted) return reject();
      if ('problem' in renewed) return fail(renewed.note, renewed.problem);
      files = renewed.files;
      token = crypto.randomUUID();
      enter(putOff ? 'later' : 'open', say('The file has changed since; look at it again.'));
    } catch (error) {
      const { note: about, problem } = explainFailure(error, files[0]?.change.place.display ?? '');
      fail(about, problem);
    }
  }

  const waits = (): boolean => status === 'open' || status === 'later';
  const over = (): boolean => !waits() && status !== 'applying';

  function decline(): void {
    if (over()) return;
    controller.abort();
    if (waits()) reject();
  }

  if (accepted) {
    files = decideOn(files, { token, decision: 'accept' });
    void settle();
  } else enter('open');

  return {
    turnId: around.turnId,
    outcome,
    isOver: over,
    decline,
    stop() {
      if (!putOff) decline();
    },
    pending: () =>
      waits()
        ? { token, turnId: around.turnId, files: files.map(({ change, hunks, decisions }) => ({ change, hunks: hunks.map((hunk, index) => ({ ...hunk, decision: decisions[index] ?? 'open' })) })) }
        : undefined,
    async decide(decision) {
      if (!waits() || decision.token !== token) return;
      if (decision.decision === 'later') {
        if (status === 'later') return;
        putOff = true;
        enter('later', note);
        return answer(nothingApplied('later', files));
      }
      const next = decideOn(files, decision);
      if (next === files) return;
      files = next;
      if (isDecided(files)) return settle();
      enter(status, note);
    },
  };
}

function countsOf(file: ReviewedFile): { readonly added: number; readonly removed: number } {
  const accepted = file.hunks.filter((_, index) => file.decisions[index] === 'accepted');
  return { added: accepted.reduce((sum, { newLines }) => sum + newLines.length, 0), removed: accepted.reduce((sum, { oldLines }) => sum + oldLines.length, 0) };
}
