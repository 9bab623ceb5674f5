import { setImmediate as nextTurn } from 'node:timers/promises';

/** Goes round the event loop so many times: what takes effect "at once" has done so by then, however slow the machine is. */
export async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await nextTurn();
}
