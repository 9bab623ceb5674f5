import type { FileReview, HunkDecision, ReviewItem } from './reviewItems.ts';

/** What has been decided of a file so far, one entry a hunk; of a file without hunks its own decision. */
export function decisionsOf({ hunks, decision }: FileReview): readonly HunkDecision[] {
  return hunks.length === 0 ? [decision] : hunks.map((hunk) => hunk.decision);
}

/** Whether something of the file was accepted. That it was applied too is for {@link appliedFiles} to say: its card may still be open, or have failed. */
export function isAccepted(file: FileReview): boolean {
  return decisionsOf(file).includes('accepted');
}

/** The files of a card that were applied and have not been put back: those for which there may be a way back. */
export function appliedFiles(item: ReviewItem): readonly FileReview[] {
  return isOver(item) ? item.files.filter((file) => isAccepted(file) && file.isReverted !== true) : [];
}

/** Whether it may have changed files that {@link appliedFiles} does not tell. */
export function hidesFiles(item: ReviewItem): boolean {
  return item.moreFiles > 0 || (item.status === 'failed' && !isOver(item));
}

/** Of a card that failed a part was made only where what was not is open again; where nothing was, all of it may still read accepted. */
function isOver({ status, files }: ReviewItem): boolean {
  return status === 'done' || (status === 'failed' && files.some((file) => decisionsOf(file).includes('open')));
}
