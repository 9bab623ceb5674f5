import { isProduct } from './timers.ts';

/** Time that passes for the product only when it is told to; everybody else has the usual one. */
export function fakeClock(): { advance(milliseconds: number): void; stop(): void } {
  const { setTimeout: set, clearTimeout: clear } = globalThis;
  const now = performance.now.bind(performance);
  const timers = new Map<unknown, { readonly at: number; readonly action: () => void }>();
  let time = 0;
  performance.now = () => (isProduct() ? time : now());
  globalThis.setTimeout = ((action: () => void, milliseconds = 0) => {
    if (!isProduct()) return set(action, milliseconds);
    const timer = {};
    timers.set(timer, { at: time + milliseconds, action });
    return timer;
  }) as unknown as typeof set;
  globalThis.clearTimeout = ((timer: NodeJS.Timeout | undefined) => {
    if (!timers.delete(timer)) clear(timer);
  }) as typeof clear;
  return {
    advance(milliseconds) {
      const end = time + milliseconds;
      for (;;) {
        const [next] = [...timers].filter(([, { at }]) => at <= end).sort(([, left], [, right]) => left.at - right.at);
        if (next === undefined) break;
        const [timer, { at, action }] = next;
        timers.delete(timer);
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
