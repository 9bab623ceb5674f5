import type { HunkLine, HunkView } from '../../src/protocol/reviewItems.ts';

/** Of a longer line the rest is for the diff editor. In UTF-16 units. */
export const longestLine = 4000;

/** A line of a hunk as it is drawn: with the numbers it has in the old and the new text, and the part that differs. */
export interface NumberedLine {
  readonly kind: HunkLine['kind'];
  readonly text: string;
  /** How many characters of the line the page has not been given. */
  readonly moreCharacters: number;
  readonly old: number | undefined;
  readonly new: number | undefined;
  /** Where the line differs from the one it stands in place of, in UTF-16 units; undefined where there is none so like it. */
  readonly changed: readonly [from: number, to: number] | undefined;
}

/** Numbers the lines of a hunk, and pairs those taken out with those put in where there are as many of each. */
export function numberedLines({ oldStart, newStart, lines }: HunkView): NumberedLine[] {
  const changed = changedParts(lines);
  let oldLine = oldStart;
  let newLine = newStart;
  return lines.map(({ kind, text, moreCharacters = 0 }, index) => ({
    kind,
    text,
    moreCharacters,
    old: kind === 'added' ? undefined : oldLine++,
    new: kind === 'removed' ? undefined : newLine++,
    changed: changed[index],
  }));
}

/** The numbers of the first and last changed line, in the new text, or in the old one where lines are only taken out. */
export function changedRange(hunk: HunkView): readonly [first: number, last: number] {
  const lines = numberedLines(hunk);
  const added = lines.flatMap((line) => (line.kind === 'added' && line.new !== undefined ? [line.new] : []));
  const removed = lines.flatMap((line) => (line.kind === 'removed' && line.old !== undefined ? [line.old] : []));
  const numbers = added.length > 0 ? added : removed;
  return [numbers[0] ?? hunk.newStart, numbers.at(-1) ?? hunk.newStart];
}

type Part = readonly [from: number, to: number];

function changedParts(lines: readonly HunkLine[]): (Part | undefined)[] {
  const parts: (Part | undefined)[] = [];
  for (let index = 0; index < lines.length; ) {
    const removed = runOf(lines, index, 'removed');
    const added = runOf(lines, index + removed, 'added');
    if (removed === added) {
      for (let offset = 0; offset < removed; offset++) {
        const pair = differing(lines[index + offset]?.text ?? '', lines[index + removed + offset]?.text ?? '');
        parts[index + offset] = pair?.[0];
        parts[index + removed + offset] = pair?.[1];
      }
    }
    index += Math.max(1, removed + added);
  }
  return parts;
}

function runOf(lines: readonly HunkLine[], from: number, kind: HunkLine['kind']): number {
  let to = from;
  while (lines[to]?.kind === kind) to++;
  return to - from;
}

/** Longer lines are not compared, and lines that share less than this part of the longer one are not alike. */
const longestCompared = 2000;
const leastShared = 0.3;

function differing(before: string, after: string): readonly [Part, Part] | undefined {
  const longer = Math.max(before.length, after.length);
  if (longer > longestCompared) return undefined;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  if (isSecondHalf(before, start) || isSecondHalf(after, start)) start--;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  if (isSecondHalf(before, before.length - end) || isSecondHalf(after, after.length - end)) end--;
  if (start + end < longer * leastShared) return undefined;
  return [
    [start, before.length - end],
    [start, after.length - end],
  ];
}

/** Whether a cut there would part the two halves of one character. */
function isSecondHalf(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  return index > 0 && unit >= 0xdc00 && unit <= 0xdfff;
}
