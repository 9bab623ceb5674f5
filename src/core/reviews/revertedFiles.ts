import { showHidden } from '../../protocol/hiddenCharacters.ts';
import type { FileReview, ReviewItem } from '../../protocol/reviewItems.ts';
import type { Item } from '../../protocol/viewState.ts';
import type { ResolvedPath } from '../guard/pathGuard.ts';
import type { BeforeImage } from './beforeImages.ts';

/** A file on a card: the index among its files. */
export interface CardFile {
  readonly itemId: string;
  readonly file: number;
}

/** The file of a card that was applied, by the items of its turn; undefined where there is none. */
export function appliedFile(items: readonly Item[], { itemId, file }: CardFile): FileReview | undefined {
  const card = items.find(({ id }) => id === itemId);
  const shown = card?.kind === 'review' && isOver(card) ? card.files[file] : undefined;
  return shown !== undefined && isApplied(shown) && shown.isReverted !== true ? shown : undefined;
}

/** The images that the file of a card is about: where it is now, or else where the turn found it. */
export function imagesOfFile(images: readonly BeforeImage[], { path, to, change }: FileReview): readonly BeforeImage[] {
  const now = images.filter(({ current, origin }) => (change === 'delete' ? current === undefined && isNamed(origin, path) : isNamed(current, to ?? path)));
  return now.length > 0 ? now : images.filter(({ origin }) => isNamed(origin, path));
}

/** The cards of a turn that are others now that these of its images have been put back. */
export function cardsReverted(items: readonly Item[], images: readonly BeforeImage[], restored: ReadonlySet<BeforeImage>): readonly ReviewItem[] {
  return items.flatMap((item) => {
    if (item.kind !== 'review' || !isOver(item)) return [];
    const files = item.files.map((file) => (isApplied(file) && file.isReverted !== true && imagesOfFile(images, file).some((image) => restored.has(image)) ? { ...file, isReverted: true as const } : file));
    return files.every((file, index) => file === item.files[index]) ? [] : [{ ...item, files }];
  });
}

function isOver({ status }: ReviewItem): boolean {
  return status === 'done' || status === 'failed';
}

function isApplied({ hunks, decision }: FileReview): boolean {
  return hunks.length === 0 ? decision === 'accepted' : hunks.some((hunk) => hunk.decision === 'accepted');
}

/** Cards write hidden characters of a path out. */
function isNamed(place: ResolvedPath | undefined, path: string): boolean {
  return place !== undefined && showHidden(place.display) === path;
}
