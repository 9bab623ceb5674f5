import type { CDPSession, Page } from 'playwright-core';

/** What a page felt since the last look. Times in milliseconds. */
export interface Felt {
  /** 0 when no task took 50 ms. */
  readonly longestTask: number;
  readonly longTasks: number;
  /** From when the browser got a key or a turn of the wheel until the page's first listener heard of it. */
  readonly inputDelays: readonly number[];
  /** And until the frame after it was handed on to be painted. */
  readonly frameDelays: readonly number[];
}

export interface Probe {
  /** What was felt since the last call, and forgets it. */
  take(): Promise<Felt>;
  /** Processor time of the page's main thread since it was opened. */
  mainThread(): Promise<MainThread>;
  /** Bytes that live on the page's heaps, of scripts and of the document, after a collection. */
  heap(): Promise<number>;
}

export interface MainThread {
  readonly tasks: number;
  readonly scripts: number;
  readonly layouts: number;
  readonly styles: number;
}

/** Starts to watch a page. */
export async function installProbe(page: Page, cdp: CDPSession): Promise<Probe> {
  await page.evaluate(watch);
  return {
    take: () => page.evaluate(() => (globalThis as unknown as { benchTake(): Felt }).benchTake()),
    async mainThread() {
      const { metrics } = await cdp.send('Performance.getMetrics');
      const of = (name: string): number => (metrics.find((metric) => metric.name === name)?.value ?? Number.NaN) * 1000;
      return { tasks: of('TaskDuration'), scripts: of('ScriptDuration'), layouts: of('LayoutDuration'), styles: of('RecalcStyleDuration') };
    },
    async heap() {
      // What is let go of only when something else has been collected takes a second and a third time.
      for (let time = 0; time < 3; time += 1) await cdp.send('HeapProfiler.collectGarbage');
      const usage = (await cdp.send('Runtime.getHeapUsage')) as { usedSize: number; embedderHeapUsedSize?: number };
      return usage.usedSize + (usage.embedderHeapUsedSize ?? 0);
    },
  };
}

/** Runs in the page. */
function watch(): void {
  let tasks: number[] = [];
  let inputDelays: number[] = [];
  let frameDelays: number[] = [];
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) tasks.push(entry.duration);
  });
  observer.observe({ type: 'longtask' });
  const frames = new MessageChannel();
  let waiting: number[] = [];
  frames.port1.addEventListener('message', () => {
    const now = performance.now();
    for (const since of waiting) frameDelays.push(now - since);
    waiting = [];
  });
  frames.port1.start();
  const hear = (event: Event): void => {
    inputDelays.push(performance.now() - event.timeStamp);
    requestAnimationFrame(() => {
      waiting.push(event.timeStamp);
      // The first task after the frame's own work is done.
      frames.port2.postMessage(undefined);
    });
  };
  for (const type of ['keydown', 'wheel']) window.addEventListener(type, hear, { capture: true, passive: true });
  Object.assign(globalThis, {
    benchTake: () => {
      for (const entry of observer.takeRecords()) tasks.push(entry.duration);
      const felt = { longestTask: Math.max(0, ...tasks), longTasks: tasks.length, inputDelays, frameDelays };
      [tasks, inputDelays, frameDelays] = [[], [], []];
      return felt;
    },
  });
}
