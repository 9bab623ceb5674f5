import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { usePage } from '../page.ts';

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

/** After this long without an answer it may be asked for again: the host may have asked back, and been told no. */
const patienceMs = 5000;

/** Whether what is shown has been pressed and nothing has come of it yet, and how to press it. `shown` is another once something has. */
export function usePressed(shown: unknown): readonly [boolean, () => void] {
  const [pressed, setPressed] = useState<{ readonly shown: unknown }>();
  useEffect(() => {
    if (pressed === undefined) return undefined;
    const timer = setTimeout(() => setPressed(undefined), patienceMs);
    return () => clearTimeout(timer);
  }, [pressed]);
  return [pressed !== undefined && pressed.shown === shown, () => setPressed({ shown })];
}

/** Speaks `words` once when `isDone` turns true behind a press; answers what notes the press. */
export function useSpokenOnce(isDone: boolean, words: string): () => void {
  const { announce } = usePage();
  const isPressed = useRef(false);
  useEffect(() => {
    if (!isDone) return;
    if (isPressed.current) announce(words);
    isPressed.current = false;
  }, [isDone, announce]);
  return () => void (isPressed.current = true);
}

/** Whether any of the element is to be seen; taken to be until the browser has said otherwise, and while there is none. */
export function useIsInSight(selector: string): boolean {
  const [isInSight, setInSight] = useState(true);
  useEffect(() => {
    setInSight(true);
    const element = document.querySelector(selector);
    if (element === null) return undefined;
    const observer = new IntersectionObserver((entries) => setInSight(entries.at(-1)?.isIntersecting ?? true));
    observer.observe(element);
    return () => observer.disconnect();
  }, [selector]);
  return isInSight;
}

/** Puts the keyboard where the next question is written. */
export function focusComposer(): void {
  document.querySelector<HTMLElement>('.composer-text')?.focus();
}
