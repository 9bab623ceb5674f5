import { showHidden } from '../../protocol/hiddenCharacters.ts';
import { indentOf } from './indentation.ts';
import { hasLineNumbers, withoutLineNumbers } from './lineNumbers.ts';
import { lineMatcher, type Likeness, type LineMatch } from './matchLines.ts';
import { mostPlaces, textOccurrences } from './occurrences.ts';
import { escapesIn, restoreHidden, shownText } from './shownText.ts';

/** A place that the model means, from one character to before another, and what becomes of its replacement there. */
export interface Place {
  readonly from: number;
  readonly to: number;
  /** Number of the line where it begins, from 1. */
  readonly line: number;
  /** What is to be written there for the model's replacement. */
  readonly rewrite: (replacement: string) => Rewritten;
}

export type Rewritten = { readonly text: string } | { readonly problem: string };

/** Places in order, which may overlap: none or several where one is wanted is never settled by a guess. */
export interface Located {
  readonly places: readonly Place[];
  /** How the places were found; `numbers`: without the line numbers of read_file, and hence by whole lines. */
  readonly by: Likeness | 'numbers';
}

/** Finds texts in one text. */
export interface Locator {
  /** By the first of these ways that finds anything: exactly; by whole lines without regard to blanks at their ends; with another indentation, the same for all lines. */
  locate(search: string): Located;
  readonly lines: readonly string[];
}

/**
 * A locator for this text, whose lines end with `\n`. Each search takes about as long as reading the text. A search that
 * writes hidden characters out, as read_file does, finds both them and the text that they are written out with.
 */
export function createLocator(text: string): Locator {
  const plain = createFinder(text);
  let shown: { readonly finder: Finder; readonly toText: (offset: number) => number | undefined } | undefined;
  const shownFinder = (): typeof shown => {
    const seen = shown === undefined ? shownText(text) : undefined;
    if (seen !== undefined) shown = { finder: createFinder(seen.shown), toText: (offset) => seen.toText(offset) };
    return shown;
  };

  return {
    lines: plain.lines,
    locate(search) {
      const other = escapesIn(search).length > 0 ? shownFinder() : undefined;
      if (other === undefined) return plain.find(search);
      const { places, by } = other.finder.find(showHidden(search));
      // Too many are all the same to everybody, and those that are left out here may have been the ones to count.
      if (places.length > mostPlaces) return { places, by };
      return { places: places.flatMap((place) => inText(place, text, other.toText)), by };
    },
  };
}

/** A place among written-out characters as one of the text; none where it begins or ends inside of such a one. */
function inText({ from, to, line, rewrite }: Place, text: string, toText: (offset: number) => number | undefined): readonly Place[] {
  const [start, end] = [toText(from), toText(to)];
  if (start === undefined || end === undefined) return [];
  const replaced = text.slice(start, end);
  const restored = (replacement: string): Rewritten => {
    const written = restoreHidden(replacement, replaced);
    if (written === undefined) return { problem: 'a hidden character stands there both as itself and written out, so it cannot be told which one the replacement means; search for less, without it' };
    return rewrite(written);
  };
  return [{ from: start, to: end, line, rewrite: restored }];
}

interface Finder {
  find(search: string): Located;
  readonly lines: readonly string[];
}

function createFinder(text: string): Finder {
  const lines = text.split('\n');
  const starts: number[] = [];
  let at = 0;
  for (const line of lines) {
    starts.push(at);
    at += line.length + 1;
  }
  const match = lineMatcher(lines);

  const exactly = (search: string): readonly Place[] =>
    textOccurrences(text, search).map((from) => ({ from, to: from + search.length, line: lineAt(starts, from), rewrite: asIs }));

  const byLines = (search: string): Located => {
    const written = search.split('\n');
    const ends = blankEnds(written);
    // The blank lines around it are looked for too, at first; the line end behind the last line is none.
    const blocks = [
      { skipped: { above: 0, below: written.at(-1) === '' ? 1 : 0 } },
      { skipped: ends },
    ].map(({ skipped }) => ({ skipped, block: written.slice(skipped.above, written.length - skipped.below) }));
    for (const { skipped, block } of blocks) {
      if (block.every((line) => line.trim() === '')) continue;
      for (const by of ['exact', 'trailing', 'indentation'] as const) {
        const matches = match(block, by);
        if (matches.length > 0) return { by, places: matches.map((found) => placeOf(found, block.length, skipped)) };
      }
    }
    return { places: [], by: 'exact' };
  };

  const placeOf = ({ line, reindent }: LineMatch, count: number, skipped: BlankEnds): Place => {
    const from = starts[line] ?? 0;
    const next = starts[line + count];
    // With the search's last line end goes that of the line, so that nothing in its place leaves no empty line behind.
    const takesEnd = skipped.below > 0 && next !== undefined;
    const to = (next ?? text.length + 1) - (takesEnd ? 0 : 1);
    return {
      from,
      to,
      line: line + 1,
      rewrite(replacement) {
        if (takesEnd && replacement === '') return asIs('');
        const written = rewriteLines(replacement, skipped, reindent);
        return takesEnd && 'text' in written ? asIs(`${written.text}\n`) : written;
      },
    };
  };

  return {
    lines,
    find(search) {
      const places = exactly(search);
      if (places.length > 0) return { places, by: 'exact' };
      const bare = withoutLineNumbers(search);
      if (bare === undefined) return byLines(search);
      return { by: 'numbers', places: byLines(bare).places.map((place) => ({ ...place, rewrite: (replacement) => withBareLines(replacement, place.rewrite) })) };
    },
  };
}

function withBareLines(replacement: string, rewrite: Place['rewrite']): Rewritten {
  const bare = withoutLineNumbers(replacement);
  if (bare === undefined && hasLineNumbers(replacement)) return { problem: 'the numbers that read_file puts before each line are not part of the file; leave them out of search and replace' };
  return rewrite(bare ?? replacement);
}

const asIs = (text: string): Rewritten => ({ text });

/** How many lines of nothing but blanks a text begins and ends with. */
interface BlankEnds {
  readonly above: number;
  readonly below: number;
}

function blankEnds(lines: readonly string[]): BlankEnds {
  const above = lines.findIndex((line) => line.trim() !== '');
  const last = lines.findLastIndex((line) => line.trim() !== '');
  return above < 0 ? { above: 0, below: 0 } : { above, below: lines.length - 1 - last };
}

/** The replacement for whole lines: without the blank lines that were left out of the search too, and indented as the file is. */
function rewriteLines(replacement: string, skipped: BlankEnds, reindent: LineMatch['reindent']): Rewritten {
  const lines = replacement.split('\n');
  const { above, below } = replacement.trim() === '' ? { above: 0, below: lines.length - 1 } : blankEnds(lines);
  const written: string[] = [];
  for (const line of lines.slice(Math.min(above, skipped.above), lines.length - Math.min(below, skipped.below))) {
    const indent = line.trim() === '' ? '' : reindent(indentOf(line));
    if (indent === undefined) return { problem: 'the text stands there with another indentation, and it cannot be told what the indentation of the replacement would be; copy the indentation exactly' };
    written.push(line.trim() === '' ? line : indent + line.trimStart());
  }
  return { text: written.join('\n') };
}

/** The number of the line that holds the character, from 1. */
function lineAt(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? Infinity) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
