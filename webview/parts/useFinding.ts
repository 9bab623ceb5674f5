import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { mark, reveal, unmark } from '../find/marks.ts';
import { rangesIn } from '../find/ranges.ts';
import { patternOf, search, searchablesOf, type Found } from '../find/search.ts';
import { usePage } from '../page.ts';

/** What is found, and how to go through it. */
export interface Finding {
  readonly total: number;
  /** Which one is shown, counted from 1; 0 for none. */
  readonly number: number;
  readonly isDone: boolean;
  readonly step: (by: 1 | -1) => void;
}

interface Place {
  readonly key: string;
  /** Which one in its text, counted from 0. */
  readonly index: number;
}

/** More are not marked: nobody looks at them all, and each costs. */
const mostMarked = 2000;

/** While an answer comes it is searched again after so many milliseconds; and a section that was opened is looked for so often. */
const againMs = 600;
const drawnMs = 40;
const mostLooks = 150;
const mostLooksDrawn = 10;

/** Finds the words in the chat, also in what is folded or not drawn yet, and keeps up with an answer that comes. */
export function useFinding(query: string, scroller: RefObject<HTMLElement | null>): Finding {
  const { connection, unfold } = usePage();
  const [result, setResult] = useState<{ readonly found: readonly Found[]; readonly isDone: boolean }>({ found: [], isDone: true });
  const [place, setShown] = useState<Place>();
  // As it is now, also for a search that was under way when somebody went on.
  const latest = useRef<Place>(undefined);
  const setPlace = (next: Place | undefined): void => {
    latest.current = next;
    setShown(next);
  };
  const [round, setRound] = useState(0);
  const goes = useRef<ReturnType<typeof setTimeout>>(undefined);
  const pattern = patternOf(query);

  useEffect(() => {
    const timer = setInterval(() => connection.state()?.activity.kind === 'running' && setRound((count) => count + 1), againMs);
    const stop = connection.onChange(() => setRound((count) => count + 1));
    return () => {
      clearInterval(timer);
      clearTimeout(goes.current);
      stop();
      unmark();
    };
  }, [connection]);

  const { found, isDone } = result;
  const total = found.reduce((sum, { count }) => sum + count, 0);
  const number = place === undefined ? 0 : numberOf(found, place);

  const paint = (list: readonly Found[], current: Place | undefined): StaticRange | undefined => {
    const frame = scroller.current;
    if (frame === null || pattern === undefined) return unmark() as undefined;
    const drawn = elementsIn(frame);
    let at: StaticRange | undefined;
    const all: StaticRange[] = [];
    for (const { text } of list) {
      if (all.length > mostMarked && text.key !== current?.key) continue;
      const element = drawn.get(text.key);
      const ranges = element === undefined ? [] : rangesIn(element, pattern);
      if (text.key === current?.key) at = ranges[Math.min(current.index, ranges.length - 1)];
      if (all.length <= mostMarked) all.push(...ranges);
    }
    mark({ all, current: at });
    return at;
  };

  /** Shows a place: opens what it is in, waits until that is drawn, and goes there. */
  const go = (list: readonly Found[], target: Place): void => {
    setPlace(target);
    for (const section of list.find(({ text }) => text.key === target.key)?.text.sections ?? []) unfold.tell(section);
    let looks = 0;
    const look = (): void => {
      const at = paint(list, target);
      if (at !== undefined && scroller.current !== null && at.startContainer.parentElement?.closest('[hidden]') === null) return reveal(at, scroller.current);
      looks += 1;
      // What is drawn and has it not will not come to have it.
      const isDrawn = scroller.current !== null && elementsIn(scroller.current).has(target.key);
      if (looks < (isDrawn ? mostLooksDrawn : mostLooks)) goes.current = setTimeout(look, drawnMs);
    };
    clearTimeout(goes.current);
    goes.current = setTimeout(look, 0);
  };

  useEffect(() => {
    if (pattern === undefined) {
      setResult({ found: [], isDone: true });
      setPlace(undefined);
      unmark();
      return undefined;
    }
    const turns = connection.state()?.turns ?? [];
    return search(searchablesOf(turns), pattern, (list, done) => {
      setResult({ found: [...list], isDone: done });
      if (!done) return;
      const present = latest.current;
      const kept = present !== undefined && numberOf(list, present) > 0 ? present : undefined;
      const target = kept ?? nearest(list, scroller.current, turns.map(({ id }) => id));
      // What is looked at stays where it is while the answer grows; only other words lead elsewhere.
      if (target === undefined || (kept !== undefined && round > 0 && lastQuery.current === query)) paint(list, target);
      else go(list, target);
      if (target === undefined) setPlace(undefined);
      lastQuery.current = query;
    });
  }, [query, round, connection]);
  const lastQuery = useRef<string>(undefined);

  const step = (by: 1 | -1): void => {
    if (total === 0) return;
    const target = placeOf(found, ((number + by - 1 + (number === 0 && by === -1 ? 1 : 0) + total) % total) + 1);
    if (target !== undefined) go(found, target);
  };
  return { total, number, isDone, step };
}

function elementsIn(frame: HTMLElement): ReadonlyMap<string, HTMLElement> {
  return new Map([...frame.querySelectorAll<HTMLElement>('[data-text]')].map((element) => [element.dataset['text'] ?? '', element]));
}

/** Counted from 1 over all texts; 0 when the place is not there any more. */
function numberOf(found: readonly Found[], { key, index }: Place): number {
  let before = 0;
  for (const { text, count } of found) {
    if (text.key === key) return index < count ? before + index + 1 : 0;
    before += count;
  }
  return 0;
}

function placeOf(found: readonly Found[], number: number): Place | undefined {
  let before = 0;
  for (const { text, count } of found) {
    if (number <= before + count) return { key: text.key, index: number - before - 1 };
    before += count;
  }
  return undefined;
}

/** The first place from the turn on that is at the upper edge; behind the last one, the first of all. */
function nearest(found: readonly Found[], frame: HTMLElement | null, order: readonly string[]): Place | undefined {
  const edge = frame?.getBoundingClientRect().top ?? 0;
  const shown = [...(frame?.querySelectorAll<HTMLElement>('.turn') ?? [])].find((turn) => turn.getBoundingClientRect().bottom > edge);
  const from = order.indexOf(shown?.dataset['turn'] ?? '');
  const first = found.find(({ text }) => order.indexOf(text.turnId) >= from) ?? found[0];
  return first === undefined ? undefined : { key: first.text.key, index: 0 };
}
