import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/**
 * Keeps the keyboard where it was when something is removed from a list: what comes next there takes the focus, or
 * whatever `onEmptied` gives it to. Answers what to call with the place of what is being removed.
 */
export function useRemovals(list: RefObject<HTMLElement | null>, { selector, count, onEmptied }: { readonly selector: string; readonly count: number; readonly onEmptied: (() => void) | undefined }): (index: number) => void {
  const removed = useRef<number>(undefined);
  useLayoutEffect(() => {
    const index = removed.current;
    removed.current = undefined;
    if (index === undefined) return;
    const buttons = list.current?.querySelectorAll<HTMLElement>(selector) ?? [];
    const next = buttons[Math.min(index, buttons.length - 1)];
    if (next === undefined) onEmptied?.();
    else next.focus();
  }, [count]);
  return (index) => {
    removed.current = index;
  };
}
