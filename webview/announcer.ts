import { make } from './drawing/elements.ts';

/** Speaks to screen readers. */
export interface Announcer {
  /** To be put on the page once. */
  readonly element: HTMLElement;
  readonly announce: (sentence: string) => void;
}

/** Sentences that come within this time are spoken together: a live region changed more often is not read at all. */
const batchMs = 1000;

/** What was said is taken away after so many batches, or browsing the page would read the whole chat twice. */
const batchesKept = 3;

/** Makes a polite live region that nobody sees. */
export function createAnnouncer(): Announcer {
  const element = make('div', 'visually-hidden');
  element.setAttribute('aria-live', 'polite');
  element.setAttribute('aria-relevant', 'additions');
  let waiting: string[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  const speak = (): void => {
    timer = undefined;
    const batch = make('p');
    batch.textContent = waiting.join(' ');
    waiting = [];
    element.append(batch);
    while (element.childElementCount > batchesKept) element.firstElementChild?.remove();
  };

  return {
    element,
    announce(sentence) {
      waiting.push(sentence);
      timer ??= setTimeout(speak, batchMs);
    },
  };
}
