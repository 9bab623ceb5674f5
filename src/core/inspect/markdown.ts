import { showHidden } from '../../protocol/hiddenCharacters.ts';

/** Foreign text in a line of Markdown: it can neither leave its cell nor become a heading, a link or a picture. */
export function inLine(text: string): string {
  return showHidden(text).replace(/\s+/g, ' ').replace(/[\\`*_[\]<>|!]/g, String.raw`\$&`);
}

/** A code block whose fence is longer than any in the text, which so cannot leave it. */
export function fenced(text: string, language = ''): readonly string[] {
  let longest = 2;
  // Not the largest of a list of them: as arguments thousands run out of stack.
  for (const [run] of text.matchAll(/`{3,}/g)) longest = Math.max(longest, run.length);
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, showHidden(text), fence];
}
