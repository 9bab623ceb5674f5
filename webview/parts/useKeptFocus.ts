import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useFocusListeners } from './useFocusListeners.ts';

/**
 * Keeps the focus in a card whose buttons come and go: when the one that had it is gone, the next of its kind takes it,
 * or else the card itself. A focus that is elsewhere is left alone.
 */
export function useKeptFocus(section: RefObject<HTMLElement | null>): void {
  const held = useRef<{ readonly element: HTMLElement; readonly index: number }>(undefined);

  useFocusListeners(section, {
    take: (element, card) => void (held.current = { element, index: alike(card, element).indexOf(element) }),
    release(next) {
      // Without one the window may have lost the focus, or the button have gone: only what is still there was left.
      if (next !== null) held.current = undefined;
      else queueMicrotask(() => {
        if (held.current?.element.isConnected === true && document.activeElement !== held.current.element) held.current = undefined;
      });
    },
  });

  useLayoutEffect(() => {
    const card = section.current;
    const lost = held.current;
    if (card === null || lost === undefined || lost.element.isConnected || document.activeElement !== document.body) return;
    const rest = alike(card, lost.element);
    (rest[lost.index] ?? rest.at(-1) ?? card).focus({ preventScroll: true });
  });
}

/** The buttons of the card that do the same, in their order. */
function alike(card: HTMLElement, button: HTMLElement): HTMLElement[] {
  const does = button.dataset['does'];
  return does === undefined ? [] : [...card.querySelectorAll<HTMLElement>(`[data-does="${does}"]`)];
}
