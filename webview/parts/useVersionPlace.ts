import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

/** The buttons that lead to other versions stay where they are on the screen when another version is drawn, however long it is. */
export function useVersionPlace(scroller: RefObject<HTMLElement | null>, turns: readonly { readonly id: string }[]): void {
  const pressed = useRef<{ readonly index: number; readonly top: number }>(undefined);

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const note = ({ target }: Event): void => {
      const button = target instanceof Element ? target.closest('[data-does^="version-"]') : null;
      const index = button === null ? -1 : turnsOf(element).findIndex((turn) => turn.contains(button));
      pressed.current = button === null || index === -1 ? undefined : { index, top: button.getBoundingClientRect().top };
    };
    element.addEventListener('click', note, true);
    return () => element.removeEventListener('click', note, true);
  }, [scroller]);

  useLayoutEffect(() => {
    const before = pressed.current;
    const element = scroller.current;
    pressed.current = undefined;
    if (before === undefined || element === null) return undefined;
    const keep = (): void => {
      const button = turnsOf(element)[before.index]?.querySelector('[data-does^="version-"]');
      if (button !== null && button !== undefined) element.scrollTop += button.getBoundingClientRect().top - before.top;
    };
    keep();
    // What was drawn outside of the view has its true height only now.
    const frame = requestAnimationFrame(() => requestAnimationFrame(keep));
    return () => cancelAnimationFrame(frame);
  }, [scroller, turns]);
}

function turnsOf(scroller: Element): readonly Element[] {
  return [...scroller.querySelectorAll('.turn')];
}
