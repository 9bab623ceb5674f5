/*
 * Finding paths by a few of their letters, in order: `cmptsx` finds `webview/parts/Composer.tsx`. The name counts more than
 * the folders, beginnings of words more than letters within them, letters that stand together more than scattered ones.
 */

/** A path that can be looked for: its lower case is made once. */
export interface Candidate {
  readonly path: string;
  readonly lower: string;
  /** Where its name begins. */
  readonly name: number;
}

export function candidateOf(path: string): Candidate {
  return { path, lower: path.toLowerCase(), name: path.lastIndexOf('/') + 1 };
}

/** How well a path fits, the higher the better; undefined when it does not. `query` is in lower case, without blanks. */
export function scoreOf({ path, lower, name }: Candidate, query: string): number | undefined {
  if (query === '') return 0;
  const short = -path.length / 1000;
  const inName = lower.indexOf(query, name);
  if (inName >= 0) {
    const whole = inName === name && (lower.length === name + query.length || lower.charAt(name + query.length) === '.');
    return 1000 + (whole ? 500 : inName === name ? 300 : isWordStart(path, inName) ? 150 : 0) + short;
  }
  const anywhere = lower.indexOf(query);
  if (anywhere >= 0) return 700 + (isWordStart(path, anywhere) ? 50 : 0) + short;
  const scattered = query.includes('/') ? undefined : scatter(path, lower, { query, from: name });
  if (scattered !== undefined) return 300 + scattered + short;
  const overall = scatter(path, lower, { query, from: 0 });
  return overall === undefined ? undefined : overall + short;
}

/** Letters in order from a place on; undefined when not all are there. */
function scatter(path: string, lower: string, { query, from }: { readonly query: string; readonly from: number }): number | undefined {
  let score = 0;
  let at = from - 1;
  for (let index = 0; index < query.length; index += 1) {
    const next = lower.indexOf(query.charAt(index), at + 1);
    if (next === -1) return undefined;
    score += next === at + 1 && index > 0 ? 8 : isWordStart(path, next) ? 6 : 0;
    at = next;
  }
  return score;
}

function isWordStart(path: string, at: number): boolean {
  const before = path.charAt(at - 1);
  if (at === 0 || /[/._\- ]/.test(before)) return true;
  const here = path.charAt(at);
  return here !== here.toLowerCase() && before === before.toLowerCase();
}

/** The best of what was seen, best first; of equals the one that was seen first. */
export interface Best<Item> {
  offer(item: Item, score: number): void;
  list(): readonly Item[];
}

export function createBest<Item>(count: number): Best<Item> {
  const kept: { readonly item: Item; readonly score: number }[] = [];
  return {
    offer(item, score) {
      if (kept.length >= count && score <= (kept.at(-1)?.score ?? 0)) return;
      let index = kept.length;
      while (index > 0 && (kept[index - 1]?.score ?? 0) < score) index -= 1;
      kept.splice(index, 0, { item, score });
      if (kept.length > count) kept.pop();
    },
    list: () => kept.map(({ item }) => item),
  };
}
