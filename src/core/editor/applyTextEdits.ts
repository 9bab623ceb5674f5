import type { TextEdit } from './plannedChange.ts';
import type { Position } from './range.ts';

/**
 * The text after all edits, each of which refers to the text before them; insertions at one place keep their order.
 * Undefined when two overlap, or one lies outside the text: then they were made for another text than this one. Lines end
 * with `\n`; a column behind the end of its line means that end, as the protocol of language servers says.
 */
export function applyTextEdits(text: string, edits: readonly TextEdit[]): string | undefined {
  const starts = lineStarts(text);
  const placed: { readonly from: number; readonly to: number; readonly text: string }[] = [];
  for (const edit of edits) {
    const from = offsetOf(edit.range.start, starts, text);
    const to = offsetOf(edit.range.end, starts, text);
    if (from === undefined || to === undefined || to < from) return undefined;
    placed.push({ from, to, text: edit.text });
  }
  // The sort is stable; what is inserted at a place comes before what replaces from there on.
  placed.sort((one, other) => one.from - other.from || one.to - other.to);
  const pieces: string[] = [];
  let at = 0;
  for (const edit of placed) {
    if (edit.from < at) return undefined;
    pieces.push(text.slice(at, edit.from), edit.text);
    at = edit.to;
  }
  pieces.push(text.slice(at));
  return pieces.join('');
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return starts;
}

function offsetOf({ line, column }: Position, starts: readonly number[], text: string): number | undefined {
  const start = starts[line - 1];
  // Replacing a whole text ends, for many servers, at the beginning of the line behind its last.
  if (start === undefined) return line === starts.length + 1 && column === 1 ? text.length : undefined;
  const next = starts[line];
  return column < 1 ? undefined : Math.min(start + column - 1, next === undefined ? text.length : next - 1);
}
