import assert from 'node:assert/strict';
import { inspect } from 'node:util';

// Tests put others in their place.
const { setImmediate: soon, setTimeout: later } = globalThis;
const now = performance.now.bind(performance);

/** So long is waited at most, in milliseconds: less than a test may take, for its failure then shows nothing. */
const patienceMs = 8000;

/**
 * Reads again and again until it is so, however long a slow machine needs, and answers with that reading. When it never
 * is so, it fails with what there was: the last reading, or what is named to be shown.
 */
export async function until<Value>(read: () => Value | Promise<Value>, isSo: (value: Value) => boolean = Boolean, shown?: () => unknown): Promise<Value> {
  const end = now() + patienceMs;
  for (let readings = 1; ; readings += 1) {
    const isLast = now() > end;
    const value = await read();
    if (isSo(value)) return value;
    if (isLast) assert.fail(`In ${patienceMs / 1000} s it did not come to this: ${String(isSo === Boolean ? read : isSo)}\nThere was: ${inspect(shown === undefined ? value : shown(), { depth: 6, maxStringLength: 2000, breakLength: 160 })}`);
    await new Promise((resolve) => (readings < 10 ? soon(resolve) : later(resolve, 5)));
  }
}
