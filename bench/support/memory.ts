import { createReading } from '../../src/core/completions/reading.ts';
import { heapInUse } from './measure.ts';
import { cut, type RecordedStream } from './recordedStream.ts';

/** What one reading holds when its last byte has come, for answers of several lengths. */
export function measureMemory(record: (chunks: number) => RecordedStream): readonly object[] {
  const rows = [];
  const lengths = [20_000, 40_000, 80_000];
  // The first round is for the compiler, whose memory is not the reading's.
  for (const [round, chunks] of [...lengths, ...lengths].entries()) {
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
    if (round >= lengths.length) rows.push({ chunks, streamBytes: bytes.length, textCharacters: characters, heldBytes: held, bytesPerCharacter: Number((held / characters).toFixed(2)) });
  }
  return rows;
}
