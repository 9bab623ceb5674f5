import type { HunkLine, HunkView } from '../../protocol/reviewItems.ts';
import type { Hunk } from '../edits/hunk.ts';

/** What of a hunk is shown at most; the rest is for the diff editor. */
const most = { context: 3, changed: 200, characters: 20_000 } as const;

/**
 * A hunk as it is shown, all but what has been decided of it: `before` are the lines of the old text. `oldStart` and
 * `newStart` are the numbers of the first line shown, which is one of up to three around the hunk. A line is shown whole
 * or not at all, and `moreLines` counts the lines taken out or put in that are not; but of a first line that is too long
 * by itself its beginning is, for something must be seen of what is decided.
 */
export function hunkView({ oldStart, oldLines, newStart, newLines }: Hunk, before: readonly string[]): Omit<HunkView, 'decision'> {
  const from = oldStart - 1;
  const above = contextLines(before.slice(Math.max(0, from - most.context), from).toReversed()).toReversed();
  const half = most.changed / 2;
  const removed = firstOf(oldLines, Math.max(half, most.changed - newLines.length));
  const added = firstOf(newLines, Math.max(half, most.changed - oldLines.length));
  const moreLines = oldLines.length - removed.length + newLines.length - added.length;
  const to = from + oldLines.length;
  // Behind lines that are left out, the ones that follow would seem to follow directly.
  const below = moreLines === 0 ? contextLines(before.slice(to, to + most.context)) : [];
  return {
    oldStart: oldStart - above.length,
    newStart: newStart - above.length,
    lines: [...as('same', above), ...as('removed', removed), ...as('added', added), ...as('same', below)].map(cut),
    moreLines,
  };
}

function as(kind: HunkLine['kind'], lines: readonly string[]): readonly HunkLine[] {
  return lines.map((text) => ({ kind, text }));
}

function cut(line: HunkLine): HunkLine {
  if (line.text.length <= most.characters) return line;
  const text = line.text.slice(0, most.characters).replace(/[\uD800-\uDBFF]$/, '');
  return { ...line, text, moreCharacters: line.text.length - text.length };
}

/** Of the nearest lines as many as are short enough to be no burden. */
function contextLines(lines: readonly string[]): string[] {
  const long = lines.findIndex(({ length }) => length > 500);
  return long < 0 ? [...lines] : lines.slice(0, long);
}

function firstOf(lines: readonly string[], count: number): readonly string[] {
  const shown: string[] = [];
  let characters = 0;
  for (const line of lines.slice(0, count)) {
    characters += line.length + 1;
    if (characters > most.characters && shown.length > 0) break;
    shown.push(line);
  }
  return shown;
}
