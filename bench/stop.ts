// `npm run bench:stop`: how long a stop takes to be felt in each phase of a request, against the simulator on loopback.
// Prints milliseconds from the stop until the request has ended, and writes out/bench/stop.json. The promise is 100 ms.
import { mkdir, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { complete } from '../src/core/completions/complete.ts';
import type { CompletionRequest } from '../src/core/completions/request.ts';
import { deepseek } from '../src/core/providers/deepseek.ts';
import type { Fault } from '../test/simulator/faults.ts';
import { startSimulator } from '../test/simulator/server.ts';

const rounds = 15;
const forever = 600_000;

const phases: readonly { readonly name: string; readonly fault?: Fault }[] = [
  { name: 'waiting for the headers', fault: { kind: 'delay', milliseconds: forever } },
  { name: 'in the queue, keep-alives only', fault: { kind: 'keep-alive', milliseconds: forever } },
  { name: 'while the answer streams' },
  { name: 'in silence within the answer', fault: { kind: 'stall', at: 3000 } },
  { name: 'between two attempts', fault: { kind: 'refuse', reason: 'rate-limit' } },
];

const simulator = await startSimulator({ pace: { chunkDelayMs: 5 } });

async function stopAfter(milliseconds: number): Promise<number> {
  const controller = new AbortController();
  const request: CompletionRequest = {
    provider: { ...deepseek, baseUrl: simulator.bases.deepseek },
    model: 'deepseek-v4-flash',
    key: simulator.keys.deepseek,
    messages: [{ role: 'user', content: '[[simulate: long 400]] Tell me a lot.' }],
    tools: [],
    parameters: {},
    stream: true,
    patience: { silenceMs: forever, waitingMs: forever, retries: 5 },
  };
  let stoppedAt = 0;
  void sleep(milliseconds).then(() => {
    stoppedAt = performance.now();
    controller.abort();
  });
  try {
    for await (const event of complete(request, controller.signal)) void event;
  } catch (error) {
    if (!controller.signal.aborted) throw error;
  }
  if (stoppedAt === 0) throw new Error('The request ended before it could be stopped.');
  return performance.now() - stoppedAt;
}

const rows = [];
for (const { name, fault } of phases) {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    simulator.faults.clear();
    if (fault !== undefined) simulator.faults.push({ ...fault, repeat: true });
    times.push(await stopAfter(120 + round * 7));
  }
  times.sort((one, other) => one - other);
  rows.push({ phase: name, median: Number((times[Math.floor(rounds / 2)] ?? 0).toFixed(2)), worst: Number((times.at(-1) ?? 0).toFixed(2)) });
}
await simulator.close();
console.table(rows);
await mkdir('out/bench', { recursive: true });
await writeFile('out/bench/stop.json', JSON.stringify({ rounds, rows }, undefined, 2));
