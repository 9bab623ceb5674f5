import { say, type LocalText } from '../../protocol/localText.ts';
import type { ReviewItem } from '../../protocol/reviewItems.ts';
import type { ReviewOutcome } from '../agent/person.ts';
import { ApplyError, type Documents } from '../editor/documents.ts';
import type { Files } from '../ports.ts';
import { breathing } from '../breathe.ts';
import { explainFailure, type Failure } from './applyFailure.ts';
import type { Applied } from './applying.ts';
import type { FileChange } from '../edits/change.ts';
import { confirmFiles, type Asking } from './confirmFiles.ts';
import type { ChatNews } from './news.ts';
import { decidedOutcome, failedOutcome, nothingApplied } from './outcome.ts';
import { renew } from './renew.ts';
import { reviewItem } from './reviewItem.ts';
import { acceptedChange, acceptNone, acceptedCount, decideOn, isDecided, rejectAll, type ReviewedFile } from './reviewState.ts';
import type { Decision, PendingReview } from './reviews.ts';
import { judgedAnew } from './sensitive.ts';

/** What one review needs of its surroundings. */
export interface ReviewSurroundings {
  readonly id: string;
  /** The item of the call that proposes it. */
  readonly callId: string | undefined;
  readonly turnId: string;
  readonly documents: Documents;
  readonly files: Files;
  /** The first item adds the card, every other changes it. */
  show(item: ReviewItem): void;
  readonly asking: Asking;
  /** `known` is, change by change, why the person was asked. */
  apply(changes: readonly FileChange[], known: ReadonlyMap<FileChange, readonly LocalText[]>, signal: AbortSignal): Promise<Applied>;
  /** Is told how a review ended whose call did not wait for it: it had been put off, or the turn was stopped. */
  readonly news: Pick<ChatNews, 'decided' | 'stopped'>;
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
  /** Nobody will decide any more: what is not applied yet is not. */
  giveUp(): void;
  /** The same, and the model is not told: its proposal is no more in the chat. */
  withdraw(): void;
  /** The turn has ended: no to all that is not applied yet, unless the person has put it off. */
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
  let isStopped = false;
  let isWithdrawn = false;
  let ending: 'rejected' | 'unanswered' = 'rejected';
  let forget: (() => void) | undefined;

  function answer(result: ReviewOutcome): void {
    resolve(result);
    if (isWithdrawn || result.decision === 'later') return;
    if (putOff) around.news.decided(result);
    // It was too late to stop it, and the call's own answer is heard by nobody any more.
    else if (isStopped && result.decision !== 'rejected') around.news.stopped(result);
  }

  function enter(next: ReviewItem['status'], about?: LocalText): void {
    status = next;
    note = about;
    forget?.();
    if (next === 'open') {
      forget = around.afterPatience(() => {
        ending = 'unanswered';
        end();
      });
    }
    around.show(reviewItem({ id: around.id, callId: around.callId, token, status, files, note }));
  }

  /** Nothing of it is applied. */
  function end(): void {
    files = ending === 'rejected' ? rejectAll(files) : acceptNone(files);
    enter(ending === 'rejected' ? 'done' : 'unanswered');
    answer(nothingApplied(ending, files));
  }

  function fail({ note: about, problem }: Failure, made: readonly FileChange[] = []): void {
    const keys = new Set(made.map(keyOf));
    const isMade = ({ change }: ReviewedFile): boolean => keys.has(keyOf(change));
    // Of a part that was made all the same the card shows which one; what was not made counts as accepted nowhere.
    files = files.flatMap((file) => (isMade(file) ? [file] : acceptNone([file])));
    enter('failed', about);
    answer(failedOutcome(files, problem, isMade));
  }

  /** It may have waited for long: the person is asked by what there is to say now too. Undefined when it has ended meanwhile. */
  async function judgeAgain(): Promise<readonly ReviewedFile[] | undefined> {
    const breathe = breathing(controller.signal);
    const judged: ReviewedFile[] = [];
    try {
      for (const file of files) {
        await breathe();
        judged.push(acceptedCount(file) === 0 ? file : await judgedAnew(file, around.files));
      }
      return judged;
    } catch (error) {
      if (controller.signal.aborted) return undefined;
      throw error;
    }
  }

  /** Everything is decided: asks about what is not ordinary, and applies what is still accepted. */
  async function settle(): Promise<void> {
    enter('applying');
    const judged = await judgeAgain();
    const confirmed = judged && (await confirmFiles(judged, around.asking, controller.signal));
    if (confirmed === undefined) return end();
    files = confirmed.files;
    const known = new Map<FileChange, readonly LocalText[]>();
    for (const file of files) {
      const change = acceptedChange(file);
      if (change !== undefined) known.set(change, file.reasons);
    }
    const changes = [...known.keys()];
    const applied: Applied = changes.length === 0 ? { kind: 'applied', problem: undefined, note: undefined } : await around.apply(changes, known, controller.signal);
    switch (applied.kind) {
      case 'applied':
        enter('done', applied.note ?? confirmed.note);
        return answer(decidedOutcome(files, applied.problem));
      case 'stopped':
        return end();
      case 'failed':
        return fail(applied, applied.made);
      case 'changed':
        return askAgain();
    }
  }

  async function askAgain(): Promise<void> {
    try {
      const renewed = await renew(files.map(({ change }) => change), around.documents, around.files);
      if (controller.signal.aborted) return end();
      if ('problem' in renewed) return fail(renewed);
      // It would be asked for ever: nothing that the person could look at again is another than it was.
      if (renewed.files.every((file, index) => isAsBefore(file, files[index]))) throw new ApplyError('changed', files[0]?.change.place.display ?? '', 'It is shown as it was.');
      files = renewed.files;
      token = crypto.randomUUID();
      enter(putOff ? 'later' : 'open', say('The file has changed since; look at it again.'));
    } catch (error) {
      fail(explainFailure(error, files[0]?.change.place.display ?? ''));
    }
  }

  const waits = (): boolean => status === 'open' || status === 'later';
  const over = (): boolean => !waits() && status !== 'applying';

  function endAs(how: 'rejected' | 'unanswered'): void {
    if (over()) return;
    ending = how;
    controller.abort();
    if (waits()) end();
  }

  if (accepted) {
    files = decideOn(files, { token, decision: 'accept' });
    void settle();
  } else enter('open');

  return {
    turnId: around.turnId,
    outcome,
    isOver: over,
    giveUp: () => endAs('unanswered'),
    withdraw() {
      isWithdrawn = true;
      endAs('unanswered');
    },
    stop() {
      if (putOff) return;
      isStopped = true;
      endAs('rejected');
    },
    pending: () =>
      waits()
        ? { token, turnId: around.turnId, ...(around.asking.always && { isOutside: true }), files: files.map(({ change, hunks, decisions }) => ({ change, hunks: hunks.map((hunk, index) => ({ ...hunk, decision: decisions[index] ?? 'open' })) })) }
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

/** Neither its text is another, nor is there more to say of it. */
function isAsBefore({ change, reasons }: ReviewedFile, before: ReviewedFile | undefined): boolean {
  const known = new Set(before?.reasons.map((reason) => JSON.stringify(reason)));
  return textBefore(change) === textBefore(before?.change) && reasons.every((reason) => known.has(JSON.stringify(reason)));
}

function textBefore(change: FileChange | undefined): string | undefined {
  return change !== undefined && 'before' in change ? change.before : undefined;
}

/** One file may be moved and edited in one step. */
function keyOf({ kind, place }: FileChange): string {
  return `${kind} ${place.canonical}`;
}
