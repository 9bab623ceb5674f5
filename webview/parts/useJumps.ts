import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import { bringToTop } from '../scrolling.ts';
import { focusComposer } from './hooks.ts';

/** Where Alt with an arrow key belongs to the text field: it moves by paragraphs there. */
const isApple = /Mac|iPhone|iPad/.test(navigator.platform);

/** So many CSS pixels above the edge a turn still counts as the one that is read. */
const slack = 8;

/** Alt+Up and Alt+Down go from turn to turn, from anywhere on the page; past the last one is the composer. */
export function useJumps(scroller: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const isUp = event.key === 'ArrowUp';
      if ((!isUp && event.key !== 'ArrowDown') || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.isComposing) return;
      const element = scroller.current;
      if (event.defaultPrevented || element === null || element.closest('[inert]') !== null) return;
      if (isApple && isWriting(event.composedPath()[0])) return;
      // VS Code is told of every key that goes on from here.
      event.preventDefault();
      event.stopPropagation();
      const target = neighbour(element, isUp);
      if (target === undefined) return isUp ? undefined : focusComposer();
      target.focus({ preventScroll: true });
      bringToTop(target, element);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [scroller]);
}

function isWriting(target: EventTarget | undefined): boolean {
  return target instanceof HTMLTextAreaElement && target.value !== '';
}

/** The turn to go to: from the one that has the focus, or else from the one at the upper edge. */
function neighbour(scroller: HTMLElement, isUp: boolean): HTMLElement | undefined {
  const turns = [...scroller.querySelectorAll<HTMLElement>('.turn')];
  const edge = scroller.getBoundingClientRect().top;
  const top = (turn: HTMLElement): number => turn.getBoundingClientRect().top - edge;
  const focused = turns.findIndex((turn) => turn.contains(document.activeElement));
  if (focused === -1) {
    // From below the chat everything is above.
    const isBelow = !scroller.contains(document.activeElement) && document.activeElement !== document.body;
    if (isBelow) return isUp ? (turns.findLast((turn) => top(turn) < scroller.clientHeight) ?? turns[0]) : undefined;
    return isUp ? turns.findLast((turn) => top(turn) < -slack) ?? turns[0] : turns.find((turn) => top(turn) > slack);
  }
  const current = turns[focused];
  // Up, in the middle of a long turn, is its own beginning first.
  if (isUp && current !== undefined && top(current) < -slack) return current;
  return turns[focused + (isUp ? -1 : 1)];
}
