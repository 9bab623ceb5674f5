import { InlineContext, type MarkdownConfig } from '@lezer/markdown';

const punctuation = /^[\p{S}\p{P}]/u;
const eastAsian = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\u3000-\u303F\uFF00-\uFFEF]/u;
const asterisk = 42;
const underscore = 95;

/** Whether a text starts with a character of an East Asian script, its punctuation included. */
export function isEastAsian(text: string): boolean {
  return eastAsian.test(text);
}

/**
 * Emphasis by CommonMark's rules, with one more: next to an East Asian character a run of `*` may open or close whatever
 * is on its other side. CommonMark asks for white space there, which those scripts do not write, so that the bold of
 * `**“重要”**的` and `**注意：**请` would stay asterisks.
 */
export const eastAsianEmphasis: MarkdownConfig = {
  parseInline: [
    {
      // The name of the built-in parser, which it takes the place of.
      name: 'Emphasis',
      parse(context, next, start) {
        if (next !== asterisk && next !== underscore) return -1;
        let end = start + 1;
        while (context.char(end) === next) end++;
        const before = characterBefore(context, start);
        const after = context.slice(end, end + 2);
        const sides = flanking(before, after);
        const open = sides.left && (next === asterisk || !sides.right || punctuation.test(before));
        const close = sides.right && (next === asterisk || !sides.left || punctuation.test(after));
        const type = next === asterisk ? InlineContext.emphasisAsterisk : InlineContext.emphasisUnderscore;
        return context.addDelimiter(type, start, end, open, close);
      },
    },
  ],
};

function characterBefore(context: InlineContext, position: number): string {
  const low = context.slice(position - 1, position);
  return /[\uDC00-\uDFFF]/.test(low) ? context.slice(position - 2, position) : low;
}

function flanking(before: string, after: string): { readonly left: boolean; readonly right: boolean } {
  const spaceBefore = /^\s|^$/.test(before);
  const spaceAfter = /^\s|^$/.test(after);
  const openBefore = spaceBefore || punctuation.test(before) || isEastAsian(before);
  const openAfter = spaceAfter || punctuation.test(after) || isEastAsian(after);
  return {
    left: !spaceAfter && (!punctuation.test(after) || openBefore),
    right: !spaceBefore && (!punctuation.test(before) || openAfter),
  };
}
