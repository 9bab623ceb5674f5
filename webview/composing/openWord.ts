/** The word that is being written behind `@` or `/`; with its sign it stands from `from` to the caret at `to`, in UTF-16 units. */
export interface OpenWord {
  readonly kind: 'mention' | 'command';
  /** The word without its sign. */
  readonly query: string;
  readonly from: number;
  readonly to: number;
}

/** Nobody looks for anything longer, and the regular expressions see no more than this. */
const longestQuery = 200;

// Chinese and Japanese put no blanks between words, so the sign may follow one directly; behind a Latin letter it is part
// of an address (`me@example.org`). Input methods write the signs in full width too.
const mention = /(?:^|[\s([{<"'“‘\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303F\uFF01-\uFF1F\uFF3B-\uFF65])([@＠][^\s@＠]*)$/u;
const command = /^[/／]\S*$/u;

/** The word that is open at the caret, or undefined. */
export function openWordAt(text: string, caret: number): OpenWord | undefined {
  if (caret <= longestQuery && command.test(text.slice(0, caret))) return { kind: 'command', query: text.slice(1, caret), from: 0, to: caret };
  // With two more, so that what stands before the longest word is seen.
  const written = mention.exec(text.slice(Math.max(0, caret - longestQuery - 2), caret))?.[1];
  if (written === undefined || written.length > longestQuery) return undefined;
  return { kind: 'mention', query: written.slice(1), from: caret - written.length, to: caret };
}

/** Where to cut so that taking the word out of the text leaves no second blank: one goes with it where there are two. */
export function rangeToRemove(text: string, { from, to }: OpenWord): { readonly from: number; readonly to: number } {
  const isBlankBefore = from === 0 || /\s/u.test(text.charAt(from - 1));
  return { from, to: isBlankBefore && text.charAt(to) === ' ' ? to + 1 : to };
}
