import { redact } from '../completions/redact.ts';
import type { Received, TimedLine } from './exchange.ts';
import type { KeptBytes, Stretch } from './keptBytes.ts';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * The kept bytes as text without the key. It is looked for in whole lines, however the pieces were cut, for no key spans
 * lines; behind a gap the rest of a cut line is left out, for it may begin with the end of a key.
 */
export function readReceived(kept: KeptBytes, startedAt: number, key: string | undefined): Received {
  const { stretches, missing } = kept.read();
  const [first, last] = stretches;
  const firstLines = first === undefined ? [] : linesIn(first, startedAt, key);
  const firstText = first === undefined ? '' : redact(decode(first.bytes), key);
  if (last === undefined) return { text: firstText, lines: firstLines, missing: undefined };
  const cut = last.bytes.findIndex((byte) => byte === lineFeed || byte === carriageReturn);
  const rest = cut === -1 ? last.bytes.length : cut + 1;
  const whole: Stretch = { bytes: last.bytes.subarray(rest), timeAt: (index) => last.timeAt(rest + index) };
  return {
    text: firstText + redact(decode(whole.bytes), key),
    lines: [...firstLines, ...linesIn(whole, startedAt, key)],
    missing: { bytes: missing + rest, before: firstLines.length },
  };
}

function linesIn(stretch: Stretch, startedAt: number, key: string | undefined): TimedLine[] {
  const { bytes } = stretch;
  const lines: TimedLine[] = [];
  let start = 0;
  for (let end = 0; end <= bytes.length; end += 1) {
    if (end < bytes.length && bytes[end] !== lineFeed && bytes[end] !== carriageReturn) continue;
    const text = decode(bytes.subarray(start, end));
    if (text.trim() !== '') lines.push({ afterMs: stretch.timeAt(end - 1) - startedAt, text: redact(text, key) });
    start = end + 1;
  }
  return lines;
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}
