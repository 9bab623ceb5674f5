import { showHidden } from '../../protocol/hiddenCharacters.ts';
import type { FileReview, ReviewItem } from '../../protocol/reviewItems.ts';
import { appliedFiles, hidesFiles, isAccepted } from '../../protocol/reviewedFiles.ts';
import type { Item } from '../../protocol/viewState.ts';
import type { ResolvedPath } from '../guard/pathGuard.ts';
import type { BeforeImage } from './beforeImages.ts';

/** What can only be put back together: the files of cards that name the same places, one after another, and the images there. */
export interface Together {
  readonly files: readonly FileReview[];
  readonly images: readonly BeforeImage[];
}

/**
 * The files that the cards of a turn have applied, and its images, by the places that they share. That does not depend on
 * the order of the cards: one that was put off may have been applied after those behind it.
 */
export function togetherOf(items: readonly Item[], images: readonly BeforeImage[]): readonly Together[] {
  const files = items.flatMap((item) => (item.kind === 'review' ? appliedFiles(item) : []));
  const rootOf = rootsOf([...files.map(namesOf), ...images.map(placeNamesOf)]);
  const groups = new Map<string, { readonly files: FileReview[]; readonly images: BeforeImage[] }>();
  const groupOf = ([name]: readonly string[]): { readonly files: FileReview[]; readonly images: BeforeImage[] } | undefined => {
    if (name === undefined) return undefined;
    const root = rootOf(name);
    const group = groups.get(root) ?? { files: [], images: [] };
    groups.set(root, group);
    return group;
  };
  for (const file of files) groupOf(namesOf(file))?.files.push(file);
  for (const image of images) groupOf(placeNamesOf(image))?.images.push(image);
  return [...groups.values()];
}

/** Whether another file than the one that a card names may go back with it. */
export function isMoreThanOne({ files, images }: Together, items: readonly Item[]): boolean {
  if (images.length > 1) return true;
  const kinds = new Set(files.map(({ change }) => change));
  // One was made and deleted perhaps, and another moved to its place.
  if (kinds.has('move') && kinds.has('delete')) return true;
  return images.some(isMoved) && items.some((item) => item.kind === 'review' && hidesFiles(item));
}

/** The cards of a turn that are others now that these of its images have been put back. */
export function cardsReverted(items: readonly Item[], images: readonly BeforeImage[], restored: ReadonlySet<BeforeImage>): readonly ReviewItem[] {
  // Of what the turn did before nothing is known: no card is what it was before the turn.
  if (images.some(({ lost }) => lost === 'earlier')) return [];
  const isWhole = images.every((image) => restored.has(image));
  // With all of the turn also what came and went within it, of which there is no image.
  const back = new Set(togetherOf(items, images).flatMap((together) => (isWhole || (together.images.length > 0 && together.images.every((image) => restored.has(image))) ? together.files : [])));
  return items.flatMap((item) => {
    if (item.kind !== 'review') return [];
    const files = item.files.map((file) => (back.has(file) ? { ...file, isReverted: true as const } : file));
    const isReverted = isWhole && hasMore(item) && item.isReverted !== true;
    if (!isReverted && files.every((file, index) => file === item.files[index])) return [];
    return [{ ...item, files, ...(isReverted && { isReverted }) }];
  });
}

/** Of what is not shown it is known only by what is whether it was applied. */
function hasMore({ moreFiles, status, files }: ReviewItem): boolean {
  return moreFiles > 0 && status === 'done' && files.some((file) => file.isReverted === true || isAccepted(file));
}

function isMoved({ origin, current }: BeforeImage): boolean {
  return origin !== undefined && current !== undefined && origin.canonical !== current.canonical;
}

/** Cards write hidden characters of a path out. */
function namesOf({ path, to }: FileReview): readonly string[] {
  return to === undefined ? [named(path)] : [named(path), named(to)];
}

/** A place is known by its name on the cards, and by where it really is. */
function placeNamesOf({ origin, current }: BeforeImage): readonly string[] {
  return [origin, current].flatMap((place: ResolvedPath | undefined) => (place === undefined ? [] : [named(showHidden(place.display)), `at ${place.canonical}`]));
}

function named(name: string): string {
  return `named ${name}`;
}

/** Answers of each name the one that stands for all that are connected with it. */
function rootsOf(connected: readonly (readonly string[])[]): (name: string) => string {
  const parents = new Map<string, string>();
  const rootOf = (name: string): string => {
    let root = name;
    for (let next = parents.get(root); next !== undefined; next = parents.get(root)) root = next;
    for (let at = name; at !== root; ) {
      const next = parents.get(at) ?? root;
      parents.set(at, root);
      at = next;
    }
    return root;
  };
  for (const [first, ...others] of connected) {
    for (const other of others) {
      if (first !== undefined && rootOf(other) !== rootOf(first)) parents.set(rootOf(other), rootOf(first));
    }
  }
  return rootOf;
}
