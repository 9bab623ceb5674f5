/** The bytes in pieces of at most `size`, as a connection may deliver them; each piece comes in a turn of its own. */
export async function* inPieces(bytes: Uint8Array, size: number = bytes.length): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += Math.max(1, size)) {
    await Promise.resolve();
    yield bytes.subarray(start, start + Math.max(1, size));
  }
}

/** The text as UTF-8 in pieces of at most `size` bytes. */
export function textInPieces(text: string, size?: number): AsyncGenerator<Uint8Array> {
  return inPieces(new TextEncoder().encode(text), size);
}

/** The pieces as they stand, and then the error instead of an end. */
export async function* brokenOff(text: string, error: unknown): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield new TextEncoder().encode(text);
  throw error;
}
