import type { Item, Turn } from '../../src/protocol/viewState.ts';
import { longestShown } from '../../src/protocol/longestShown.ts';
import { visibleText } from '../text/hiddenCharacters.ts';
import { pairsOf, type Pairs } from '../text/pairs.ts';
import { plainLines } from './plainLines.ts';

/** A text of the chat in which something can be found. */
export interface Searchable {
  /** The value of `data-text` of the element that shows it. */
  readonly key: string;
  readonly turnId: string;
  /** Sections that must be open for it to be seen, from the outside in. */
  readonly sections: readonly string[];
  readonly lines: () => readonly string[];
}

/** A text with how often the words are in it, never 0. */
export interface Found {
  readonly text: Searchable;
  readonly count: number;
}

/** The words as an expression that finds them, whatever the case; undefined for no words. */
export function patternOf(query: string): RegExp | undefined {
  return query.trim() === '' ? undefined : new RegExp(query.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`), 'giu');
}

/** The texts of the turns in their order: questions, reasoning, answers, and what tools were given and gave. */
export function searchablesOf(turns: readonly Turn[]): readonly Searchable[] {
  return turns.flatMap((turn) => {
    const pairs = pairsOf(turn.items);
    const hasOthers = turn.items.some(({ kind }) => kind === 'alternative');
    return [
      ...(turn.isSummary === true ? [] : [{ key: `${turn.id}/question`, turnId: turn.id, sections: [], lines: () => [turn.question.text] }]),
      ...turn.items.flatMap((item) => inItem(wordsAt(item, pairs), turn.id, hasOthers ? [`${turn.id}/first`] : [])),
    ];
  });
}

/** Whose words stand where the item does: a call's are within the card of its review. */
function wordsAt(item: Item, pairs: Pairs): Item | undefined {
  if (item.kind === 'call') return pairs.reviewOf(item) === undefined ? item : undefined;
  return item.kind === 'review' ? pairs.callOf(item) : item;
}

function inItem(item: Item | undefined, turnId: string, sections: readonly string[]): readonly Searchable[] {
  switch (item?.kind) {
    case 'reasoning':
      return [{ key: item.id, turnId, sections: [...sections, item.id], lines: () => linesOf(item, item.text) }];
    case 'text':
      return [{ key: item.id, turnId, sections, lines: () => linesOf(item, item.text) }];
    case 'call':
      return [
        { key: `${item.id}/arguments`, turnId, sections: [item.id], lines: () => shownLines(item.arguments) },
        ...(item.result === undefined ? [] : [{ key: `${item.id}/result`, turnId, sections: [item.id], lines: () => shownLines(item.result ?? '') }]),
      ];
    case 'alternative':
      return [
        ...(item.reasoning === '' ? [] : [{ key: `${item.id}/reasoning`, turnId, sections: [`${item.id}/reasoning`], lines: () => plainLines(item.reasoning) }]),
        { key: item.id, turnId, sections: [item.id], lines: () => linesOf(item, item.text) },
      ];
    default:
      return [];
  }
}

// An item that has changed is another object.
const known = new WeakMap<Item, readonly string[]>();

function linesOf(item: Item, text: string): readonly string[] {
  let lines = known.get(item);
  if (lines === undefined) known.set(item, (lines = plainLines(text)));
  return lines;
}

/** As a card shows it: what it does not show is not found. It is one piece with its line ends. */
function shownLines(text: string): readonly string[] {
  return [visibleText(text.slice(0, longestShown))];
}

/** So long, in milliseconds, the search works before it lets the page do something else. */
const sliceMs = 8;

/** Looks through the texts piece by piece; `tell` hears of all that was found so far, at last with `isDone`. Answers how to stop. */
export function search(texts: readonly Searchable[], pattern: RegExp, tell: (found: readonly Found[], isDone: boolean) => void): () => void {
  const found: Found[] = [];
  let next = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const work = (): void => {
    const end = performance.now() + sliceMs;
    while (next < texts.length && performance.now() < end) {
      const text = texts[next++];
      const count = text?.lines().reduce((sum, line) => sum + (line.match(pattern)?.length ?? 0), 0) ?? 0;
      if (text !== undefined && count > 0) found.push({ text, count });
    }
    tell(found, next >= texts.length);
    if (next < texts.length) timer = setTimeout(work, 0);
  };
  work();
  return () => clearTimeout(timer);
}
