import type { FileReview, ReviewItem } from '../../protocol/reviewItems.ts';
import type { Item } from '../../protocol/viewState.ts';

/** A file on a card: the index among its files. */
export interface CardFile {
  readonly itemId: string;
  readonly file: number;
}

/** The file of a card that was applied and has not been put back, by the items of its turn; undefined where there is none. */
export function appliedFile(items: readonly Item[], { itemId, file }: CardFile): FileReview | undefined {
  const card = items.find(({ id }) => id === itemId);
  const shown = card?.kind === 'review' ? card.files[file] : undefined;
  return card !== undefined && shown !== undefined && appliedFiles(card).includes(shown) ? shown : undefined;
}

/** The files of a card that were applied and have not been put back. */
export function appliedFiles(item: Item): readonly FileReview[] {
  return item.kind === 'review' && isOver(item) ? item.files.filter((file) => isApplied(file) && file.isReverted !== true) : [];
}

/** Whether it may have changed files that {@link appliedFiles} does not tell. */
export function hidesFiles(item: Item): boolean {
  return item.kind === 'review' && (item.moreFiles > 0 || (item.status === 'failed' && !isOver(item)));
}

/** Of a card that failed a part was made only where what was not is open again. */
function isOver({ status, files }: ReviewItem): boolean {
  return status === 'done' || (status === 'failed' && files.some((file) => decisionsOf(file).includes('open')));
}

/** Whether something of the file was accepted. */
export function isApplied(file: FileReview): boolean {
  return decisionsOf(file).includes('accepted');
}

function decisionsOf({ hunks, decision }: FileReview): readonly FileReview['decision'][] {
  return hunks.length === 0 ? [decision] : hunks.map((hunk) => hunk.decision);
}
