import type { FileOutcome, ReviewOutcome } from '../agent/person.ts';
import { acceptedCount, decisionsOf, type ReviewedFile } from './reviewState.ts';

/** What a decided review came to; `problem` when it was applied and the model should know more of it. */
export function decidedOutcome(files: readonly ReviewedFile[], problem: string | undefined): ReviewOutcome {
  const decisions = files.flatMap(decisionsOf);
  const accepted = decisions.filter((decision) => decision === 'accepted').length;
  const decision = accepted === 0 ? 'rejected' : accepted === decisions.length ? 'accepted' : 'partly';
  return { decision, problem, files: files.map((file) => fileOutcome(file, acceptedCount(file))) };
}

/** It failed; of the files that were changed all the same, what was accepted is applied. */
export function failedOutcome(files: readonly ReviewedFile[], problem: string, isMade: (file: ReviewedFile) => boolean): ReviewOutcome {
  return { decision: 'failed', problem, files: files.map((file) => fileOutcome(file, isMade(file) ? acceptedCount(file) : 0)) };
}

/** Nothing was applied. */
export function nothingApplied(decision: 'rejected' | 'later' | 'unanswered', files: readonly ReviewedFile[]): ReviewOutcome {
  return { decision, problem: undefined, files: files.map((file) => fileOutcome(file, 0)) };
}

function fileOutcome(file: ReviewedFile, applied: number): FileOutcome {
  // Whoever renames has not been asked whether the model may read the file: a secret's lines are not told, rejected or not.
  const rejected = file.change.place.class !== 'inside' ? [] : file.hunks.filter((_, index) => file.decisions[index] === 'rejected').flatMap(({ newLines }) => newLines);
  return { display: file.change.place.display, applied, rejected };
}
