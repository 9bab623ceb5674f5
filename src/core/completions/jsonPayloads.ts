import { CompletionError } from './completionError.ts';
import { limits, type PayloadReader, type PayloadSink } from './payloads.ts';
import { parsePayload } from './repairJson.ts';

const lineEnd = /[\r\n]/;

/** Reads a body that begins as JSON does: a value a line, or one value in all. */
export function createJsonReader(sink: PayloadSink): PayloadReader {
  let pieces: string[] = [];
  let length = 0;
  let mode: 'unknown' | 'lines' | 'whole' = 'unknown';

  function keep(text: string): void {
    pieces.push(text);
    length += text.length;
    if (length > limits.line) throw new CompletionError('too-large', `A line is longer than ${limits.line} characters.`);
  }

  function takeLines(text: string): void {
    const lines = text.split(lineEnd);
    const rest = lines.pop() ?? '';
    // Only a first line that is a value of its own means a value a line; else the value is spread over lines.
    if (mode === 'unknown') mode = parsePayload(lines[0] ?? '') === undefined ? 'whole' : 'lines';
    if (mode === 'whole') return keep(text);
    for (const line of lines) deliver(line.trim(), { closed: true });
    keep(rest);
  }

  function deliver(line: string, { closed }: { readonly closed: boolean }): void {
    const text = line.startsWith('data:') ? line.slice('data:'.length).trim() : line;
    if (text === '[DONE]') sink.done();
    else if (text.startsWith(':')) sink.keepAlive();
    else if (text !== '') sink.json(text, undefined, closed);
  }

  return {
    read(text) {
      // Joined when a line or the body ends: until then it is only collected.
      if (mode === 'whole' || !lineEnd.test(text)) return keep(text);
      const collected = pieces.join('') + text;
      pieces = [];
      length = 0;
      takeLines(collected);
    },
    end() {
      const text = pieces.join('').trim();
      if (text !== '') deliver(text, { closed: false });
    },
  };
}
