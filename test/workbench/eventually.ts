import { pause } from './processes.ts';

/**
 * Reads again and again until `isRight` says so, for `timeoutMs` (30 s) at most. Answers with the last reading, right or
 * not: the assertion that follows then shows what there was. A reading that fails is taken again, and fails at the end.
 */
export async function eventually<Value>(read: () => Promise<Value>, isRight: (value: Value) => boolean, timeoutMs = 30_000): Promise<Value> {
  const until = Date.now() + timeoutMs;
  for (;;) {
    const isLast = Date.now() > until;
    try {
      const value = await read();
      if (isLast || isRight(value)) return value;
    } catch (error) {
      if (isLast) throw error;
    }
    await pause(50);
  }
}

/** Whether the action succeeds: for steps that are done again when they do not. */
export function succeeds(action: Promise<unknown>): Promise<boolean> {
  return action.then(() => true, () => false);
}
