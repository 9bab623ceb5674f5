import { createSignal } from './signal.ts';

/** Keeps the transcript at its end while the reader is there, and still while they are not. */
export interface Scrolling {
  /** Takes over a scroller whose only child is `content`; answers how to let go of it. */
  readonly attach: (scroller: HTMLElement, content: HTMLElement) => () => void;
  readonly isFollowing: () => boolean;
  /** Goes to the end and stays there. */
  readonly jump: () => void;
  /** To be called by what has drawn something at the end: follows it, if that is wanted, before this task is over. */
  readonly follow: () => void;
  /** Called when following starts or ends. */
  readonly onChange: (listener: () => void) => () => void;
}

/** So near to the end, in CSS pixels, counts as there: fractions of a pixel, and a reader who scrolls by hand. */
const nearEnd = 24;

/** Makes one that follows. */
export function createScrolling(): Scrolling {
  let scroller: HTMLElement | undefined;
  let following = true;
  let lastTop = 0;
  let willFollow = false;
  const changed = createSignal();

  const setFollowing = (next: boolean): void => {
    if (next === following) return;
    following = next;
    changed.tell();
  };

  const distance = (): number =>
    scroller === undefined ? 0 : scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;

  const stick = (): void => {
    if (!following || scroller === undefined) return;
    scroller.scrollTop = scroller.scrollHeight;
    lastTop = scroller.scrollTop;
  };

  // Scrolling in the frame that shows the text would need a second one for the event of it.
  const follow = (): void => {
    if (willFollow || !following) return;
    willFollow = true;
    queueMicrotask(() => {
      willFollow = false;
      // The reader may have moved up a moment ago, of which the event has not come yet.
      if (scroller !== undefined && (scroller.scrollTop >= lastTop || distance() <= nearEnd)) stick();
    });
  };

  const onScroll = (): void => {
    if (scroller === undefined) return;
    const top = scroller.scrollTop;
    if (distance() <= nearEnd) setFollowing(true);
    // Only the reader moves up. Being far from the end alone means that text came between two frames.
    else if (top < lastTop) setFollowing(false);
    lastTop = top;
  };

  return {
    attach(element, content) {
      scroller = element;
      const observer = new ResizeObserver(stick);
      observer.observe(content);
      observer.observe(element);
      element.addEventListener('scroll', onScroll, { passive: true });
      return () => {
        observer.disconnect();
        element.removeEventListener('scroll', onScroll);
        if (scroller === element) scroller = undefined;
      };
    },
    isFollowing: () => following,
    jump() {
      setFollowing(true);
      stick();
    },
    follow,
    onChange: changed.on,
  };
}

/**
 * Brings an element to the upper edge of what scrolls it. Not with `scrollIntoView`, which scrolls every frame around the page too:
 * VS Code's own has a few pixels to spare, and would keep the page shifted by them.
 */
export function bringToTop(element: Element, scroller: Element | null): void {
  if (scroller !== null) scroller.scrollTop += element.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
}
