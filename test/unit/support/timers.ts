/** Watches the timers that the product sets; Node's own code does not set its timers through the global. */
export function watchTimers(): { pending(): readonly number[]; stop(): void } {
  const { setTimeout: set, clearTimeout: clear } = globalThis;
  /** Their lengths in milliseconds. */
  const pending = new Map<unknown, number>();
  const watchedSet = (action: () => void, milliseconds = 0): NodeJS.Timeout => {
    const timer = set(() => {
      pending.delete(timer);
      action();
    }, milliseconds);
    pending.set(timer, milliseconds);
    return timer;
  };
  const watchedClear = (timer: NodeJS.Timeout | undefined): void => {
    pending.delete(timer);
    clear(timer);
  };
  globalThis.setTimeout = watchedSet as typeof set;
  globalThis.clearTimeout = watchedClear as typeof clear;
  return {
    pending: () => [...pending.values()],
    stop() {
      globalThis.setTimeout = set;
      globalThis.clearTimeout = clear;
    },
  };
}
