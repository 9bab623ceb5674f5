import type { Suggestion, SuggestionsView } from '../../src/protocol/contextView.ts';
import { tr } from '../strings.ts';
import type { OpenWord } from './openWord.ts';

/** What is drawn of the suggestions for a word. */
export interface FittingItems {
  readonly items: readonly Suggestion[];
  readonly isSearching: boolean;
}

/**
 * What of the last answer fits what is written by now; undefined when it answers something else. While the next answer is
 * on its way, what the last one found for more or less of the same word stays, so that the list does not flicker.
 */
export function fittingItems(suggestions: SuggestionsView | undefined, word: OpenWord | undefined): FittingItems | undefined {
  if (suggestions === undefined || word === undefined || suggestions.kind !== word.kind) return undefined;
  const { query, items, isSearching } = suggestions;
  if (query === word.query) return { items, isSearching };
  if (query.startsWith(word.query)) return { items, isSearching: true };
  if (!word.query.startsWith(query)) return undefined;
  // `#` asks for symbols only, and paths are found by some of their letters.
  const wanted = folded(word.query.replace(/^#/, ''));
  return { items: items.filter(({ label, detail }) => isWithin(wanted, folded(`${detail === undefined ? '' : tr(detail)}/${label}`))), isSearching: true };
}

/** Whether all characters of the one come in the other, in their order. */
function isWithin(part: string, whole: string): boolean {
  let from = 0;
  for (const character of part) {
    from = whole.indexOf(character, from) + 1;
    if (from === 0) return false;
  }
  return true;
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
