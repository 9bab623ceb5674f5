// `npm run bench:activation`: how long activation takes beside VS Code's built-in extensions, in the same windows.
// Prints a table and writes out/bench/activation.json. Times are VS Code's own, from "Developer: Show Running Extensions".
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { vsixPath } from '../test/workbench/package.ts';
import { startServer } from '../test/workbench/server.ts';
import { openWindow, type WorkbenchWindow } from '../test/workbench/window.ts';

const rounds = 9;
const ours = 'Rivulet';
const peer = 'Merge Conflict';

/** Milliseconds by extension, as the running-extensions editor lists them. */
async function activationTimes(window: WorkbenchWindow): Promise<ReadonlyMap<string, number>> {
  await window.runCommand('Developer: Show Running Extensions');
  const rows = window.page.locator('.runtime-extensions-editor .monaco-list-row');
  await rows.filter({ hasText: ours }).filter({ hasText: 'Activation' }).first().waitFor();
  const texts = await rows.allInnerTexts();
  const entries = texts.flatMap((text) => {
    const name = text.split('\n')[0]?.trim() ?? '';
    const time = /(?:Startup )?Activation: (\d+)ms/.exec(text)?.[1];
    return time === undefined ? [] : [[name, Number(time)] as const];
  });
  return new Map(entries);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const folder = await mkdtemp(join(tmpdir(), 'rivulet-bench-'));
const server = await startServer({ mode: 'driver', extensions: [vsixPath], userSettings: { 'workbench.startupEditor': 'none' } });
const samples = new Map<string, number[]>();
try {
  for (let round = 0; round < rounds; round += 1) {
    const window = await openWindow(server, { folder, viewport: { width: 1280, height: 2400 } });
    for (const [name, time] of await activationTimes(window)) samples.set(name, [...(samples.get(name) ?? []), time]);
    await window.close();
  }
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}

const rows = [...samples].map(([name, times]) => ({ name, median: median(times), least: Math.min(...times), most: Math.max(...times), windows: times.length }));
rows.sort((one, other) => one.median - other.median);
console.table(rows);
const ratio = median(samples.get(ours) ?? []) / median(samples.get(peer) ?? []);
console.log(`${ours} / ${peer}: ${ratio.toFixed(2)}`);
await mkdir('out/bench', { recursive: true });
await writeFile('out/bench/activation.json', JSON.stringify({ rounds, rows, ratio }, undefined, 2));
