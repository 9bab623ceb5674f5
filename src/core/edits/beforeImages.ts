import type { ResolvedPath } from '../guard/pathGuard.ts';
import type { FileChange } from './change.ts';

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
}

/** What a file held: a text, or the bytes of a file that was deleted, which a text does not tell wholly. */
export type Content = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly text: string | undefined };

/** Where the files of each turn are kept as they were before it. Whoever keeps chats on a disk puts another in its place. */
export interface BeforeImages {
  of(turnId: string): readonly BeforeImage[];
  set(turnId: string, images: readonly BeforeImage[]): void;
  clear(): void;
}

/** Keeps them until the window goes. */
export function createBeforeImages(): BeforeImages {
  const turns = new Map<string, readonly BeforeImage[]>();
  return {
    of: (turnId) => turns.get(turnId) ?? [],
    set: (turnId, images) => void turns.set(turnId, images),
    clear: () => turns.clear(),
  };
}

/**
 * The images of a turn after one more change of its: the first look at a file stays, what was made and deleted again is
 * nothing. `bytes` is what a deleted file held.
 */
export function withChange(images: readonly BeforeImage[], change: FileChange, bytes: Uint8Array | undefined): readonly BeforeImage[] {
  const path = change.place.canonical;
  const known = images.find(({ current }) => current?.canonical === path);
  const replaced = (next: BeforeImage | undefined): readonly BeforeImage[] => {
    const others = images.filter((image) => image !== known);
    return next === undefined ? others : [...others, next];
  };
  switch (change.kind) {
    case 'edit': {
      const first: BeforeImage = known ?? { origin: change.place, current: change.place, before: undefined, after: undefined };
      // Of one that has only been moved so far nothing is known yet: this is the text that it was moved with.
      const before = first.before ?? (first.origin === undefined ? undefined : ({ kind: 'text', text: change.before } as const));
      return replaced({ ...first, before, after: change.after });
    }
    case 'create': {
      const deleted = images.find(({ origin, current }) => current === undefined && origin?.canonical === path);
      const made: BeforeImage = { origin: deleted?.origin, current: change.place, before: deleted?.before, after: change.after };
      return [...images.filter((image) => image !== deleted), made];
    }
    case 'move': {
      const first: BeforeImage = known ?? { origin: change.place, current: change.place, before: undefined, after: undefined };
      return replaced({ ...first, current: change.to });
    }
    case 'delete': {
      if (known !== undefined && known.origin === undefined) return replaced(undefined);
      const before: Content | undefined = bytes === undefined ? (change.before === undefined ? undefined : { kind: 'text', text: change.before }) : { kind: 'bytes', bytes, text: change.before };
      return replaced({ origin: known?.origin ?? change.place, current: undefined, before: known?.before ?? before, after: undefined });
    }
  }
}

/** The images with what the editor made of a text when it saved it. */
export function withText(images: readonly BeforeImage[], path: string, text: string): readonly BeforeImage[] {
  return images.map((image) => (image.current?.canonical === path && image.after !== undefined ? { ...image, after: text } : image));
}
