import type { ResolvedPath } from '../guard/pathGuard.ts';
import type { FileChange } from '../edits/change.ts';

/**
 * One file as a turn found it and as it left it. `origin` is undefined for a file that the turn made, `current` for one
 * that it deleted; they differ for one that it moved.
 */
export interface BeforeImage {
  readonly origin: ResolvedPath | undefined;
  readonly current: ResolvedPath | undefined;
  /** What was at `origin`; undefined where it need not be known, for it has only been moved. */
  readonly before: Content | undefined;
  /** What the turn left at `current`; undefined where it has only been moved, or there is nothing. */
  readonly after: string | undefined;
  /** Somebody else had written there when the turn changed it once more: putting it back takes that along, and asks first. */
  readonly isMixed?: true | undefined;
  /**
   * It cannot be put back any more: what it held was not written to a disk, or it is not where it was. Then both texts are
   * undefined. `earlier` is no file, but says that the turn had changed files of which nothing is known.
   */
  readonly lost?: 'withheld' | 'elsewhere' | 'earlier' | undefined;
}

/** Stands among the images of a turn whose earlier ones are gone. */
export const lostEarlier: BeforeImage = { origin: undefined, current: undefined, before: undefined, after: undefined, lost: 'earlier' };

/** The images that are those of a file. */
export function filesIn(images: readonly BeforeImage[]): readonly BeforeImage[] {
  return images.filter(({ lost }) => lost !== 'earlier');
}

/** What a file held: a text, or the bytes of a file that was deleted, which a text does not tell wholly. */
export type Content = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly text: string | undefined };

/** `damaged`: what was kept has another shape, and was set aside. `unread`: it could not be read now. */
export type Loaded = 'known' | 'damaged' | 'unread';

/** Where the files of each turn are kept as they were before it. Whoever keeps chats on a disk puts another in its place. */
export interface BeforeImages {
  /** Settles when {@link of} knows what there is of the turn, or that cannot be known. Never rejects. */
  load(turnId: string): Promise<Loaded>;
  of(turnId: string): readonly BeforeImage[];
  set(turnId: string, images: readonly BeforeImage[]): void;
  /** The chat is left: nothing of it is needed here. */
  clear(): void;
}

export interface MemoryOptions {
  /** Characters and bytes that are kept at most, but for the turn that was set last. */
  readonly most?: number;
  /** Is told of a turn whose images were given up for those of later ones, and how many there were. */
  readonly forgot?: (turnId: string, files: number) => void;
}

/** Keeps them until the window goes, those of the first turns only as long as there is room. */
export function createBeforeImages({ most = 128 * 1024 * 1024, forgot }: MemoryOptions = {}): BeforeImages {
  const turns = new Map<string, { readonly images: readonly BeforeImage[]; readonly size: number }>();
  let kept = 0;
  const drop = (turnId: string): void => {
    kept -= turns.get(turnId)?.size ?? 0;
    turns.delete(turnId);
  };
  return {
    load: async () => 'known',
    of: (turnId) => turns.get(turnId)?.images ?? [],
    set(turnId, images) {
      drop(turnId);
      const size = images.reduce((sum, image) => sum + sizeOf(image), 0);
      kept += size;
      for (const [other, { images: old }] of turns) {
        if (kept <= most) break;
        drop(other);
        if (filesIn(old).length > 0) forgot?.(other, filesIn(old).length);
      }
      turns.set(turnId, { images, size });
    },
    clear() {
      turns.clear();
      kept = 0;
    },
  };
}

/** Characters and bytes of an image, which is about what it takes to keep it. */
export function sizeOf({ before, after }: BeforeImage): number {
  return (before?.text?.length ?? 0) + (before?.kind === 'bytes' ? before.bytes.length : 0) + (after?.length ?? 0);
}

/**
 * The images of a turn after more changes of its, in their order: the first look at a file stays, what was made and
 * deleted again is nothing. `bytes` has at each change's index what a deleted file held. The time that it takes grows with
 * the number of files, not with its square: a rename may touch thousands.
 */
export function withChanges(images: readonly BeforeImage[], changes: readonly FileChange[], bytes: readonly (Uint8Array | undefined)[]): readonly BeforeImage[] {
  const all = new Set(images);
  const byPath = new Map(images.flatMap((image) => (image.current === undefined ? [] : [[image.current.canonical, image] as const])));
  const deleted = new Map(images.flatMap((image) => (image.current === undefined && image.origin !== undefined ? [[image.origin.canonical, image] as const] : [])));
  for (const [index, change] of changes.entries()) {
    const path = change.place.canonical;
    vacate(change);
    const known = change.kind === 'create' ? deleted.get(path) : byPath.get(path);
    const next = imageAfter(known, change, bytes[index]);
    if (known !== undefined) all.delete(known);
    if (change.kind === 'create') deleted.delete(path);
    else byPath.delete(path);
    if (next === undefined) continue;
    all.add(next);
    if (next.current !== undefined) byPath.set(next.current.canonical, next);
    else if (next.origin !== undefined) deleted.set(next.origin.canonical, next);
  }
  return [...all];

  /** Where the change puts a file there is none: one that the turn had left there has been taken away by somebody. */
  function vacate(change: FileChange): void {
    const target = change.kind === 'create' ? change.place : change.kind === 'move' ? change.to : undefined;
    const gone = target && byPath.get(target.canonical);
    if (target === undefined || gone === undefined) return;
    byPath.delete(target.canonical);
    all.delete(gone);
    if (gone.origin === undefined) return;
    const left = { ...gone, current: undefined, after: undefined };
    all.add(left);
    deleted.set(gone.origin.canonical, left);
  }
}

/** `known` is the image of the file so far; for one that is made, that of the one which was deleted there. */
function imageAfter(known: BeforeImage | undefined, change: FileChange, bytes: Uint8Array | undefined): BeforeImage | undefined {
  const first: BeforeImage = known ?? { origin: change.place, current: change.place, before: undefined, after: undefined };
  switch (change.kind) {
    case 'edit': {
      // Of one that has only been moved so far nothing is known yet: this is the text that it was moved with.
      const before = first.before ?? (first.origin === undefined ? undefined : ({ kind: 'text', text: change.before } as const));
      const isMixed = known?.after !== undefined && known.after !== change.before;
      return { ...first, before, after: change.after, ...(isMixed && { isMixed }) };
    }
    case 'create':
      return { ...known, origin: known?.origin, current: change.place, before: known?.before, after: change.after };
    case 'move':
      return { ...first, current: change.to };
    case 'delete': {
      if (known !== undefined && known.origin === undefined) return undefined;
      const before: Content | undefined = bytes === undefined ? (change.before === undefined ? undefined : { kind: 'text', text: change.before }) : { kind: 'bytes', bytes, text: change.before };
      return { ...known, origin: known?.origin ?? change.place, current: undefined, before: known?.before ?? before, after: undefined };
    }
  }
}

/** The images with what the editor made of texts when it saved them, by path. */
export function withTexts(images: readonly BeforeImage[], texts: ReadonlyMap<string, string>): readonly BeforeImage[] {
  return images.map((image) => {
    const text = image.current === undefined || image.after === undefined ? undefined : texts.get(image.current.canonical);
    return text === undefined ? image : { ...image, after: text };
  });
}
