import { createParser } from 'eventsource-parser';
import { CompletionError } from './completionError.ts';
import { limits, type PayloadReader, type PayloadSink } from './payloads.ts';

/** Reads server-sent events, and the bare JSON lines that some servers put among them (docs/servers.md S1–S10). */
export function createEventReader(sink: PayloadSink): PayloadReader {
  let closed = true;
  let isStream = false;
  let start = '';
  let atLineStart = true;
  let bareLine: string[] | undefined;
  let bareLength = 0;
  const parser = createParser({
    maxBufferSize: limits.line,
    onComment() {
      isStream = true;
      sink.keepAlive();
    },
    onEvent({ data, event }) {
      isStream = true;
      deliver(data, event);
    },
    onError(error) {
      if (error.type === 'max-buffer-size-exceeded') throw new CompletionError('too-large', error.message);
    },
  });

  function deliver(text: string, event: string | undefined): void {
    // The end is looked for in short payloads only: an answer's are never that short.
    if (text.length < 16) {
      const word = text.trim();
      if (word === '') return sink.keepAlive();
      if (word === '[DONE]') return sink.done();
    }
    sink.json(text, event, closed);
  }

  /** The parser passes over a line that is no field, and forgets one that is cut: bare JSON has to be taken out before. */
  function readLines(text: string): void {
    let from = 0;
    while (from < text.length) {
      if (bareLine === undefined) {
        const at = (atLineStart || from > 0) && isBare(text, from) ? from : bareLineAfter(text, from);
        parser.feed(text.slice(from, at));
        if (at === text.length) return;
        // What stood before it is complete: nothing more will be added to that event.
        parser.feed('\n\n');
        bareLine = [];
        from = at;
      }
      const end = lineEndAfter(text, from);
      bareLine.push(text.slice(from, end));
      bareLength += end - from;
      if (bareLength > limits.line) throw new CompletionError('too-large', `A line is longer than ${limits.line} characters.`);
      from = end + 1;
      if (end < text.length) endBareLine();
    }
  }

  function endBareLine(): void {
    const line = (bareLine ?? []).join('');
    bareLine = undefined;
    bareLength = 0;
    isStream = true;
    deliver(line, undefined);
  }

  return {
    read(text) {
      if (text === '') return;
      if (start.length < 500) start += text;
      if (bareLine === undefined && !(atLineStart && isBare(text, 0)) && bareLineAfter(text, 0) === text.length) parser.feed(text);
      else readLines(text);
      const last = text.charCodeAt(text.length - 1);
      atLineStart = last === 10 || last === 13;
    },
    end() {
      // A last event without its blank line is dispatched all the same: it counts if it can be read (docs/servers.md S9).
      closed = false;
      if (bareLine !== undefined) endBareLine();
      parser.feed('\n\n');
      // Fewer characters may be the beginning of a field's name.
      if (!isStream && start.length > 6 && !/^(data|event|id|retry)?:/m.test(start)) throw new CompletionError('unreadable', `The service sent text instead of an answer: ${start.slice(0, 300)}`);
    },
  };
}

function isBare(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 123 || code === 91;
}

/** Where the next line that begins with `{` or `[` begins, or the length of the text. */
function bareLineAfter(text: string, from: number): number {
  const next = text.includes('\r') ? lineEndAfter : newlineAfter;
  for (let at = next(text, from); at < text.length; at = next(text, at + 1)) {
    if (isBare(text, at + 1)) return at + 1;
  }
  return text.length;
}

function newlineAfter(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at === -1 ? text.length : at;
}

function lineEndAfter(text: string, from: number): number {
  const at = text.indexOf('\r', from);
  return at === -1 ? newlineAfter(text, from) : Math.min(at, newlineAfter(text, from));
}
