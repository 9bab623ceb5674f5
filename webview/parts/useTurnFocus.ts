import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { focusComposer } from './hooks.ts';
import { useFocusListeners } from './useFocusListeners.ts';

/**
 * Keeps the keyboard in the chat when what it was on goes: another version of a turn is drawn in the place of the one
 * before, so that the same button of it takes the focus; where there is none, the composer does.
 */
export function useTurnFocus(content: RefObject<HTMLElement | null>, turns: readonly { readonly id: string }[]): void {
  const held = useRef<{ readonly element: HTMLElement; readonly turn: Element | undefined; readonly index: number }>(undefined);

  useFocusListeners(content, {
    take(element, part) {
      const index = indexOf(part, element);
      held.current = { element, turn: part.children[index], index };
    },
    release(next) {
      if (next !== null) held.current = undefined;
    },
  });

  useLayoutEffect(() => {
    const lost = held.current;
    if (lost === undefined || lost.element.isConnected) return;
    held.current = undefined;
    // Of a turn that is still there its cards keep the focus; a dialog of the editor, which has it now, must not lose it.
    if (lost.turn?.isConnected === true || !document.hasFocus() || document.activeElement !== document.body) return;
    const does = lost.element.dataset['does'];
    const turn = content.current?.children[lost.index];
    const next = does === undefined ? null : turn?.querySelector<HTMLElement>(`[data-does="${does}"]`);
    if (next === null || next === undefined || next.offsetParent === null) focusComposer();
    else next.focus({ preventScroll: true });
  }, [content, turns]);
}

function indexOf(content: HTMLElement, target: HTMLElement): number {
  return [...content.children].findIndex((turn) => turn.contains(target));
}
