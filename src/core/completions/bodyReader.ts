import { CompletionError } from './completionError.ts';
import { createEventReader } from './eventPayloads.ts';
import { createJsonReader } from './jsonPayloads.ts';
import { describePage, limits, type PayloadReader, type PayloadSink } from './payloads.ts';

/** Bytes of a body → payloads, each as soon as its last byte is there. */
export interface BodyReader {
  read(bytes: Uint8Array): void;
  end(): void;
}

/**
 * Server-sent events go through `eventsource-parser`; a body that begins with `{` or `[`, whatever its content type, is
 * JSON: one value a line, or one in all (docs/servers.md S10, S11, S15, S16). HTML is thrown as `not-an-api`, a body over the
 * {@link limits} as `too-large`.
 */
export function createBodyReader(sink: PayloadSink): BodyReader {
  const decoder = new TextDecoder();
  let reader: PayloadReader | undefined;
  let length = 0;
  return {
    read(bytes) {
      let text = decoder.decode(bytes, streaming);
      length += text.length;
      if (length > limits.body) throw new CompletionError('too-large', `The answer is larger than ${limits.body} characters.`);
      if (reader === undefined) {
        // White space may come first for minutes: DeepSeek sends blank lines while a request waits its turn.
        text = text.trimStart();
        if (text === '') return sink.keepAlive();
        reader = readerFor(text, sink);
      }
      reader.read(text);
    },
    end() {
      reader?.read(decoder.decode());
      reader?.end();
    },
  };
}

const streaming = { stream: true } as const;

function readerFor(start: string, sink: PayloadSink): PayloadReader {
  switch (start[0]) {
    case '{':
    case '[':
      return createJsonReader(sink);
    case '<':
      return htmlReader();
    default:
      return createEventReader(sink);
  }
}

function htmlReader(): PayloadReader {
  let page = '';
  return {
    read(text) {
      // A page's title stands in its first lines; more is not looked at.
      if (page.length < 16_384) page += text;
    },
    end() {
      throw new CompletionError('not-an-api', describePage(page));
    },
  };
}
