import { hiddenCharacters } from '../../protocol/hiddenCharacters.ts';

const longest = 60;

/** A title of one line and at most 60 characters, without hidden ones; empty for words of which nothing is seen. */
export function titleOf(words: string): string {
  // The first line alone: what follows a question is often code.
  const line = words.replace(hiddenCharacters, '').split(/[\r\n\u0085]+/).map((each) => each.replace(/\s+/g, ' ').trim()).find((each) => each !== '') ?? '';
  const characters = Array.from(line);
  return characters.length <= longest ? line : `${characters.slice(0, longest - 1).join('').trimEnd()}…`;
}
