import type { Received, TimedLine } from './exchange.ts';
import type { KeptBytes, Stretch } from './keptBytes.ts';
import { redactAcross } from './redactAcross.ts';
import { redactSpelled } from './redactSpelled.ts';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

interface Line extends TimedLine {
  /** What ended it: nothing for the last. */
  readonly ending: string;
}

/**
 * The kept bytes as text without the key. It is looked for in whole lines, however the pieces were cut, for no key spans
 * lines, and across events, for a model may say it token by token; behind a gap the rest of a cut line is left out, for
 * it may begin with the end of a key.
 */
export function readReceived(kept: KeptBytes, startedAt: number, key: string | undefined): Received {
  const { stretches, missing } = kept.read();
  const [first, last] = stretches;
  const firstLines = first === undefined ? [] : withoutKey(linesIn(first, 0, startedAt), key);
  const before = firstLines.filter(isShown);
  if (last === undefined) return { text: textOf(firstLines), lines: before.map(({ afterMs, text }) => ({ afterMs, text })), missing: undefined };
  const cut = last.bytes.findIndex(isEnd);
  const rest = cut === -1 ? last.bytes.length : cut + 1;
  const lastLines = withoutKey(linesIn(last, rest, startedAt), key);
  return {
    text: textOf(firstLines) + textOf(lastLines),
    lines: [...before, ...lastLines.filter(isShown)].map(({ afterMs, text }) => ({ afterMs, text })),
    missing: { bytes: missing + rest, before: before.length },
  };
}

function isEnd(byte: number): boolean {
  return byte === lineFeed || byte === carriageReturn;
}

function isShown({ text }: Line): boolean {
  return text.trim() !== '';
}

function textOf(lines: readonly Line[]): string {
  return lines.map(({ text, ending }) => text + ending).join('');
}

function withoutKey(lines: readonly Line[], key: string | undefined): readonly Line[] {
  const texts = redactAcross(lines.map(({ text }) => redactSpelled(text, key)), key);
  return lines.map((line, index) => ({ ...line, text: texts[index] ?? '' }));
}

function linesIn(stretch: Stretch, from: number, startedAt: number): readonly Line[] {
  const { bytes } = stretch;
  const lines: Line[] = [];
  let start = from;
  for (let end = from; end <= bytes.length; end += 1) {
    const byte = bytes[end];
    if (byte !== undefined && !isEnd(byte)) continue;
    lines.push({ afterMs: stretch.timeAt(end - 1) - startedAt, text: decode(bytes.subarray(start, end)), ending: byte === undefined ? '' : String.fromCharCode(byte) });
    start = end + 1;
  }
  return lines;
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}
