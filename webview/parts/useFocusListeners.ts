import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/** Hears which element below a part takes the focus, and where the focus goes when one loses it: to nothing that is known where that is null. */
export function useFocusListeners(part: RefObject<HTMLElement | null>, { take, release }: { readonly take: (element: HTMLElement, part: HTMLElement) => void; readonly release: (next: EventTarget | null) => void }): void {
  useEffect(() => {
    const element = part.current;
    if (element === null) return undefined;
    const onFocusIn = ({ target }: FocusEvent): void => {
      if (target instanceof HTMLElement) take(target, element);
    };
    const onFocusOut = ({ relatedTarget }: FocusEvent): void => release(relatedTarget);
    element.addEventListener('focusin', onFocusIn);
    element.addEventListener('focusout', onFocusOut);
    return () => {
      element.removeEventListener('focusin', onFocusIn);
      element.removeEventListener('focusout', onFocusOut);
    };
  }, [part]);
}
