import { showHidden } from '../../protocol/hiddenCharacters.ts';
import { say, type LocalText } from '../../protocol/localText.ts';

const encoder = new TextEncoder();

/** How long a text is on the wire. */
export function bytesOf(text: string): number {
  // Nearly all texts are far below any limit, and need not be encoded to know that.
  return /^[\0-\x7F]*$/.test(text) ? text.length : encoder.encode(text).length;
}

/** As many of the lines as fit, hidden characters written out; `left` counts those that do not. A first line that is too long by itself is cut. */
export interface Capped {
  readonly text: string;
  readonly shown: number;
  readonly left: number;
  readonly isLineCut: boolean;
}

export function cap(text: string, bytes: number): Capped {
  const lines = showHidden(text.replace(/\r\n?/g, '\n')).split('\n');
  if (lines.at(-1) === '' && lines.length > 1) lines.pop();
  let room = bytes;
  let shown = 0;
  for (const line of lines) {
    room -= bytesOf(line) + 1;
    if (room < 0) break;
    shown += 1;
  }
  if (shown > 0 || lines.length === 0) return { text: lines.slice(0, shown).join('\n'), shown, left: lines.length - shown, isLineCut: false };
  return { text: beginningOfBytes(lines[0] ?? '', bytes), shown: 1, left: lines.length - 1, isLineCut: true };
}

/** What the model is told of what was left out; nothing when it is all there. */
export function leftOut({ shown, left, isLineCut }: Capped): readonly string[] {
  if (isLineCut) return [`Only the beginning of the first line is attached, for it is very long; ${left} more lines were left out.`];
  return left === 0 ? [] : [`Only the first ${shown} of ${shown + left} lines are attached; ${left} were left out, because it would be too long.`];
}

/** The same for the person. */
export function cutNote({ shown, left, isLineCut }: Capped): LocalText | undefined {
  return left === 0 && !isLineCut ? undefined : say('It is too long: only the first {0} of {1} lines go along.', shown, shown + left);
}

function beginningOfBytes(line: string, bytes: number): string {
  const cut = encoder.encode(line).subarray(0, bytes);
  return new TextDecoder().decode(cut).replace(/\uFFFD$/, '');
}
