import { GFM, parser as commonMark, type MarkdownParser } from '@lezer/markdown';
import { eastAsianEmphasis } from './eastAsian.ts';
import { formulas } from './formulas.ts';
import { isAffordable, limits } from './limits.ts';

/** The parser of the answers: CommonMark with GitHub's tables, tasks, strikethrough and bare links, and formulas. */
export const parser: MarkdownParser = guarded(commonMark.configure([GFM, eastAsianEmphasis, formulas, limits]));

function guarded(unguarded: MarkdownParser): MarkdownParser {
  const parseInline = unguarded.parseInline.bind(unguarded);
  // Everything inline goes through this one method, so this is where a paragraph that is too dear can be left as it is.
  unguarded.parseInline = (text, offset) => (isAffordable(text) ? parseInline(text, offset) : []);
  return unguarded;
}
