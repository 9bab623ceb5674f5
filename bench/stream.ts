// `npm run bench -- --json FILE`: what reading a streamed answer costs, beside other clients, in one process and in turns.
// Prints medians of processor time and their ratios, and writes them to FILE (out/bench/stream.json when none is named).
// The script gives Node a large nursery: with the usual one, some readers' garbage brings on full collections, which throw
// compiled code away, and whoever reads next pays for the compiler.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { measureArguments } from './support/callArguments.ts';
import { cpuTime, median } from './support/measure.ts';
import { measureMemory } from './support/memory.ts';
import { readers, type Said } from './support/readers.ts';
import { cut, recordStream } from './support/recordedStream.ts';

const { values } = parseArgs({ options: { json: { type: 'string', default: 'out/bench/stream.json' }, rounds: { type: 'string', default: '15' } } });
const rounds = Number(values.rounds);
/** Until the compiler has done with every reader. */
const warmUps = 6;
const recorded = recordStream(20_000);
// Before the other clients have left anything behind on the heap.
const memory = measureMemory(recordStream);

function check(name: string, { text, reasoning }: Said): void {
  if (text !== recorded.text || reasoning !== recorded.reasoning) throw new Error(`${name} did not read the whole answer.`);
}

async function measure(pieceSize: number): Promise<readonly { readonly reader: string; readonly milliseconds: number; readonly timesFloor: number; readonly timesRivulet: number }[]> {
  const pieces = cut(recorded.bytes, pieceSize);
  const times = new Map(Object.keys(readers).map((name) => [name, [] as number[]]));
  for (let round = -warmUps; round < rounds; round += 1) {
    for (const [name, read] of Object.entries(readers)) {
      const time = await cpuTime(async () => check(name, await read(pieces, recorded)));
      if (round >= 0) times.get(name)?.push(time);
    }
  }
  // Ratios are taken within a round: the processor's own speed changes from one to the next.
  const ratio = (name: string, other: string): number =>
    Number(median((times.get(name) ?? []).map((time, round) => time / (times.get(other)?.[round] ?? Number.NaN))).toFixed(2));
  return [...times].map(([reader, taken]) => ({ reader, milliseconds: Number(median(taken).toFixed(1)), timesFloor: ratio(reader, 'floor: JSON.parse'), timesRivulet: ratio(reader, 'rivulet') }));
}

const report = {
  node: process.version,
  chunks: recorded.payloads.length,
  bytes: recorded.bytes.length,
  rounds,
  pieces: { 1400: await measure(1400), 300: await measure(300) },
  memory,
  callArguments: await measureArguments(),
};
for (const [size, rows] of Object.entries(report.pieces)) {
  console.log(`\n${report.chunks} chunks in pieces of ${size} bytes, median of ${rounds} rounds in turns:`);
  console.table(rows);
}
console.log('\nMemory that a reading holds at its end, beside the text:');
console.table(memory);
console.log('\nA tool call whose arguments come in fragments of one byte:');
console.table(report.callArguments);
await mkdir(dirname(values.json), { recursive: true });
await writeFile(values.json, `${JSON.stringify(report, undefined, 2)}\n`);
