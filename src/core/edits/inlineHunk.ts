import { escapeCharacter, showHidden } from '../../protocol/hiddenCharacters.ts';
import type { Hunk } from './hunk.ts';

/** What of new text is shown beside a line at most; the rest is in the hover and the diff editor. */
const longest = 160;
/** Columns that an editor between two side bars has room for, and an old line that takes so little of them that nothing is in its way. */
const room = { both: 100, old: 50 } as const;
const lineEnd = '⏎';

/**
 * A hunk drawn on the old text's lines: `beside` has one text for each line taken out, what becomes of it, or undefined
 * when nothing does; new lines beyond those stand joined on the last. Of a hunk that takes nothing out, `beside` is empty and
 * `inserted` is what is put in. Hidden characters are written out, blanks made ones that stay.
 */
export interface InlineHunk {
  readonly beside: readonly (string | undefined)[];
  readonly inserted: string | undefined;
  /** Old and new do not fit beside each other: the new text is better put first. */
  readonly isWide: boolean;
}

export function inlineHunk({ oldLines, newLines }: Pick<Hunk, 'oldLines' | 'newLines'>): InlineHunk {
  if (oldLines.length === 0) return { beside: [], inserted: joined(newLines, indentOf(newLines)), isWide: false };
  const beside = oldLines.map((line, index) => {
    const isLast = index === oldLines.length - 1;
    const own = isLast ? newLines.slice(index) : newLines.slice(index, index + 1);
    return own.length === 0 ? undefined : joined(own, indentOf([line, ...own]));
  });
  const isWide = oldLines.some((line, index) => line.length > room.old && line.length + (beside[index]?.length ?? 0) > room.both);
  return { beside, inserted: undefined, isWide };
}

/** The lines as one, without the indentation that says nothing; the number of those left out stands at the end. */
function joined(lines: readonly string[], indent: number): string {
  let text = '';
  for (const [index, line] of lines.entries()) {
    const next = visible(line.slice(Math.min(indent, line.length)));
    const separator = index === 0 ? '' : ` ${lineEnd} `;
    const left = longest - text.length - separator.length;
    if (next.length <= left) text += `${separator}${next === '' && lines.length === 1 ? lineEnd : next}`;
    else {
      const rest = lines.length - index - 1;
      // By whole characters: half an emoji would be shown as a question mark.
      return firm(`${text}${separator}${Array.from(next).slice(0, Math.max(0, left)).join('')}…${rest > 0 ? ` +${rest} ${lineEnd}` : ''}`);
    }
  }
  return firm(text);
}

function visible(line: string): string {
  return oneLine(line.replaceAll('\t', '    ').slice(0, longest * 2));
}

/** A carriage return within a line would let its rest pass for a line of its own. */
function oneLine(line: string): string {
  return showHidden(line).replaceAll('\r', escapeCharacter('\r'));
}

/** The editor takes blanks beside a line together. */
function firm(text: string): string {
  return text.replaceAll(' ', '\u00A0');
}

/** How many characters all lines with something in them begin with alike, blanks only. */
function indentOf(lines: readonly string[]): number {
  const [first, ...rest] = lines.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)?.[0] ?? '');
  if (first === undefined) return 0;
  let length = first.length;
  for (const other of rest) while (first.slice(0, length) !== other.slice(0, length)) length -= 1;
  return length;
}

/** A hunk as a diff: each line taken out behind a `-`, each put in behind a `+`, hidden characters written out, at most 200 lines. */
export function diffText({ oldLines, newLines }: Pick<Hunk, 'oldLines' | 'newLines'>): string {
  const lines = [...oldLines.map((line) => `-${line}`), ...newLines.map((line) => `+${line}`)];
  const shown = lines.slice(0, 200).map((line) => oneLine(line.length > 500 ? `${line.slice(0, 500)}…` : line));
  return [...shown, ...(lines.length > shown.length ? [`… ${lines.length - shown.length}`] : [])].join('\n');
}
