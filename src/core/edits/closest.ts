/** Lines of a text, from `from` up to but without `to`, counted from 0. */
export interface LineRange {
  readonly from: number;
  readonly to: number;
}

const most = { searchLines: 60, placesOfWord: 8, charactersOfLine: 400, lines: 30_000 } as const;

/**
 * The lines that look most like those searched for; undefined when nothing is much like them. Lines are compared by the
 * words they share, and each that is alike speaks for the place where the search would begin. In a long text lines that are
 * the same but for blanks around them come first, and without any only the text's beginning is compared by words.
 */
export function closestLines(lines: readonly string[], search: readonly string[]): LineRange | undefined {
  const wanted = search.slice(0, most.searchLines).map(wordsOf);
  const known = new Map<string, number[]>();
  for (const [index, words] of wanted.entries()) {
    for (const word of words) {
      const places = known.get(word) ?? [];
      if (places.length < most.placesOfWord) known.set(word, [...places, index]);
    }
  }
  if (known.size === 0) return undefined;

  const same = lines.length > most.lines ? votesOfSame(lines, search.slice(0, most.searchLines)) : undefined;
  const votes = same !== undefined && same.size > 0 ? same : new Map<number, number>();
  if (votes.size === 0) {
    for (const [index, line] of lines.slice(0, most.lines).entries()) {
      const words = wordsOf(line);
      for (const [place, shared] of sharedWith(words, known)) {
        const likeness = (2 * shared) / (words.size + (wanted[place]?.size ?? 0));
        if (likeness >= 0.5) votes.set(index - place, (votes.get(index - place) ?? 0) + likeness);
      }
    }
  }
  let best: { readonly at: number; readonly votes: number } | undefined;
  for (const [at, count] of votes) if (best === undefined || count > best.votes || (count === best.votes && at < best.at)) best = { at, votes: count };
  if (best === undefined) return undefined;
  return { from: Math.max(0, best.at), to: Math.min(lines.length, best.at + search.length) };
}

function votesOfSame(lines: readonly string[], search: readonly string[]): Map<number, number> {
  const places = new Map<string, number>();
  for (const [index, line] of search.entries()) if (wordsOf(line).size > 0 && !places.has(line.trim())) places.set(line.trim(), index);
  const votes = new Map<number, number>();
  for (const [index, line] of lines.entries()) {
    const place = places.get(line.trim());
    if (place !== undefined) votes.set(index - place, (votes.get(index - place) ?? 0) + 1);
  }
  return votes;
}

function wordsOf(line: string): ReadonlySet<string> {
  return new Set(line.slice(0, most.charactersOfLine).match(/[\p{L}\p{N}_]+/gu)?.map((word) => word.toLowerCase()));
}

/** With how many words each line searched for shares with these. */
function sharedWith(words: ReadonlySet<string>, known: ReadonlyMap<string, readonly number[]>): ReadonlyMap<number, number> {
  const shared = new Map<number, number>();
  for (const word of words) for (const place of known.get(word) ?? []) shared.set(place, (shared.get(place) ?? 0) + 1);
  return shared;
}
