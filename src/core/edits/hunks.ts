import { diffLines } from './diffLines.ts';
import type { Hunk } from './hunk.ts';

/** The lines of a text, as {@link Hunk} counts them: at least one, and joined with `\n` they are the text again. */
export function linesOf(text: string): readonly string[] {
  return text.split('\n');
}

/**
 * What differs between two texts, in order; hunks do not touch, and lines between them are the same in both. Ends within
 * a second or so for any texts; those that differ beyond measure are one hunk.
 */
export function hunksOf(before: string, after: string): readonly Hunk[] {
  const [oldLines, newLines] = [linesOf(before), linesOf(after)];
  return diffLines(oldLines, newLines).map(({ oldFrom, oldTo, newFrom, newTo }) => ({
    oldStart: oldFrom + 1,
    oldLines: oldLines.slice(oldFrom, oldTo),
    newStart: newFrom + 1,
    newLines: newLines.slice(newFrom, newTo),
  }));
}

/**
 * The text with these of its hunks applied, and not the others: all give the new text, none the old one. Throws a
 * RangeError when a hunk does not fit the text, or the hunks are not in order.
 */
export function applyHunks(before: string, hunks: readonly Hunk[]): string {
  const lines = linesOf(before);
  const pieces: string[] = [];
  let at = 0;
  for (const { oldStart, oldLines, newLines } of hunks) {
    const from = oldStart - 1;
    const fits = from >= at && from + oldLines.length <= lines.length && oldLines.every((line, index) => line === lines[from + index]);
    if (!fits) throw new RangeError(`The hunk at line ${oldStart} does not fit the text.`);
    append(pieces, lines, at, from);
    append(pieces, newLines, 0, newLines.length);
    at = from + oldLines.length;
  }
  append(pieces, lines, at, lines.length);
  return pieces.join('\n');
}

/** Not by spreading: a text may have more lines than a call may have arguments. */
function append(pieces: string[], lines: readonly string[], from: number, to: number): void {
  for (let index = from; index < to; index += 1) pieces.push(lines[index] ?? '');
}
