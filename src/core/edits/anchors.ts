/** Where a line stands in both lists, counted from 0. */
export interface Anchor {
  readonly old: number;
  readonly new: number;
}

/**
 * Entries that occur once in each list, as many as keep their order in both: what a person would hold on to first when
 * comparing ("patience diff"). Takes n log n.
 */
export function anchorsOf(old: readonly number[], fresh: readonly number[]): readonly Anchor[] {
  const inNew = solePlaces(fresh);
  const pairs: Anchor[] = [];
  for (const [entry, place] of solePlaces(old)) {
    const other = inNew.get(entry);
    if (place >= 0 && other !== undefined && other >= 0) pairs.push({ old: place, new: other });
  }
  return longestRising(pairs);
}

/** Each entry's place in the order of first occurrence; -1 when it has several. */
function solePlaces(entries: readonly number[]): Map<number, number> {
  const places = new Map<number, number>();
  for (const [index, entry] of entries.entries()) places.set(entry, places.has(entry) ? -1 : index);
  return places;
}

/** Of pairs that rise in `old` as many as also rise in `new`. */
function longestRising(pairs: readonly Anchor[]): readonly Anchor[] {
  /** The best end of a run of each length, and what comes before each pair in its run. */
  const ends: number[] = [];
  const before: (number | undefined)[] = [];
  const newOf = (index: number | undefined): number => (index === undefined ? -1 : (pairs[index]?.new ?? -1));
  for (const [index, pair] of pairs.entries()) {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (newOf(ends[middle]) < pair.new) low = middle + 1;
      else high = middle;
    }
    before[index] = low === 0 ? undefined : ends[low - 1];
    ends[low] = index;
  }
  const run: Anchor[] = [];
  for (let index = ends.at(-1); index !== undefined; index = before[index]) {
    const pair = pairs[index];
    if (pair !== undefined) run.push(pair);
  }
  return run.toReversed();
}
