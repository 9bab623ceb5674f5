import type { CompletionEvent } from './completion.ts';
import { createReading, type ReadOptions } from './reading.ts';

/**
 * Bytes of an answer → events, the same for a stream and for a whole completion. `silence` in place of bytes says that
 * for a while none have come. The answer has ended properly when a finish reason or `[DONE]` has come; a body that ends
 * or breaks before that is thrown as `cut`, one that holds nothing as `empty`, one with an error in it as that error.
 * Until then no call is complete, however whole it may look. The deltas of one piece of the body come together, joined.
 */
export async function* readCompletion(body: AsyncIterable<Uint8Array | 'silence'>, options: ReadOptions = {}): AsyncGenerator<CompletionEvent> {
  const reading = createReading(options);
  try {
    for await (const piece of body) {
      reading.take(piece);
      for (const event of reading.events()) yield event;
      if (reading.isOver()) break;
    }
  } catch (error) {
    reading.broke(error);
  }
  const end = reading.close();
  for (const event of reading.events()) yield event;
  if ('error' in end) throw end.error;
  yield end;
}
