import { createMarkdownDocument, type MarkdownDocument } from '../markdown/document.ts';
import type { Drawing } from '../markdown/drawing.ts';
import type { Handlers } from './handlers.ts';
import { redrawChildren } from './draw.ts';
import { createHeadingLevels } from './headingLevels.ts';

/** A Markdown text on the page that grows at its end. */
export interface MarkdownView {
  /** How much of the text it has been given, in UTF-16 units. */
  length(): number;
  append(text: string): void;
  replace(text: string): void;
  /** Draws what is still waiting, and no more after that. */
  close(): void;
}

/** Share of the time that drawing may take: after a turn of n ms it rests for this many times n. */
const rest = 3;

/** Makes a view in an empty element. */
export function createMarkdownView(element: HTMLElement, handlers: Handlers): MarkdownView {
  let text: MarkdownDocument = createMarkdownDocument();
  let shown: Drawing[] = [];
  let length = 0;
  let restUntil = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const levels = createHeadingLevels(element);

  const drawNow = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const start = performance.now();
    const first = text.update();
    show(first);
    const end = performance.now();
    restUntil = end + (end - start) * rest;
  };

  const show = (first: number): void => {
    for (let index = shown.length; index > text.drawings.length; index--) element.lastChild?.remove();
    shown.length = Math.min(shown.length, text.drawings.length);
    const from = Math.min(first, shown.length);
    // Only what follows `first` is looked at: everything before it is the very same.
    redrawChildren(element, shown, text.drawings, handlers, from);
    levels.update(from);
    for (let index = from; index < text.drawings.length; index++) shown[index] = text.drawings[index] ?? '';
  };

  const schedule = (): void => {
    if (timer !== undefined) return;
    const wait = restUntil - performance.now();
    if (wait <= 0) drawNow();
    else timer = setTimeout(drawNow, wait);
  };

  return {
    length: () => length,
    append(added) {
      if (added === '') return;
      length += added.length;
      text.append(added);
      schedule();
    },
    replace(whole) {
      text = createMarkdownDocument();
      length = whole.length;
      text.append(whole);
      element.replaceChildren();
      shown = [];
      drawNow();
    },
    close() {
      if (timer !== undefined) drawNow();
    },
  };
}
