import type { BlockContext, Element, InlineContext, Line, MarkdownConfig } from '@lezer/markdown';
import { closingMark, isFormula, openingMark, type Mark } from './formulaMarks.ts';

/** A formula that is longer than this, in UTF-16 units, stays text: drawing one is a single task, of 40 ms at that length when it is a hostile one. */
const longestFormula = 2 * 1024;

const dollar = 36;
const backslash = 92;

/**
 * Formulas as models write them: `$…$` and `\(…\)` within a line, `$$…$$` and `\[…\]` within a line or over several. Which
 * marks are none, money above all, is for {@link isFormula} to say. What has no closing mark is text.
 */
export const formulas: MarkdownConfig = {
  defineNodes: [{ name: 'FormulaBlock', block: true }, { name: 'FormulaText' }, { name: 'Formula' }],
  parseBlock: [{ name: 'FormulaBlock', before: 'LinkReference', parse: takeBlock, endLeaf: (_, line) => interruptsParagraph(line) }],
  parseInline: [{ name: 'Formula', before: 'Escape', parse: takeInline }],
};

function takeInline(context: InlineContext, next: number, from: number): number {
  if (next !== dollar && next !== backslash) return -1;
  const { text, offset } = context;
  const start = from - offset;
  const mark = openingMark(text, start);
  if (mark === undefined) return -1;
  const close = closingMark(text, start + mark.open.length, mark);
  if (close === undefined || close - start > longestFormula) return -1;
  const source = text.slice(start + mark.open.length, close);
  const around = { before: text.charAt(start - 1), after: text.charAt(close + mark.close.length) };
  if (!isFormula(source, mark, around)) return -1;
  return context.addElement(context.elt('Formula', from, close + mark.close.length + offset));
}

/** The mark of a block that begins with this line: nothing but its content stands beside it. */
function blockMark(line: Line): Mark | undefined {
  if (line.next !== dollar && line.next !== backslash) return undefined;
  const mark = openingMark(line.text, line.pos);
  return mark?.isDisplay === true ? mark : undefined;
}

/** A line of its own is certain enough to end the paragraph before it; one that merely begins with the mark is not. */
function interruptsParagraph(line: Line): boolean {
  const mark = blockMark(line);
  if (mark === undefined) return false;
  const rest = line.text.slice(line.pos + mark.open.length).trim();
  return rest === '' || (rest.endsWith(mark.close) && rest.indexOf(mark.close) === rest.length - mark.close.length && isFormula(rest.slice(0, -mark.close.length), mark));
}

function takeBlock(context: BlockContext, line: Line): boolean {
  const mark = blockMark(line);
  if (mark === undefined) return false;
  const { depth } = context;
  const from = context.lineStart + line.pos;
  const first = line.text.slice(line.pos + mark.open.length);
  const inFirst = first.indexOf(mark.close);
  // Something stands behind the formula: a paragraph that begins with one.
  if (inFirst !== -1 && (first.slice(inFirst + mark.close.length).trim() !== '' || !isFormula(first.slice(0, inFirst), mark))) return false;
  const children: Element[] = [];
  /** What a paragraph would have: the text from `from` on, as long as nothing but it stands in the lines. */
  let whole = line.text.slice(line.pos);
  let isMarked = false;
  let to = context.lineStart + line.text.length;
  const addText = (start: number, end: number): void => void (end > start && children.push(context.elt('FormulaText', start, end)));

  const finish = (isClosed: boolean): boolean => {
    if (isClosed) context.addElement(context.elt('FormulaBlock', from, to, children));
    else {
      const markers = children.filter((child) => child.type !== formulaTextType(context));
      context.addElement(context.elt('Paragraph', from, to, isMarked ? markers : context.parser.parseInline(whole, from)));
    }
    return true;
  };

  const textFrom = from + mark.open.length;
  if (inFirst !== -1) {
    addText(textFrom, textFrom + inFirst);
    context.nextLine();
    return finish(true);
  }
  addText(textFrom, to);
  while (context.nextLine() && depthOf(line) >= depth && line.pos < line.text.length && to - from < longestFormula) {
    for (const marker of line.markers) {
      isMarked = true;
      children.push(marker);
    }
    const close = line.text.indexOf(mark.close, line.pos);
    const isLast = close !== -1;
    whole += `\n${line.text}`;
    to = context.lineStart + line.text.length;
    addText(context.lineStart + line.basePos, isLast ? context.lineStart + close : to);
    if (!isLast) continue;
    const isEnd = line.text.slice(close + mark.close.length).trim() === '';
    if (!isEnd) continue;
    context.nextLine();
    return finish(true);
  }
  return finish(false);
}

/** How many of the blocks around go on in this line; the parser's own types leave it out. */
function depthOf(line: Line): number {
  return (line as Line & { readonly depth: number }).depth;
}

function formulaTextType(context: BlockContext): number {
  return context.elt('FormulaText', 0, 0).type;
}
