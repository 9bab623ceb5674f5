import type * as Code from '../code.ts';
import type { LineReader } from '../code.ts';
import { createPart } from '../loading.ts';
import { rushingFor } from './pace.ts';
import { doLater, forget } from './slices.ts';

type CodePart = typeof Code;

/** What colours the lines of one block. */
export interface Colourist {
  /** Colours some lines; answers whether there are more that are whole. */
  some(reader: LineReader): boolean;
  /** Colours what the text ends with. */
  ending(reader: LineReader): void;
}

/** When the lines of a block are coloured: while it is in sight, and the browser has time. */
export interface Colouring {
  /** There are new lines. */
  wake(): void;
  /** All lines are new. */
  restart(): void;
  speak(language: string): void;
}

/** How long nothing must have come, in milliseconds, until the last line is taken to be whole. */
const quietMs = 300;

/** How far out of sight a block is coloured already. */
const margin = '600px';

const loadCode = createPart<CodePart>('code.js');
const arrivals = new WeakMap<Element, () => void>();
let observer: IntersectionObserver | undefined;
/** Blocks that are to be looked for once nothing rushes by any more. */
const resting = new Set<Element>();
let restTimer: ReturnType<typeof setTimeout> | undefined;

/** Tells once when an element comes into sight. */
function whenInSight(element: Element, arrived: () => void): void {
  observer ??= new IntersectionObserver(
    (entries, watching) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        watching.unobserve(target);
        if (rushingFor() > 0) lookAtRest(target);
        else arrivals.get(target)?.();
      }
    },
    { rootMargin: margin },
  );
  arrivals.set(element, arrived);
  if (rushingFor() > 0) lookAtRest(element);
  else observer.observe(element);
}

/** Code that rushes by is not worth its colours, nor being looked for, which takes a frame; what has come to rest is. */
function lookAtRest(element: Element): void {
  resting.add(element);
  restTimer ??= setTimeout(() => {
    restTimer = undefined;
    const blocks = [...resting].filter(({ isConnected }) => isConnected);
    resting.clear();
    for (const block of blocks) {
      if (rushingFor() > 0) lookAtRest(block);
      else observer?.observe(block);
    }
  }, rushingFor());
}

/** Makes the colouring of a block, which waits until it is in sight. */
export function createColouring(element: HTMLElement, colourist: Colourist): Colouring {
  let language = '';
  let part: CodePart | undefined;
  let reader: LineReader | undefined;
  let isWatched = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const work = (): boolean => {
    if (reader === undefined || !element.isConnected) return false;
    if (isSelectedIn(element)) {
      // Whoever marks code to copy it shall not lose what they have marked.
      waitForQuiet();
      return false;
    }
    if (attempt(() => reader !== undefined && colourist.some(reader))) return true;
    waitForQuiet();
    return false;
  };

  const attempt = (colour: () => boolean): boolean => {
    try {
      return colour();
    } catch {
      // A mode that fails on this code leaves the rest of it plain.
      reader = undefined;
      return false;
    }
  };

  const waitForQuiet = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (!element.isConnected || reader === undefined) return;
      if (isSelectedIn(element)) return waitForQuiet();
      doLater(finish);
    }, quietMs);
  };

  const finish = (): boolean => {
    if (work()) return true;
    const current = reader;
    if (current === undefined || !element.isConnected || isSelectedIn(element)) return false;
    clearTimeout(timer);
    return attempt(() => {
      colourist.ending(current);
      return false;
    });
  };

  const begin = async (): Promise<void> => {
    part ??= await loadCode();
    if (part === undefined) return;
    reader ??= part.createLineReader(language);
    if (reader !== undefined) doLater(work);
  };

  return {
    wake() {
      if (language === '') return;
      forget(finish);
      if (reader !== undefined) doLater(work);
      else if (!isWatched) {
        isWatched = true;
        whenInSight(element, () => void begin());
      }
    },
    restart() {
      const wasReading = reader !== undefined;
      reader = wasReading ? part?.createLineReader(language) : undefined;
    },
    speak(name) {
      language = name;
      if (part !== undefined) reader = part.createLineReader(language);
    },
  };
}

function isSelectedIn(element: Element): boolean {
  const selection = document.getSelection();
  return selection !== null && !selection.isCollapsed && selection.containsNode(element, true);
}
