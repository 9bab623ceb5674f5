/** How many places are looked for at most: one more than this is too many for anybody. */
export const mostPlaces = 20_000;

/**
 * Where the needle begins in the haystack, overlapping places included, counted from 0; of very many the first
 * {@link mostPlaces} and one. Takes as long as both together, whatever they are made of, which `indexOf` does not (Knuth,
 * Morris and Pratt). An empty needle is nowhere.
 */
export function occurrencesOf(haystack: ArrayLike<number>, needle: ArrayLike<number>): readonly number[] {
  if (needle.length === 0 || needle.length > haystack.length) return [];
  const fallbacks = fallbacksOf(needle);
  const found: number[] = [];
  let matched = 0;
  for (let index = 0; index < haystack.length && found.length <= mostPlaces; index += 1) {
    while (matched > 0 && (matched === needle.length || needle[matched] !== haystack[index])) matched = fallbacks[matched - 1] ?? 0;
    if (needle[matched] === haystack[index]) matched += 1;
    if (matched === needle.length) found.push(index - needle.length + 1);
  }
  return found;
}

/** For each beginning of the needle, how much of the needle's beginning it ends in. */
function fallbacksOf(needle: ArrayLike<number>): Uint32Array {
  const fallbacks = new Uint32Array(needle.length);
  let matched = 0;
  for (let index = 1; index < needle.length; index += 1) {
    while (matched > 0 && needle[matched] !== needle[index]) matched = fallbacks[matched - 1] ?? 0;
    if (needle[matched] === needle[index]) matched += 1;
    fallbacks[index] = matched;
  }
  return fallbacks;
}

/** How much is compared by the quick way before it is taken for the slow one. */
const patience = { head: 64, compared: 20_000_000 } as const;

/** Where one text begins in another: as {@link occurrencesOf}, but quick where nothing was made to be slow. */
export function textOccurrences(text: string, needle: string): readonly number[] {
  if (needle === '') return [];
  // The engine's own search is fast, and never slow for so few characters.
  const head = needle.slice(0, patience.head);
  const found: number[] = [];
  let compared = 0;
  for (let at = text.indexOf(head); at >= 0 && found.length <= mostPlaces; at = text.indexOf(head, at + 1)) {
    compared += needle.length;
    if (compared > patience.compared) return occurrencesOf(codesOf(text), codesOf(needle));
    if (text.startsWith(needle, at)) found.push(at);
  }
  return found;
}

/** Whether one text stands in another, in the same time; `includes` takes their product for texts that a model has chosen to be slow. */
export function holds(text: string, needle: string): boolean {
  return textOccurrences(text, needle).length > 0;
}

function codesOf(text: string): Uint16Array {
  const codes = new Uint16Array(text.length);
  for (let index = 0; index < text.length; index += 1) codes[index] = text.charCodeAt(index);
  return codes;
}
