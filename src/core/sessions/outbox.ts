import type { Storage } from './storage.ts';
import type { Timers } from './timers.ts';

/**
 * What is to be stored, done one after the other in the order in which it was last asked for. What the storage refuses is
 * tried again, later, with everything that has come since: nobody waits for it, nothing throws.
 */
export interface Outbox {
  write(path: string, bytes: () => Uint8Array): void;
  append(path: string, text: string): void;
  remove(path: string): void;
  /** Leaves undone what has not been begun. */
  forget(): void;
  /** Settles when everything is stored, or has been refused. */
  settled(): Promise<void>;
}

export interface OutboxOptions {
  readonly storage: Storage;
  readonly timers: Timers;
  /** Is told when the storage begins to refuse, and when it takes things again. */
  readonly onTrouble: (error: unknown) => void;
  readonly onRecovered: () => void;
}

/** Milliseconds before what was refused is tried again. */
export const retryMs = 5000;

type Step = { readonly kind: 'write'; readonly bytes: () => Uint8Array } | { readonly kind: 'append'; readonly text: string } | { readonly kind: 'remove' };

export function createOutbox({ storage, timers, onTrouble, onRecovered }: OutboxOptions): Outbox {
  const steps = new Map<string, Step>();
  let running: Promise<void> | undefined;
  let isRefused = false;
  let retry: (() => void) | undefined;

  function add(path: string, step: Step): void {
    // Behind everything else: a journal goes only after its turn has been written whole.
    steps.delete(path);
    steps.set(path, step);
    if (retry === undefined) running ??= work().finally(() => (running = undefined));
  }

  async function work(): Promise<void> {
    // Whoever asks for several things asks for them in one go.
    await Promise.resolve();
    for (let [next] = steps; next !== undefined; [next] = steps) {
      const [path, step] = next;
      steps.delete(path);
      try {
        await perform(path, step);
      } catch (error) {
        putBack(path, step);
        if (!isRefused) onTrouble(error);
        isRefused = true;
        retry = timers.after(retryMs, tryAgain);
        return;
      }
      if (isRefused) onRecovered();
      isRefused = false;
    }
  }

  async function perform(path: string, step: Step): Promise<void> {
    switch (step.kind) {
      case 'write':
        return storage.write(path, step.bytes());
      case 'append':
        return storage.append?.(path, new TextEncoder().encode(step.text));
      case 'remove':
        return storage.delete(path);
    }
  }

  /** First in the row again, unless something newer has taken its place. */
  function putBack(path: string, step: Step): void {
    const newer = steps.get(path);
    const rest = [...steps].filter(([other]) => other !== path);
    // A part of the text may have been written: on a line of its own the rest can be read.
    const again = step.kind === 'append' ? { ...step, text: `\n${step.text}` } : step;
    const first = newer === undefined ? again : again.kind === 'append' && newer.kind === 'append' ? { ...newer, text: again.text + newer.text } : again.kind === 'write' && newer.kind === 'append' ? withText(again, newer.text) : newer;
    steps.clear();
    for (const [other, each] of [[path, first] as const, ...rest]) steps.set(other, each);
  }

  function tryAgain(): void {
    retry = undefined;
    if (steps.size > 0) running ??= work().finally(() => (running = undefined));
  }

  return {
    write: (path, bytes) => add(path, { kind: 'write', bytes }),
    forget: () => steps.clear(),
    remove: (path) => add(path, { kind: 'remove' }),
    append(path, text) {
      const before = steps.get(path);
      if (before?.kind === 'append') return add(path, { kind: 'append', text: before.text + text });
      add(path, before?.kind === 'write' ? withText(before, text) : { kind: 'append', text });
    },
    async settled() {
      retry?.();
      tryAgain();
      await running;
    },
  };
}

function withText({ bytes }: Extract<Step, { kind: 'write' }>, text: string): Step {
  return {
    kind: 'write',
    bytes() {
      const [head, tail] = [bytes(), new TextEncoder().encode(text)];
      const whole = new Uint8Array(head.length + tail.length);
      whole.set(head);
      whole.set(tail, head.length);
      return whole;
    },
  };
}
