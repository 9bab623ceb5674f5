import { createParser } from 'eventsource-parser';
import { CompletionError } from './completionError.ts';

/** A message of the stream: the text of a JSON value, or the end that the server announced with `[DONE]`. */
export type Payload = JsonPayload | { readonly type: 'done' };

export interface JsonPayload {
  readonly type: 'json';
  readonly text: string;
  readonly event: string | undefined;
  /** False when the body ended without closing it: it may be half a value. */
  readonly closed: boolean;
}

/** Caps in UTF-16 units: what is larger is not an answer of a model (wire.md S13). */
export const limits = { line: 16 * 1024 * 1024, body: 64 * 1024 * 1024 } as const;

/**
 * The payloads of a body, as they come. Server-sent events go through `eventsource-parser`; a body that begins with
 * `{` or `[`, whatever its content type, is JSON: one value a line, or one in all (wire.md S10, S11, S15, S16).
 * HTML is thrown as `not-an-api`, a body over the {@link limits} as `too-large`. Leaving early cancels the body.
 */
export async function* readPayloads(body: AsyncIterable<Uint8Array>): AsyncGenerator<Payload> {
  const decoder = new TextDecoder();
  let reader: PayloadReader | undefined;
  let start = '';
  let length = 0;
  for await (const bytes of body) {
    const text = decoder.decode(bytes, { stream: true });
    length += text.length;
    if (length > limits.body) throw new CompletionError('too-large', `The answer is larger than ${limits.body} characters.`);
    if (reader === undefined) {
      // White space may come first for minutes: DeepSeek sends blank lines while a request waits its turn.
      start = start.trimStart() + text;
      if (start.trimStart() === '') continue;
      reader = readerFor(start.trimStart());
      yield* reader.read(start.trimStart());
    } else yield* reader.read(text);
    if (reader.isDone()) return;
  }
  if (reader === undefined) return;
  yield* reader.read(decoder.decode());
  yield* reader.end();
}

interface PayloadReader {
  read(text: string): readonly Payload[];
  /** What is left when the body has ended without announcing it. */
  end(): readonly Payload[];
  isDone(): boolean;
}

function readerFor(start: string): PayloadReader {
  switch (start[0]) {
    case '{':
    case '[':
      return jsonReader();
    case '<':
      return htmlReader();
    default:
      return eventReader();
  }
}

function eventReader(): PayloadReader {
  let payloads: Payload[] = [];
  let done = false;
  let closed = true;
  let isStream = false;
  let start = '';
  const parser = createParser({
    maxBufferSize: limits.line,
    onComment() {
      isStream = true;
    },
    onEvent({ data, event }) {
      isStream = true;
      if (done || data === '') return;
      done = data.trim() === '[DONE]';
      payloads.push(done ? { type: 'done' } : { type: 'json', text: data, event, closed });
    },
    onError(error) {
      if (error.type === 'max-buffer-size-exceeded') throw new CompletionError('too-large', error.message);
    },
  });
  const take = (): readonly Payload[] => {
    const taken = payloads;
    payloads = [];
    return taken;
  };
  return {
    read(text) {
      if (start.length < 500) start += text;
      parser.feed(text);
      return take();
    },
    end() {
      // A last event without its blank line is dispatched all the same: it counts if it can be read (wire.md S9).
      closed = false;
      parser.feed('\n\n');
      // Fewer characters may be the beginning of a field's name.
      if (!isStream && start.length > 6 && !/^(data|event|id|retry)?:/m.test(start)) throw new CompletionError('unreadable', `The service sent text instead of an answer: ${start.slice(0, 300)}`);
      return take();
    },
    isDone: () => done,
  };
}

const lineEnd = /[\r\n]/;

function jsonReader(): PayloadReader {
  let rest = '';
  let lines = 0;
  let whole = false;
  const pieces: string[] = [];
  let done = false;
  return {
    read(text) {
      // Joined when the body ends: until then it is only collected.
      if (whole) {
        pieces.push(text);
        return [];
      }
      rest += text;
      if (rest.length > limits.line) throw new CompletionError('too-large', `A line is longer than ${limits.line} characters.`);
      const payloads: Payload[] = [];
      if (!lineEnd.test(text)) return payloads;
      for (let end = rest.search(lineEnd); end !== -1 && !whole; end = rest.search(lineEnd)) {
        const line = rest.slice(0, end).trim();
        // Only a first line that is a value of its own means a value a line; else the value is spread over lines.
        if (lines === 0 && !isJson(line)) whole = true;
        else {
          lines += 1;
          rest = rest.slice(end + 1);
          if (line === '[DONE]') {
            done = true;
            payloads.push({ type: 'done' });
            break;
          }
          if (line !== '') payloads.push({ type: 'json', text: line, event: undefined, closed: true });
        }
      }
      return payloads;
    },
    end() {
      const text = [rest, ...pieces].join('').trim();
      if (text === '[DONE]') return [{ type: 'done' }];
      return text === '' ? [] : [{ type: 'json', text, event: undefined, closed: false }];
    },
    isDone: () => done,
  };
}

function htmlReader(): PayloadReader {
  let page = '';
  return {
    read(text) {
      // A page's title stands in its first lines; more is not looked at.
      if (page.length < 16_384) page += text;
      return [];
    },
    end() {
      throw new CompletionError('not-an-api', describePage(page));
    },
    isDone: () => false,
  };
}

/** What a page that came instead of an answer calls itself. */
export function describePage(page: string): string {
  const title = /<title[^>]{0,200}>([^<]{1,200})/i.exec(page)?.[1]?.trim().replace(/\s+/g, ' ');
  return title === undefined || title === '' ? 'A web page without a title.' : `A web page with the title "${title}".`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
