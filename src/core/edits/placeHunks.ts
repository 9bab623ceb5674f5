import { diffLines } from './diffLines.ts';
import type { Hunk } from './hunk.ts';
import { linesOf } from './hunks.ts';

/** Where a hunk stands in the text as it is now. */
export interface HunkPlace {
  /** Its first line, counted from 0; of a hunk that only puts lines in, the line before which they go, which may be one behind the last. */
  readonly line: number;
  /** Somebody has changed its lines since, or the ones that touch them, so that it can no longer be applied (see `relocate`): `line` is about where they were. */
  readonly isOutdated: boolean;
}

/** Where the hunks of `before` stand in `present`, which is the same text with edits of somebody else's, or none. */
export function placeHunks(hunks: readonly Hunk[], before: string, present: string): readonly HunkPlace[] {
  const changes = before === present ? [] : diffLines(linesOf(before), linesOf(present));
  return hunks.map(({ oldStart, oldLines }) => {
    const from = oldStart - 1;
    const to = from + oldLines.length;
    const moved = changes.filter(({ oldTo }) => oldTo < from).reduce((sum, { oldFrom, oldTo, newFrom, newTo }) => sum + (newTo - newFrom) - (oldTo - oldFrom), 0);
    return { line: from + moved, isOutdated: changes.some(({ oldFrom, oldTo }) => oldFrom <= to && oldTo >= from) };
  });
}
