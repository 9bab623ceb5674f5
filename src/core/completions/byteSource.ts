import type { Watch } from './watch.ts';

/**
 * A body's bytes as they arrive, with `'silence'` where nothing has come for a while; fails with `timeout` when one of
 * the watch's clocks runs out. A stream that is left early is cancelled.
 */
export async function* byteSource(body: ReadableStream<Uint8Array> | null, watch: Watch): AsyncGenerator<Uint8Array | 'silence'> {
  if (body === null) return;
  // Written out because browsers' streams do not all iterate.
  const reader = body.getReader();
  try {
    for (;;) {
      const pending = reader.read();
      let result = await watch.wait(pending);
      while (result === 'silence') {
        yield result;
        result = await watch.wait(pending);
      }
      if (result.done) return;
      yield result.value;
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}
