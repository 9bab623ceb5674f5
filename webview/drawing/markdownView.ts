import { createMarkdownDocument, type MarkdownDocument } from '../markdown/document.ts';
import type { Drawing } from '../markdown/drawing.ts';
import type { Handlers } from './handlers.ts';
import { redrawChildren } from './draw.ts';
import { make } from './elements.ts';
import { createHeadingLevels } from './headingLevels.ts';
import { isUnreadable } from './pace.ts';

/** A Markdown text on the page that grows at its end. */
export interface MarkdownView {
  /** How much of the text it has been given, in UTF-16 units. */
  length(): number;
  append(text: string): void;
  replace(text: string): void;
  /** Draws what is still waiting, and no more after that. */
  close(): void;
}

// So many blocks make a piece, and pieces out of sight cost nothing (`content-visibility` in the style sheet). A piece for
// each block would be dearer than none at all: the browser asks of each, frame by frame, whether it is in sight.
const blocksPerPiece = 32;

/**
 * What comes too fast to be read is drawn less than three times a second, not thirty: a screenful or more is new each time, and
 * what changes all of a screen more often than that is a flash (https://www.w3.org/TR/WCAG22/#three-flashes-or-below-threshold).
 */
const rushingMs = 340;

/** Share of the time that drawing may take: after a turn of n ms it rests for this many times n. */
const rest = 3;

/** Makes a view in an empty element, which tells of each drawing. */
export function createMarkdownView(element: HTMLElement, handlers: Handlers, drawn: () => void): MarkdownView {
  let text: MarkdownDocument = createMarkdownDocument();
  let shown: Drawing[] = [];
  let length = 0;
  let restUntil = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let drawnAt = 0;
  const levels = createHeadingLevels((index) => element.children[Math.floor(index / blocksPerPiece)]?.children[index % blocksPerPiece]);

  const drawNow = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const start = performance.now();
    const first = text.update();
    show(first);
    drawn();
    const end = performance.now();
    restUntil = end + (end - start) * rest;
    drawnAt = start;
  };

  const show = (first: number): void => {
    const next = text.drawings;
    // Only what follows `first` is looked at: everything before it is the very same.
    const from = Math.min(first, shown.length, next.length);
    for (let start = from - (from % blocksPerPiece); start < Math.max(shown.length, next.length); start += blocksPerPiece) {
      const end = start + blocksPerPiece;
      const piece = element.children[start / blocksPerPiece] ?? element.appendChild(make('div', 'markdown-piece'));
      redrawChildren(piece, shown.slice(start, end), next.slice(start, end), handlers, Math.max(0, from - start));
    }
    while (element.childElementCount > Math.ceil(next.length / blocksPerPiece)) element.lastElementChild?.remove();
    levels.update(from);
    shown.length = from;
    for (let index = from; index < next.length; index++) shown.push(next[index] ?? '');
  };

  const schedule = (isRushing: boolean): void => {
    if (timer !== undefined) return;
    const wait = Math.max(restUntil, isRushing ? drawnAt + rushingMs : 0) - performance.now();
    if (wait <= 0) drawNow();
    else timer = setTimeout(drawNow, wait);
  };

  return {
    length: () => length,
    append(added) {
      if (added === '') return;
      // What a view begins with has not come just now.
      const isRushing = length > 0 && isUnreadable(added);
      length += added.length;
      text.append(added);
      schedule(isRushing);
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
