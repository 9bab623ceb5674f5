import { hiddenCharacters } from '../../protocol/hiddenCharacters.ts';

/** Words that somebody else has written, for a model to read: without hidden characters, cut where they are too long. */
export function cleanText(text: string, characters: number): string {
  // What is far behind the end is not looked at; hidden characters before it make room for what follows them.
  const clean = text.slice(0, 4 * characters).toWellFormed().replace(hiddenCharacters, '').trim();
  return clean.length <= characters ? clean : `${clean.slice(0, characters - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
