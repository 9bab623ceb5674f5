import { setTimeout as sleep } from 'node:timers/promises';
import { useMeanwhile } from './person.ts';
import { openBenchPage, type BenchPage, type PageName } from './pages.ts';
import type { MainThread } from './probe.ts';
import { answerStream, codeStream, lastWords, reasoningStream, storm, type Stream } from './streams.ts';

/** What a stream cost a page that nobody touched. Milliseconds of the processor, but for `took` and the longest task. */
export interface Cost {
  /** Share of the stream that was drawn when the time was up; 1 for all of it. */
  readonly drawn: number;
  /** From the first chunk until all is drawn. */
  readonly took: number;
  /** Undefined of a page that no longer answered. */
  readonly mainThread: MainThread | undefined;
  readonly longestTask: number | undefined;
  /** Bytes: before, with all of it drawn, and after the chat was closed. */
  readonly heap: { readonly before: number; readonly after: number; readonly closed: number } | undefined;
  readonly largestPush: number;
}

/** What somebody felt who typed and scrolled meanwhile: the longest of the delays. */
export interface Comfort {
  readonly drawn: number;
  readonly inputs: number;
  readonly inputDelay: number | undefined;
  readonly frameDelay: number | undefined;
  readonly idle: { readonly inputs: number; readonly inputDelay: number; readonly frameDelay: number };
}

const idleMs = 5000;
const leisureMs = 2000;
/** How long a page that is behind is waited for until it says what it has measured. */
const patienceMs = 20_000;

/** Plays a stream to a page. One that has not drawn it `mostMs` after its start is stopped. */
export async function measureCost(name: PageName, stream: Stream, mostMs: number): Promise<Cost> {
  return onPage(name, stream, async (page) => {
    const before = await page.probe.heap();
    await page.probe.take();
    const [start, firstPush] = [await page.probe.mainThread(), page.pushes.length];
    const { took, drawn } = await play(page, stream, mostMs);
    const end = await inTime(page.probe.mainThread());
    const felt = await inTime(page.probe.take());
    return {
      drawn,
      took,
      mainThread: end === undefined ? undefined : { tasks: end.tasks - start.tasks, scripts: end.scripts - start.scripts, layouts: end.layouts - start.layouts, styles: end.styles - start.styles },
      longestTask: felt?.longestTask,
      heap: drawn < 1 || felt === undefined ? undefined : { before, ...(await heapsAfter(page)) },
      largestPush: Math.max(...page.pushes.slice(firstPush)),
    };
  });
}

/** The same with somebody who types and scrolls, first while nothing comes. */
export async function measureComfort(name: PageName, stream: Stream, mostMs: number): Promise<Comfort> {
  return onPage(name, stream, async (page) => {
    await page.probe.take();
    await meanwhile(page, async () => sleep(idleMs));
    const idle = await page.probe.take();
    const { drawn } = await meanwhile(page, async () => play(page, stream, mostMs));
    const felt = await inTime(page.probe.take());
    return {
      drawn,
      inputs: felt?.inputDelays.length ?? 0,
      inputDelay: worst(felt?.inputDelays),
      frameDelay: worst(felt?.frameDelays),
      idle: { inputs: idle.inputDelays.length, inputDelay: worst(idle.inputDelays) ?? Number.NaN, frameDelay: worst(idle.frameDelays) ?? Number.NaN },
    };
  });
}

async function onPage<Result>(name: PageName, stream: Stream, work: (page: BenchPage) => Promise<Result>): Promise<Result> {
  const page = await openBenchPage(name);
  try {
    await warmUp(page, stream);
    return await work(page);
  } finally {
    // One that is busy for good is closed with the browser.
    await Promise.race([page.close(), sleep(5000)]);
  }
}

async function play(page: BenchPage, stream: Stream, mostMs: number): Promise<{ readonly took: number; readonly drawn: number }> {
  const stopping = AbortSignal.timeout(mostMs);
  const start = performance.now();
  const following = page.feed.answer(stream, stopping).then(async () => untilDrawn(page, stopping));
  // A busy page does not answer a question either.
  const isDrawn = await Promise.race([following, sleep(mostMs + 1000, false)]);
  const length = stream.chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  return { took: performance.now() - start, drawn: isDrawn ? 1 : Math.min(0.99, (page.drawn() ?? 0) / length) };
}

async function inTime<Value>(value: Promise<Value>): Promise<Value | undefined> {
  return Promise.race([value, sleep(patienceMs, undefined)]);
}

async function heapsAfter(page: BenchPage): Promise<{ readonly after: number; readonly closed: number }> {
  const after = await page.probe.heap();
  await page.feed.leave();
  // The page may draw at its leisure.
  await sleep(500);
  return { after, closed: await page.probe.heap() };
}

/**
 * Draws some of everything, then the very stream, quickly, and closes each, so that neither the compiler's work nor the code and the
 * texts that it keeps are taken for what a chat leaves behind.
 */
async function warmUp(page: BenchPage, measured: Stream): Promise<void> {
  const never = new AbortController().signal;
  for (const stream of [reasoningStream(12_000), answerStream(64_000, storm), codeStream(300_000), { ...measured, atOnce: storm }]) {
    await page.feed.answer(stream, never);
    await untilDrawn(page, AbortSignal.timeout(10_000));
    // What a page loads when it has time, ours its colours for code, stays with it and is no part of a chat.
    await sleep(leisureMs);
    await page.feed.leave();
  }
}

async function meanwhile<Answer>(page: BenchPage, work: () => Promise<Answer>): Promise<Answer> {
  const controller = new AbortController();
  const person = useMeanwhile(page.cdp, controller.signal);
  try {
    return await work();
  } finally {
    controller.abort();
    await person;
  }
}

/** Whether the end of the stream is on the page before the signal comes. */
export async function untilDrawn(page: BenchPage, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    const end = await page.ask(() => document.querySelector('.transcript-content')?.textContent.slice(-400) ?? '').catch(() => '');
    if (end.includes(lastWords)) return true;
    await sleep(250);
  }
  return false;
}

function worst(delays: readonly number[] | undefined): number | undefined {
  return delays === undefined || delays.length === 0 ? undefined : Math.max(...delays);
}
