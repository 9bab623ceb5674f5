import type { RefObject } from 'preact';
import { meaningOf, noComposition } from '../enterKey.ts';

/** A sheet with a field to search in. */
export interface SearchSheet {
  /** What is searched for. */
  readonly wanted: string;
  readonly field: RefObject<HTMLInputElement | null>;
  readonly setQuery: (query: string) => void;
  readonly close: () => void;
}

/** Whether a key is spent already: somebody has answered it, an input method has it, or it is Escape, which takes the words first, as in any field to search with, and then the sheet. */
export function isSpent(event: KeyboardEvent, { wanted, field, setQuery, close }: SearchSheet): boolean {
  // What belongs to an input method is left to it: 229 is how browsers say so.
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return true;
  if (meaningOf(event, noComposition) !== 'stop') return false;
  event.preventDefault();
  if (wanted === '') {
    close();
    return true;
  }
  if (field.current !== null) field.current.value = '';
  setQuery('');
  field.current?.focus();
  return true;
}
