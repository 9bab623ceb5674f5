import type { Hunk } from './hunk.ts';
import { applyHunks, hunksOf } from './hunks.ts';

/**
 * The new text that the change from `before` to `after` comes to on a text that is another by now: every hunk of the
 * change moves with the lines it stands on. Undefined when somebody else has changed those lines, or the ones that touch
 * them: then nobody can say what was meant.
 */
export function relocate(before: string, after: string, present: string): string | undefined {
  const others = hunksOf(before, present);
  const moved: Hunk[] = [];
  for (const hunk of hunksOf(before, after)) {
    const shift = shiftOf(hunk, others);
    if (shift === undefined) return undefined;
    moved.push({ ...hunk, oldStart: hunk.oldStart + shift });
  }
  try {
    return applyHunks(present, moved);
  } catch {
    return undefined;
  }
}

/** By how many lines the hunk has moved; undefined when a change of somebody else touches it. */
function shiftOf({ oldStart, oldLines }: Hunk, others: readonly Hunk[]): number | undefined {
  const end = oldStart + oldLines.length;
  let shift = 0;
  for (const other of others) {
    const otherEnd = other.oldStart + other.oldLines.length;
    if (otherEnd < oldStart) shift += other.newLines.length - other.oldLines.length;
    else if (other.oldStart <= end) return undefined;
    else break;
  }
  return shift;
}
