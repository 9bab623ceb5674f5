// `npm run bench:search`: searches in a tree of 50,000 files through the adapters of src/host/search, beside ripgrep run
// by hand with the same arguments a person would give. Prints milliseconds, medians of rounds that take turns (`first`: by
// an adapter that has searched nothing before), the longest delay of the event loop meanwhile beside that of a loop with
// nothing to do (`idle`, what the machine itself adds) and the processor time of the longest stretch of work (`work`), and the time until a cancelled search has ended. `-- --json F` writes them to F;
// `-- --files N` makes a smaller tree. What is promised: 1.5 times ripgrep, 50 ms, 100 ms.
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { readGlob, settingGlob, type Glob } from '../src/core/editor/glob.ts';
import type { Search, TextQuery } from '../src/core/editor/search.ts';
import { createSecretFilter } from '../src/core/tools/searchScope.ts';
import { usePlatform } from '../src/host/platform/current.ts';
import { platform } from '../src/host/platform/node.ts';
import { createLinearSearch } from '../src/host/search/linearSearch.ts';
import { createRipgrepSearch } from '../src/host/search/ripgrepSearch.ts';
import type { SearchSources } from '../src/host/search/searchSettings.ts';
import { shippedRipgrep } from '../test/support/shippedRipgrep.ts';
import { diskTree } from '../test/unit/support/diskTree.ts';
import { makeSampleTree } from './support/sampleTree.ts';

const { values } = parseArgs({ options: { json: { type: 'string' }, files: { type: 'string', default: '50000' }, rounds: { type: 'string', default: '9' } } });
usePlatform(platform);
const rounds = Number(values.rounds);
const ripgrep = await shippedRipgrep();
const folder = await mkdtemp(join(tmpdir(), 'rivulet-search-'));
const sources: SearchSources = {
  settings: () => ({ excludes: ['**/.git', '**/node_modules', '**/*.code-search'].flatMap((glob) => settingGlob(glob) ?? []), usesIgnoreFiles: true, usesParentIgnoreFiles: false, usesGlobalIgnoreFiles: false, encoding: 'utf8' }),
  unsaved: () => new Map(),
};

function query(pattern: string, more: Partial<TextQuery> = {}): TextQuery {
  return { folder, under: '', include: [], exclude: [], includesIgnored: false, pattern, isRegex: false, isCaseSensitive: false, isWholeWord: false, context: 0, most: 100, leavesOut: createSecretFilter(), ...more };
}

function glob(text: string): readonly Glob[] {
  const read = readGlob(text);
  if (typeof read === 'string') throw new Error(read);
  return [read];
}

const byHand = ['--no-config', '--hidden', '--no-require-git', '-n', '-g', '!.git'];
const cases: readonly { readonly name: string; readonly query: TextQuery; readonly hand: readonly string[] }[] = [
  { name: 'literal, 2 files', query: query('rareHaystackNeedle'), hand: [...byHand, '-i', '-F', 'rareHaystackNeedle', '.'] },
  { name: 'literal, none', query: query('occursNowhereAtAll'), hand: [...byHand, '-i', '-F', 'occursNowhereAtAll', '.'] },
  { name: 'regex, 2 files', query: query('rare\\w+Needle', { isRegex: true, isCaseSensitive: true }), hand: [...byHand, 'rare\\w+Needle', '.'] },
  { name: 'literal, 500 of 5,000', query: query('common = needle', { most: 500 }), hand: [...byHand, '-i', '-F', 'common = needle', '.'] },
  { name: 'with an include glob, **/part3*/**', query: query('common = needle', { most: 500, include: glob('**/part3*/**') }), hand: [...byHand, '-i', '-F', '-g', '**/part3*/**', 'common = needle', '.'] },
  { name: 'with an include glob, *.ts', query: query('common = needle', { most: 500, include: glob('*.ts') }), hand: [...byHand, '-i', '-F', '-g', '*.ts', 'common = needle', '.'] },
  { name: 'the same, 2 files', query: query('rareHaystackNeedle', { include: glob('*.ts') }), hand: [...byHand, '-i', '-F', '-g', '*.ts', 'rareHaystackNeedle', '.'] },
];

async function timed(action: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}

async function handRun(list: readonly string[]): Promise<void> {
  const child = spawn(ripgrep, [...list], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
  child.stdout.resume();
  await new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));
}

function round(value: number): number {
  return Number(value.toFixed(2));
}

function median(times: readonly number[]): number {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? Number.NaN;
}

/** The longest delay of a timer, and the most processor time that this thread took between two of them. */
async function longestDelay(action: () => Promise<unknown>): Promise<{ readonly delay: number; readonly work: number }> {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  let [last, work] = [process.threadCpuUsage(), 0];
  const ticking = setInterval(() => {
    const now = process.threadCpuUsage();
    work = Math.max(work, (now.user + now.system - last.user - last.system) / 1000);
    last = now;
  }, 1);
  delays.enable();
  await action();
  await sleep(5);
  delays.disable();
  clearInterval(ticking);
  return { delay: round(delays.max / 1e6), work: round(work) };
}

/** The longest of several times from the cancelling until the search has ended. */
async function timeToCancel(search: Pick<Search, 'text'>, wanted: TextQuery): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const controller = new AbortController();
    const running = search.text(wanted, controller.signal).then(() => undefined, () => performance.now());
    await sleep(20 + round * 10);
    const start = performance.now();
    controller.abort();
    const end = await running;
    if (end !== undefined) times.push(end - start);
  }
  return Math.max(...times);
}

const never = new AbortController().signal;
try {
  const tree = await makeSampleTree(folder, Number(values.files));
  const [fast, slow] = [createRipgrepSearch(ripgrep, sources), createLinearSearch(diskTree, sources)];
  const rows = [];
  for (const { name, query: wanted, hand } of cases) {
    const [ours, hands, firsts]: [number[], number[], number[]] = [[], [], []];
    let found = await fast.text(wanted, never);
    await handRun(hand);
    for (let turn = 0; turn < rounds; turn += 1) {
      hands.push(await timed(async () => handRun(hand)));
      firsts.push(await timed(async () => createRipgrepSearch(ripgrep, sources).text(wanted, never)));
      ours.push(await timed(async () => (found = await fast.text(wanted, never))));
    }
    const { delay, work } = await longestDelay(async () => createRipgrepSearch(ripgrep, sources).text(wanted, never));
    const { delay: idle } = await longestDelay(async () => sleep(median(ours)));
    rows.push({ search: name, files: found.files.length, hand: round(median(hands)), ours: round(median(ours)), ratio: round(median(ours) / median(hands)), first: round(median(firsts) / median(hands)), delay, idle, work });
  }
  const wanted = query('occursNowhereAtAll');
  const listing = { ...wanted, include: glob('*.ts'), order: 'path' as const };
  const fallback = {
    search: round(await timed(async () => slow.text(query('rareHaystackNeedle'), never))),
    ...(await longestDelay(async () => slow.text(query('rareHaystackNeedle'), never))),
    pathological: round(await timed(async () => slow.text(query('(e|e)*(o|o)*=$', { isRegex: true }), never))),
  };
  const others = [
    { what: 'find_files *.ts, by path', milliseconds: round(await timed(async () => fast.files(listing, never))) },
    { what: 'its longest delay', milliseconds: (await longestDelay(async () => fast.files(listing, never))).delay },
    { what: 'find_files *.ts, newest', milliseconds: round(await timed(async () => fast.files({ ...listing, order: 'newest' }, never))) },
    { what: 'cancelling, with ripgrep', milliseconds: round(await timeToCancel(fast, wanted)) },
    { what: 'cancelling, by hand', milliseconds: round(await timeToCancel(slow, wanted)) },
    { what: 'fallback, literal, 2 files', milliseconds: fallback.search },
    { what: 'its longest delay', milliseconds: fallback.delay },
    { what: 'its longest work', milliseconds: fallback.work },
    { what: 'fallback, an expression that backtracks', milliseconds: fallback.pathological },
  ];
  console.log(`${tree.files} files, ${(tree.bytes / 1e6).toFixed(0)} MB, medians of ${rounds} rounds, milliseconds`);
  console.table(rows);
  console.table(others);
  if (values.json !== undefined) await writeFile(values.json, JSON.stringify({ tree, rounds, rows, others }, undefined, 2));
} finally {
  await rm(folder, { recursive: true, force: true });
}
