import type { FileReview } from '../../protocol/reviewItems.ts';
import { appliedFiles } from '../../protocol/reviewedFiles.ts';
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
  return card?.kind === 'review' && shown !== undefined && appliedFiles(card).includes(shown) ? shown : undefined;
}
