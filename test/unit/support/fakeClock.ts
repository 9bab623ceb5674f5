/** Time that passes only when told to, for what reads `performance.now` and sets its timers through the global. */
export function fakeClock(): { advance(milliseconds: number): void; stop(): void } {
  const { setTimeout: set, clearTimeout: clear } = globalThis;
  const now = performance.now.bind(performance);
  const timers = new Map<number, { readonly at: number; readonly action: () => void }>();
  let time = 0;
  let count = 0;
  performance.now = () => time;
  globalThis.setTimeout = ((action: () => void, milliseconds = 0) => {
    timers.set((count += 1), { at: time + milliseconds, action });
    return count;
  }) as unknown as typeof set;
  globalThis.clearTimeout = ((timer: number) => void timers.delete(timer)) as unknown as typeof clear;
  return {
    advance(milliseconds) {
      const end = time + milliseconds;
      for (;;) {
        const [next] = [...timers].filter(([, { at }]) => at <= end).sort(([, left], [, right]) => left.at - right.at);
        if (next === undefined) break;
        const [id, { at, action }] = next;
        timers.delete(id);
        time = Math.max(time, at);
        action();
      }
      time = end;
    },
    stop() {
      performance.now = now;
      globalThis.setTimeout = set;
      globalThis.clearTimeout = clear;
    },
  };
}
