import type { Storage } from './storage.ts';
import type { Timers } from './timers.ts';

/**
 * What is to be stored, done one after the other in the order in which it was last asked for. What the storage refuses is
 * tried again, later, and does not hold up the rest: nobody waits for it, nothing throws. What is to be done `after` other
 * files waits until nothing is to be done to those.
 */
export interface Outbox {
  /** Whether everything is stored. */
  readonly isEmpty: boolean;
  write(path: string, bytes: () => Uint8Array, after?: readonly string[]): void;
  append(path: string, text: string): void;
  remove(path: string, after?: readonly string[]): void;
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

type Action = { readonly kind: 'write'; readonly bytes: () => Uint8Array } | { readonly kind: 'append'; readonly text: string } | { readonly kind: 'remove' };
type Step = Action & { readonly after: readonly string[] };

export function createOutbox({ storage, timers, onTrouble, onRecovered }: OutboxOptions): Outbox {
  const steps = new Map<string, Step>();
  /** What the storage has refused since it was last tried again. */
  const refused = new Set<string>();
  let running: Promise<void> | undefined;
  let isForgotten = false;
  let isRefused = false;
  let retry: (() => void) | undefined;

  function add(path: string, action: Action, after: readonly string[] = []): void {
    const before = steps.get(path)?.after ?? [];
    // Behind everything else: a journal goes only after its turn has been written whole.
    steps.delete(path);
    steps.set(path, { ...action, after: [...new Set([...before, ...after])] });
    running ??= work();
  }

  /** The first that need not wait. */
  function next(): readonly [string, Step] | undefined {
    for (const step of steps) {
      if (!refused.has(step[0]) && !step[1].after.some((path) => steps.has(path))) return step;
    }
    return undefined;
  }

  async function work(): Promise<void> {
    // Whoever asks for several things asks for them in one go.
    await Promise.resolve();
    for (let each = next(); each !== undefined; each = next()) {
      const [path, step] = each;
      steps.delete(path);
      isForgotten = false;
      try {
        await perform(path, step);
      } catch (error) {
        if (!isRefused) onTrouble(error);
        isRefused = true;
        if (isForgotten) continue;
        putBack(path, step);
        refused.add(path);
      }
    }
    running = undefined;
    if (refused.size > 0) retry ??= timers.after(retryMs, tryAgain);
    else if (isRefused) {
      isRefused = false;
      onRecovered();
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
    const first = newer === undefined ? again : again.kind === 'append' && newer.kind === 'append' ? { ...newer, text: again.text + newer.text } : again.kind === 'write' && newer.kind === 'append' ? { ...withText(again, newer.text), after: again.after } : newer;
    steps.clear();
    for (const [other, each] of [[path, first] as const, ...rest]) steps.set(other, each);
  }

  function tryAgain(): void {
    retry = undefined;
    refused.clear();
    if (steps.size > 0) running ??= work();
  }

  return {
    get isEmpty() {
      return steps.size === 0 && running === undefined;
    },
    write: (path, bytes, after) => add(path, { kind: 'write', bytes }, after),
    forget() {
      isForgotten = true;
      steps.clear();
      refused.clear();
    },
    remove: (path, after) => add(path, { kind: 'remove' }, after),
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

function withText({ bytes }: Extract<Action, { kind: 'write' }>, text: string): Action {
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
