import type { BlockContext, LeafBlock, LeafBlockParser, Line, MarkdownConfig } from '@lezer/markdown';

/** How deep lists and quotations may lie in one another (a list and its item count as two); deeper lines are plain text. */
export const deepestBlock = 40;

/** How deep emphasis and pictures may lie in one another; what lies deeper is drawn as it was written. */
export const deepestInline = 24;

/** A paragraph longer than this, in UTF-16 units, is drawn as several. */
const longestParagraph = 32 * 1024;

/** A table longer than this goes on as a paragraph. */
const longestTable = 256 * 1024;

/** Markup characters times length from which on a paragraph is shown as it was written. */
const dearestInline = 3_000_000;

/** A paragraph of one endless line is not worth it either. */
const longestInline = 128 * 1024;

const longBlank = ' '.repeat(1000);

const markup = /[*_[\]<!&`~\\@]|www\.|:\/\//g;

/**
 * Whether the inline markup of one paragraph is worth parsing. The parser looks ahead or back from each markup character,
 * so that its time grows with their number times the length: 64 KB of `<?` alone would take seconds.
 */
export function isAffordable(text: string): boolean {
  if (text.length < 1000) return true;
  if (text.length > longestInline) return false;
  // The parser looks ahead over a run of blanks from each of its places.
  if (text.includes(longBlank)) return false;
  return (text.match(markup)?.length ?? 0) * text.length < dearestInline;
}

/** Keeps the parser's time in proportion to the text's length, whatever the text is. */
export const limits: MarkdownConfig = {
  parseBlock: [
    { name: 'TooDeep', before: 'LinkReference', parse: takeDeepLine },
    { name: 'TooLong', before: 'LinkReference', leaf: () => new LengthGuard() },
  ],
};

function takeDeepLine(context: BlockContext, line: Line): boolean {
  if (context.depth <= deepestBlock || line.pos >= line.text.length) return false;
  const from = context.lineStart + line.pos;
  context.addElement(context.elt('Paragraph', from, context.lineStart + line.text.length));
  context.nextLine();
  return true;
}

/** Ends a paragraph that has grown too long before its next line. A class, for the parser wants an object with state. */
class LengthGuard implements LeafBlockParser {
  isTable: boolean | undefined = undefined;

  nextLine(context: BlockContext, line: Line, leaf: LeafBlock): boolean {
    // The second line tells whether it is a table: rows are cheap, and cutting a table would break it.
    this.isTable ??= /^[\s>]*[|:-][\s|:-]*$/.test(line.text.slice(0, 1000)) && line.text.includes('-');
    if (leaf.content.length < (this.isTable ? longestTable : longestParagraph)) return false;
    if (this.isTable && leaf.parsers.some((parser) => parser !== this && parser.finish(context, leaf))) return true;
    context.addLeafElement(
      leaf,
      context.elt('Paragraph', leaf.start, leaf.start + leaf.content.length, inlineOf(context, leaf)),
    );
    return true;
  }

  finish(): boolean {
    return false;
  }
}

function inlineOf(context: BlockContext, leaf: LeafBlock): ReturnType<typeof context.parser.parseInline> {
  return context.parser.parseInline(leaf.content, leaf.start);
}
