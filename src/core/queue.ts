/** Does one thing at a time. */
export interface Queue {
  /** Begins the action when every one before it has settled; settles with it. */
  run<Value>(action: () => Promise<Value>): Promise<Value>;
}

export function createQueue(): Queue {
  let last: Promise<void> = Promise.resolve();
  return {
    async run(action) {
      const before = last;
      const { promise, resolve } = Promise.withResolvers<void>();
      last = promise;
      await before;
      try {
        return await action();
      } finally {
        resolve();
      }
    },
  };
}
