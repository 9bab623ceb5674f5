import { indentationRule, indentOf, type Reindent } from './indentation.ts';
import { mostPlaces, occurrencesOf } from './occurrences.ts';

/** How lines are held to be the same: as they are, but for blanks at their ends, or but for indentation too. */
export type Likeness = 'exact' | 'trailing' | 'indentation';

const keys: { readonly [Name in Likeness]: (line: string) => string } = {
  exact: (line) => line,
  trailing: (line) => line.trimEnd(),
  indentation: (line) => line.trim(),
};

const mostCompared = 2_000_000;

export interface LineMatch {
  /** Index of the first line, from 0. */
  readonly line: number;
  readonly reindent: Reindent;
}

/** The lines of a text, to be searched in for other lines as often as wanted. */
export function lineMatcher(lines: readonly string[]): (search: readonly string[], likeness: Likeness) => readonly LineMatch[] {
  const indexed = new Map<Likeness, { readonly ids: Map<string, number>; readonly sequence: Uint32Array }>();
  const indexFor = (likeness: Likeness): { readonly ids: Map<string, number>; readonly sequence: Uint32Array } => {
    const known = indexed.get(likeness);
    if (known !== undefined) return known;
    const ids = new Map<string, number>();
    const sequence = Uint32Array.from(lines, (line) => {
      const key = keys[likeness](line);
      const id = ids.get(key) ?? ids.size;
      ids.set(key, id);
      return id;
    });
    const index = { ids, sequence };
    indexed.set(likeness, index);
    return index;
  };

  return (search, likeness) => {
    const { ids, sequence } = indexFor(likeness);
    const needle = search.map((line) => ids.get(keys[likeness](line)) ?? -1);
    if (needle.includes(-1)) return [];
    const places = occurrencesOf(sequence, needle);
    if (likeness !== 'indentation') return places.map((line) => ({ line, reindent: same }));
    // So many places are not told apart by their indentation in any time: then only the exact text will do.
    if (places.length > mostPlaces || places.length * search.length > mostCompared) return [];
    const found: LineMatch[] = [];
    for (const line of places) {
      const reindent = ruleAt(lines, line, search);
      if (reindent !== undefined) found.push({ line, reindent });
    }
    return found;
  };
}

const same: Reindent = (indent) => indent;

function ruleAt(lines: readonly string[], at: number, search: readonly string[]): Reindent | undefined {
  const seen = new Set<string>();
  const pairs = search.flatMap((line, index) => {
    const pair = { written: indentOf(line), file: indentOf(lines[at + index] ?? '') };
    const key = `${pair.written}\0${pair.file}`;
    if (line.trim() === '' || seen.has(key)) return [];
    seen.add(key);
    return [pair];
  });
  return indentationRule(pairs);
}
