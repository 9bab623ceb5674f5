import { useEffect, useLayoutEffect, useState } from 'preact/hooks';

/** Draws the part again whenever `subscribe` calls back. */
export function useRedrawOn(subscribe: (listener: () => void) => () => void): void {
  const [, setCount] = useState(0);
  // At once, not after the next frame: what happens until then would be missed.
  useLayoutEffect(() => subscribe(() => setCount((count) => count + 1)), [subscribe]);
}

/** Milliseconds since `since` (milliseconds since the epoch), anew each second; 0 when it lies ahead. */
export function useElapsed(since: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [since]);
  // The host's clock may be that of another machine.
  return Math.max(0, now - since);
}
