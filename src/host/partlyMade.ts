import type { FileChange } from '../core/edits/change.ts';
import type { ResolvedPath } from '../core/guard/pathGuard.ts';
import { uriOf } from './addresses.ts';
import { files } from './files.ts';
import { findText, missing, stampOf } from './openDocument.ts';

type TextChange = FileChange & { readonly kind: 'edit' };

/** The changes of one edit as the editor makes them: each step of texts wholly or not at all, files one after the other. */
export interface Steps {
  readonly texts: readonly TextChange[];
  readonly files: readonly FileChange[];
  /** Of files that the step before has moved. */
  readonly movedTexts: readonly TextChange[];
}

/** What the editor has done of the steps before it failed: it does not say, and takes nothing back. */
export async function madeOf({ texts, files: operations, movedTexts }: Steps): Promise<readonly FileChange[]> {
  const filled = new Set(operations.flatMap((change) => (change.kind === 'create' ? [change.place.canonical] : change.kind === 'move' ? [change.to.canonical] : [])));
  const happened = await Promise.all(operations.map(async (change) => isDone(change, filled.has(change.place.canonical))));
  const filesDone = operations.filter((_, index) => happened[index]);
  const textsDone = filesDone.length > 0 || (await isAnyThere(texts)) ? texts : [];
  const moves = new Map(operations.flatMap((change) => (change.kind === 'move' ? [[change.place.canonical, change.to] as const] : [])));
  const renamed = movedTexts.map((change) => ({ ...change, place: moves.get(change.place.canonical) ?? change.place }));
  const movedDone = filesDone.length === operations.length && (await isAnyThere(renamed)) ? movedTexts : [];
  return [...textsDone, ...filesDone, ...movedDone];
}

async function isAnyThere(changes: readonly TextChange[]): Promise<boolean> {
  const found = await Promise.all(changes.map(async ({ place, after }) => reads(place, after)));
  return found.includes(true);
}

async function reads(place: ResolvedPath, text: string): Promise<boolean> {
  return findText(place).then((found) => found.text === text, () => false);
}

/** Where the file was taken away another may be put by the same edit (`isFilled`), and others may have made by now what it was to make. */
async function isDone(change: FileChange, isFilled: boolean): Promise<boolean> {
  switch (change.kind) {
    case 'edit':
      return false;
    case 'create': {
      const { bytes } = change;
      return bytes === undefined ? reads(change.place, change.after) : files.read(change.place.canonical).then((written) => written.length === bytes.length && written.every((byte, index) => byte === bytes[index]), () => false);
    }
    case 'move':
      return (isFilled || !(await isThere(change.place))) && isThere(change.to);
    case 'delete':
      return isFilled ? change.before !== undefined && !(await reads(change.place, change.before)) : !(await isThere(change.place));
  }
}

async function isThere({ canonical }: ResolvedPath): Promise<boolean> {
  return (await stampOf(uriOf(canonical))) !== missing;
}
