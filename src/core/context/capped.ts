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
  const lines = text.split(/\r\n?|\n/);
  if (lines.at(-1) === '' && lines.length > 1) lines.pop();
  const shown: string[] = [];
  let room = bytes;
  for (const line of lines) {
    // What is longer than the room by itself need not be looked at to its end.
    const visible = showHidden(line.slice(0, bytes + 1));
    room -= bytesOf(visible) + 1;
    if (room < 0) break;
    shown.push(visible);
  }
  const left = lines.length - shown.length;
  if (shown.length > 0) return { text: shown.join('\n'), shown: shown.length, left, isLineCut: false };
  return { text: beginningOfBytes(showHidden((lines[0] ?? '').slice(0, bytes + 1)), bytes), shown: 1, left: left - 1, isLineCut: true };
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
