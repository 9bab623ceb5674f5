import { readCompletion } from '../../src/core/completions/readCompletion.ts';
import { cpuTime, median } from './measure.ts';

/** What a call costs whose arguments come one byte at a time: linear when the last column stays about the same. */
export async function measureArguments(): Promise<readonly object[]> {
  const rows = [];
  await read(body(100_000));
  for (const megabytes of [0.5, 1, 2]) {
    const pieces = body(megabytes * 1024 * 1024);
    const milliseconds = median([await cpuTime(() => read(pieces)), await cpuTime(() => read(pieces)), await cpuTime(() => read(pieces))]);
    rows.push({ megabytes, milliseconds: Math.round(milliseconds), nanosecondsPerByte: Math.round((milliseconds * 1e6) / (megabytes * 1024 * 1024)) });
  }
  return rows;
}

async function read(pieces: readonly Uint8Array[]): Promise<void> {
  let length = 0;
  for await (const event of readCompletion(iterate(pieces))) {
    if (event.type === 'end') length = event.message.calls[0]?.arguments.length ?? 0;
  }
  if (length === 0) throw new Error('The call did not come through.');
}

async function* iterate(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  for (const piece of pieces) yield piece;
}

/** The shortest envelope there is: the longest stream stays below the cap of a body. */
function line(call: object, finish?: string): string {
  return `data: ${JSON.stringify({ choices: [{ delta: { tool_calls: [{ index: 0, ...call }] }, finish_reason: finish }] })}\n\n`;
}

/** Pieces of about a network packet's size, each of several fragments. */
function body(size: number): readonly Uint8Array[] {
  const encoder = new TextEncoder();
  const start = encoder.encode(line({ id: 'call_0', type: 'function', function: { name: 'write_file', arguments: '{"text":"' } }));
  const packet = encoder.encode(line({ function: { arguments: 'x' } }).repeat(10));
  const end = encoder.encode(`${line({ function: { arguments: '"}' } }, 'tool_calls')}data: [DONE]\n\n`);
  return [start, ...Array.from({ length: Math.floor(size / 10) }, () => packet), end];
}
