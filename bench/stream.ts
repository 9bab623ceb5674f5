// `npm run bench -- --json FILE`: what reading a streamed answer costs, beside other clients, in one process and in turns.
// Prints medians of processor time and their ratios, and writes them to FILE (out/bench/stream.json when none is named).
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { measureArguments } from './support/callArguments.ts';
import { cpuTime, median } from './support/measure.ts';
import { measureMemory } from './support/memory.ts';
import { readers, type Said } from './support/readers.ts';
import { cut, recordStream } from './support/recordedStream.ts';

const { values } = parseArgs({ options: { json: { type: 'string', default: 'out/bench/stream.json' }, rounds: { type: 'string', default: '9' } } });
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
  const medians = [...times].map(([reader, taken]) => ({ reader, milliseconds: median(taken) }));
  const of = (name: string): number => medians.find(({ reader }) => reader === name)?.milliseconds ?? Number.NaN;
  return medians.map(({ reader, milliseconds }) => ({
    reader,
    milliseconds: Number(milliseconds.toFixed(1)),
    timesFloor: Number((milliseconds / of('floor: JSON.parse')).toFixed(2)),
    timesRivulet: Number((milliseconds / of('rivulet')).toFixed(2)),
  }));
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
