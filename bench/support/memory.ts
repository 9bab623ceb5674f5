import { createReading } from '../../src/core/completions/reading.ts';
import { heapInUse } from './measure.ts';
import { cut, type RecordedStream } from './recordedStream.ts';

/** What one reading holds when its last byte has come, for answers of several lengths. */
export async function measureMemory(record: (chunks: number) => RecordedStream): Promise<readonly object[]> {
  const rows = [];
  for (const chunks of [20_000, 80_000]) {
    const { bytes, text, reasoning } = record(chunks);
    const pieces = cut(bytes, 1400);
    const reading = createReading({});
    const before = heapInUse();
    for (const piece of pieces) {
      reading.take(piece);
      reading.events();
    }
    const held = heapInUse() - before;
    reading.close();
    const characters = text.length + reasoning.length;
    rows.push({ chunks, streamBytes: bytes.length, textCharacters: characters, heldBytes: held, bytesPerCharacter: Number((held / characters).toFixed(2)) });
    await Promise.resolve();
  }
  return rows;
}
