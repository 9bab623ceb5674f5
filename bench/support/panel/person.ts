import { setTimeout as sleep } from 'node:timers/promises';
import type { CDPSession } from 'playwright-core';

const every = 100;
/** Of so many inputs the first is a turn of the wheel up, and the sixth one all the way back to the end; the rest are keys. */
const round = 16;

/** Types, and scrolls up and back, until `signal` says stop. Never waits for the page: a person does not either. */
export async function useMeanwhile(cdp: CDPSession, signal: AbortSignal): Promise<void> {
  const send = (method: 'Input.dispatchKeyEvent' | 'Input.dispatchMouseEvent', event: object): void => void cdp.send(method, event as never).catch(() => undefined);
  const wheel = (deltaY: number): void => send('Input.dispatchMouseEvent', { type: 'mouseWheel', x: 200, y: 300, deltaX: 0, deltaY });
  for (let count = 1; !signal.aborted; count += 1) {
    if (count % round === 0) wheel(-400);
    else if (count % round === 5) wheel(1_000_000);
    else {
      const key = count % 7 === 6 ? ' ' : 'abcdefg'.charAt(count % 7);
      send('Input.dispatchKeyEvent', { type: 'keyDown', key, text: key });
      send('Input.dispatchKeyEvent', { type: 'keyUp', key });
    }
    await sleep(every, undefined, { signal }).catch(() => undefined);
  }
}
