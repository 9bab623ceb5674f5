import { monitorEventLoopDelay } from 'node:perf_hooks';

/** A measured piece of work. Times in milliseconds. */
export interface Row {
  readonly what: string;
  readonly took: number;
  /** The longest time for which nothing else could run. On a busy machine other processes have a part in it. */
  readonly longestDelay: number;
  /** The most processor time that went by on this thread without anything else having its turn; undefined before Node 23.9. */
  readonly longestWork: number | undefined;
  readonly more: Readonly<Record<string, number>>;
}

const resolution = 2;

/** Measures work and gives `keep` what came of it. */
export function measuring(keep: (row: Row) => void): { readonly measure: (what: string, work: () => Promise<Readonly<Record<string, number>> | void>) => Promise<void> } {
  return {
    async measure(what, work) {
      const delays = monitorEventLoopDelay({ resolution });
      const watch = watchWork();
      delays.enable();
      const since = performance.now();
      const more = (await work()) ?? {};
      const took = performance.now() - since;
      // What the work has left to be done at once belongs to it.
      await new Promise((resolve) => setTimeout(resolve, 20));
      delays.disable();
      const longestWork = watch.stop();
      // The monitor counts the time between two looks, of which its own pause is a part.
      const longestDelay = round(Math.max(0, delays.max / 1e6 - resolution));
      keep({ what, took: round(took), longestDelay, longestWork: longestWork === undefined ? undefined : round(longestWork), more: Object.fromEntries(Object.entries(more).map(([name, value]) => [name, round(value)])) });
    },
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Looks at this thread's processor time whenever a timer gets its turn. */
function watchWork(): { stop(): number | undefined } {
  const { threadCpuUsage } = process as { threadCpuUsage?: () => NodeJS.CpuUsage };
  if (threadCpuUsage === undefined) return { stop: () => undefined };
  const now = (): number => {
    const { user, system } = threadCpuUsage.call(process);
    return (user + system) / 1000;
  };
  let longest = 0;
  let last = now();
  const timer = setInterval(() => {
    const at = now();
    longest = Math.max(longest, at - last);
    last = at;
  }, 1);
  return {
    stop() {
      clearInterval(timer);
      return longest;
    },
  };
}
