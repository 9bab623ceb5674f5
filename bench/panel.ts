// `npm run bench:panel -- --json FILE`: what streams cost the page as it is shipped, beside pages that draw the same pushes with
// what others use, in one Chromium. Prints a table with the goals and writes all figures to FILE (out/bench/panel.json when none
// is named). All of it takes about 20 minutes; `--only reasoning,answer,code,growth,long,latency`, `--pages rivulet,streamdown`
// and `--typed rivulet`, the pages that somebody types in, make it shorter. A page that has not drawn a stream `--most` seconds
// after its start is stopped, and the row says how far it got. Processor times are of the page's main thread; nobody touches
// the page while they are taken, and input delays are taken in a second playing. On a busy machine both grow: the load average
// stands beside them.
import { mkdir, writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { startBrowser, stopBrowser } from '../test/page/harness.ts';
import { judge, judgeAnswer, type Verdict } from './support/panel/goals.ts';
import { measureLatency } from './support/panel/latency.ts';
import { measureLongChat } from './support/panel/longChat.ts';
import { pageNames, type PageName } from './support/panel/pages.ts';
import { measureComfort, measureCost, type Comfort, type Cost } from './support/panel/scene.ts';
import { answerStream, codeStream, reasoningStream, storm, type Stream } from './support/panel/streams.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'string', default: 'out/bench/panel.json' },
    only: { type: 'string', default: 'reasoning,answer,code,growth,long,latency' },
    pages: { type: 'string', default: pageNames.join(',') },
    most: { type: 'string', default: '60' },
    typed: { type: 'string', default: pageNames.join(',') },
  },
});
const parts = values.only.split(',');
const pages = pageNames.filter((name) => values.pages.split(',').includes(name));
const typed = pageNames.filter((name) => values.typed.split(',').includes(name));
const mostMs = Number(values.most) * 1000;
const streams: Readonly<Record<string, () => Stream>> = {
  reasoning: () => reasoningStream(100_000),
  answer: () => answerStream(256 * 1024),
  code: () => codeStream(5 * 1024 * 1024),
};

interface Row {
  readonly stream: string;
  readonly page: PageName;
  readonly cost: Cost;
  readonly comfort: Comfort | undefined;
  readonly load: readonly number[];
}

const rows: Row[] = [];
const verdicts: Verdict[] = [];
const report: Record<string, unknown> = { node: process.version, date: new Date().toISOString(), rows, verdicts };

function round(value: number | undefined): number | string {
  return value === undefined ? '–' : Math.round(value);
}

function megabytes(bytes: number | undefined): string {
  return bytes === undefined ? '–' : `${(bytes / 1e6).toFixed(1)} MB`;
}

function print({ stream, page, cost, comfort, load }: Row): void {
  console.table([
    {
      stream,
      page,
      drawn: cost.drawn === 1 ? 'all' : `${Math.floor(cost.drawn * 100)} % in ${Math.round(cost.took / 1000)} s`,
      'main thread': round(cost.mainThread?.tasks),
      'longest task': cost.longestTask === 0 ? '< 50' : round(cost.longestTask),
      'input delay': round(comfort?.inputDelay),
      idle: round(comfort?.idle.inputDelay),
      'to frame': round(comfort?.frameDelay),
      'idle frame': round(comfort?.idle.frameDelay),
      heap: megabytes(cost.heap?.after),
      closed: `${megabytes(cost.heap?.closed)} of ${megabytes(cost.heap?.before)}`,
      load: load[0]?.toFixed(1),
    },
  ]);
}

await startBrowser();
try {
  for (const [name, make] of Object.entries(streams)) {
    if (!parts.includes(name)) continue;
    const stream = make();
    const own: Row[] = [];
    for (const page of pages) {
      const row = { stream: name, page, cost: await measureCost(page, stream, mostMs), comfort: typed.includes(page) ? await measureComfort(page, stream, mostMs) : undefined, load: loadavg() };
      own.push(row);
      print(row);
    }
    rows.push(...own);
    const ours = own.find(({ page }) => page === 'rivulet');
    if (ours === undefined) continue;
    const heap = ours.cost.heap === undefined ? Number.NaN : ours.cost.heap.closed / ours.cost.heap.before;
    if (ours.comfort !== undefined) verdicts.push(judge(`${name}: longest input delay over that of the idle page`, (ours.comfort.inputDelay ?? Number.NaN) - ours.comfort.idle.inputDelay, 50, 'ms'));
    verdicts.push(judge(`${name}: heap after closing the chat, to before`, heap, 1.1, 'times'));
    if (name === 'answer') verdicts.push(...judgeAnswer(ours.cost, own));
  }
  if (parts.includes('growth')) {
    const costs: number[] = [];
    for (const kilobytes of [128, 256, 512]) costs.push((await measureCost('rivulet', answerStream(kilobytes * 1024, storm), mostMs)).mainThread?.tasks ?? Number.NaN);
    report['growth'] = { costs, load: loadavg() };
    for (const index of [1, 2]) verdicts.push(judge(`answer of ${[128, 256, 512][index]} KB to one of half the length`, (costs[index] ?? Number.NaN) / (costs[index - 1] ?? Number.NaN), 2.3, 'times'));
  }
  if (parts.includes('long')) {
    const long = await measureLongChat(1000);
    report['long'] = { ...long, load: loadavg() };
    console.table([long]);
    verdicts.push(judge('a chat of 2,000 messages: opened', long.opened, 300, 'ms'), judge('its largest push, to that of an empty chat', long.largestPush / long.largestPushInEmptyChat, 1.5, 'times'));
  }
  if (parts.includes('latency')) {
    const latency = await measureLatency(2000);
    report['latency'] = { ...latency, load: loadavg() };
    console.table([latency]);
    verdicts.push(judge('from byte to page at 200 tokens a second, 95th percentile', latency.percentile95, 50, 'ms'));
  }
} finally {
  await stopBrowser();
  console.table(verdicts.map(({ what, measured, goal, isMet }) => ({ what, measured, goal, met: isMet ? 'yes' : 'NO' })));
  await mkdir(dirname(values.json), { recursive: true });
  await writeFile(values.json, `${JSON.stringify(report, undefined, 2)}\n`);
}
