/** Something that happens, and whoever wants to know. */
export interface Signal<Value> {
  readonly tell: (value: Value) => void;
  /** Answers how to stop listening. */
  readonly on: (listener: (value: Value) => void) => () => void;
}

/** Makes a signal that nobody listens to yet. */
export function createSignal<Value = void>(): Signal<Value> {
  const listeners = new Set<(value: Value) => void>();
  return {
    tell(value) {
      for (const listener of listeners) listener(value);
    },
    on(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
