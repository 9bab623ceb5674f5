/** Whether the product has called, and not Node's `fetch`, which uses the same globals. */
export function isProduct(): boolean {
  return new Error('for its stack').stack?.includes('/src/core/') ?? false;
}

/** Watches the timers that the product sets. */
export function watchTimers(): { pending(): readonly number[]; stop(): void } {
  const { setTimeout: set, clearTimeout: clear } = globalThis;
  /** Their lengths in milliseconds. */
  const pending = new Map<unknown, number>();
  const watchedSet = (action: () => void, milliseconds = 0): NodeJS.Timeout => {
    if (!isProduct()) return set(action, milliseconds);
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
