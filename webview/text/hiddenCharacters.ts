import { escapeCharacter, hiddenCharacters as hidden, showHidden } from '../../src/protocol/hiddenCharacters.ts';

/** Runs of a text: what reads as it stands, and single characters that would not be seen or would reorder what is seen. */
export type Run = { readonly kind: 'plain'; readonly text: string } | { readonly kind: 'hidden'; readonly escaped: string };

/** Whether the text has a character that {@link visibleRuns} would escape. */
export function hasHidden(text: string): boolean {
  // Not `test`, which would leave its place behind in the expression for `matchAll` to begin at.
  return text.search(hidden) !== -1;
}

/** The same of a text whose hidden characters may have been written out before. */
export function hasEscaped(text: string): boolean {
  return hasHidden(text) || /\\u\{[\dA-F]{4,6}\}/.test(text);
}

/** Splits a text into plain runs and escaped hidden characters, in order; joined, `escaped` taken back, it is the text. */
export function visibleRuns(text: string): Run[] {
  const runs: Run[] = [];
  let from = 0;
  for (const match of text.matchAll(hidden)) {
    if (match.index > from) runs.push({ kind: 'plain', text: text.slice(from, match.index) });
    runs.push({ kind: 'hidden', escaped: escapeCharacter(match[0]) });
    from = match.index + match[0].length;
  }
  if (from < text.length) runs.push({ kind: 'plain', text: text.slice(from) });
  return runs;
}

/** The text with its hidden characters written out, for places that can show only a string. */
export const visibleText = showHidden;
