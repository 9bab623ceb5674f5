import { showHidden } from '../../protocol/hiddenCharacters.ts';

/**
 * The text with its hidden characters written out, which make it up to ten times as long: if that is more than so many
 * characters, its beginning, and the mark with the length that the text itself has.
 */
export function cutAt(text: string, characters: number, mark = 'cut'): string {
  // What is behind one more can only be cut off, so that it need not be looked at.
  const shown = showHidden(text.slice(0, characters + 1));
  if (shown.length <= characters) return shown;
  return `${beginningOf(shown, characters)} [${mark}: ${text.length} characters]`;
}

/** At most so many characters of a text whose hidden characters are written out, none of which is cut in two. */
export function beginningOf(shown: string, characters: number): string {
  return shown.length <= characters ? shown : shown.slice(0, characters).replace(/(?:[\uD800-\uDBFF]|\\u\{[0-9A-F]{0,6}|\\u?)$/, '');
}
