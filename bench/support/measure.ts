import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Milliseconds of processor time, of all threads, that the work took. Young garbage of the work before is collected first;
 * a full collection would also throw compiled code away, and so measure the compiler.
 */
export async function cpuTime(work: () => unknown): Promise<number> {
  gc({ type: 'minor' });
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc') as (options?: { readonly type: 'minor' }) => void;

/** Bytes that live on the heap. */
export function heapInUse(): number {
  // What is let go of only when something else has been collected takes a second and a third time.
  for (let time = 0; time < 3; time += 1) gc();
  return process.memoryUsage().heapUsed;
}
