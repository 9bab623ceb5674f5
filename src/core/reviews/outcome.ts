import type { FileOutcome, ReviewOutcome } from '../agent/person.ts';
import { acceptedCount, decisionsOf, type ReviewedFile } from './reviewState.ts';

/** What a decided review came to; `problem` when it was applied and the model should know more of it. */
export function decidedOutcome(files: readonly ReviewedFile[], problem: string | undefined): ReviewOutcome {
  const decisions = files.flatMap(decisionsOf);
  const accepted = decisions.filter((decision) => decision === 'accepted').length;
  const decision = accepted === 0 ? 'rejected' : accepted === decisions.length ? 'accepted' : 'partly';
  return { decision, problem, files: files.map((file) => fileOutcome(file, acceptedCount(file))) };
}

/** Nothing was applied. */
export function nothingApplied(decision: 'rejected' | 'later' | 'unanswered' | 'failed', files: readonly ReviewedFile[], problem?: string): ReviewOutcome {
  return { decision, problem, files: files.map((file) => fileOutcome(file, 0)) };
}

function fileOutcome(file: ReviewedFile, applied: number): FileOutcome {
  const rejected = file.hunks.filter((_, index) => file.decisions[index] === 'rejected').flatMap(({ newLines }) => newLines);
  return { display: file.change.place.display, applied, rejected };
}
