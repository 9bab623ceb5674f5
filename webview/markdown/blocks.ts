import type { SyntaxNode, Tree } from '@lezer/common';
import { element, type Drawing, type Marks, type Tag } from './drawing.ts';
import { describeFormula, describeInline, type Scope } from './inline.ts';
import { readInfo } from './fenceInfo.ts';
import { describeTable } from './tables.ts';

/** Drawings of subtrees that a later parse may hand back unchanged, each with the labels it found undefined. */
export type Drawn = WeakMap<Tree, { readonly drawing: Drawing; readonly missed: readonly string[] }>;

const headings: Readonly<Record<string, Tag>> = {
  ATXHeading1: 'h1',
  ATXHeading2: 'h2',
  ATXHeading3: 'h3',
  ATXHeading4: 'h4',
  ATXHeading5: 'h5',
  ATXHeading6: 'h6',
  SetextHeading1: 'h1',
  SetextHeading2: 'h2',
};

/** Describes one block; undefined for what shows nothing, such as the definition of a link. */
export function describeBlock(scope: Scope, node: SyntaxNode, drawn: Drawn): Drawing | undefined {
  return remembered(scope, node, drawn, () => describe(scope, node, drawn));
}

function remembered<Made extends Drawing | undefined>(
  scope: Scope,
  node: SyntaxNode,
  drawn: Drawn,
  make: () => Made,
): Drawing | Made {
  const { tree } = node;
  const known = tree === null ? undefined : drawn.get(tree);
  if (known !== undefined) {
    scope.missed.push(...known.missed);
    return known.drawing;
  }
  const missedBefore = scope.missed.length;
  const drawing = make();
  if (tree !== null && drawing !== undefined) drawn.set(tree, { drawing, missed: scope.missed.slice(missedBefore) });
  return drawing;
}

function describe(scope: Scope, node: SyntaxNode, drawn: Drawn): Drawing | undefined {
  switch (node.name) {
    case 'Paragraph':
      return element('p', describeInline(scope, node, node.from, node.to));
    case 'Blockquote':
      return element('blockquote', describeFrom(scope, node.firstChild, drawn));
    case 'BulletList':
    case 'OrderedList':
      return describeList(scope, node, drawn);
    case 'FencedCode':
    case 'CodeBlock':
      return describeCode(scope, node);
    case 'FormulaBlock':
      return describeFormulaBlock(scope, node);
    case 'HorizontalRule':
      return element('hr');
    case 'Table':
      return describeTable(scope, node);
    case 'LinkReference':
      return undefined;
    default: {
      const heading = headings[node.name];
      if (heading !== undefined) return describeHeading(scope, node, heading);
      // HTML, comments and instructions: shown as written.
      return element('p', [scope.text.slice(node.from, node.to)]);
    }
  }
}

function describeFrom(scope: Scope, first: SyntaxNode | null, drawn: Drawn): Drawing[] {
  const drawings: Drawing[] = [];
  for (let child = first; child !== null; child = child.nextSibling) {
    if (child.name === 'QuoteMark' || child.name === 'ListMark') continue;
    const drawing = describeBlock(scope, child, drawn);
    if (drawing !== undefined) drawings.push(drawing);
  }
  return drawings;
}

function describeHeading(scope: Scope, node: SyntaxNode, tag: Tag): Drawing {
  const marks = node.getChildren('HeaderMark');
  const isAtx = node.name.startsWith('ATX');
  const from = isAtx ? (marks[0]?.to ?? node.from) : node.from;
  const to = (isAtx ? marks[1]?.from : marks[0]?.from) ?? node.to;
  const text = scope.text.slice(from, to);
  const start = from + text.length - text.trimStart().length;
  return element(tag, describeInline(scope, node, Math.min(start, to), Math.max(start, from + text.trimEnd().length)));
}

function describeList(scope: Scope, node: SyntaxNode, drawn: Drawn): Drawing {
  const isOrdered = node.name === 'OrderedList';
  const items: Drawing[] = [];
  for (let item = node.firstChild; item !== null; item = item.nextSibling) {
    const found = item;
    if (found.name === 'ListItem') items.push(remembered(scope, found, drawn, () => describeItem(scope, found, drawn)));
  }
  const marks: Marks = {
    ...(isLoose(scope, node) ? { loose: true } : {}),
    ...(isOrdered ? { start: firstNumber(scope, node) } : {}),
  };
  return element(isOrdered ? 'ol' : 'ul', items, marks);
}

function describeItem(scope: Scope, item: SyntaxNode, drawn: Drawn): Drawing {
  const task = item.getChild('Task');
  const marker = task?.getChild('TaskMarker') ?? null;
  const children =
    task === null || marker === null
      ? describeFrom(scope, item.firstChild, drawn)
      : [
          element('p', describeInline(scope, task, Math.min(marker.to + 1, task.to), task.to)),
          ...describeFrom(scope, task.nextSibling, drawn),
        ];
  const marks: Marks =
    marker === null ? {} : { task: /x/i.test(scope.text.slice(marker.from, marker.to)) ? 'done' : 'open' };
  return element('li', children, marks);
}

function firstNumber(scope: Scope, list: SyntaxNode): number {
  const mark = list.getChild('ListItem')?.getChild('ListMark') ?? null;
  const number = mark === null ? 1 : Number.parseInt(scope.text.slice(mark.from, mark.to), 10);
  return Number.isFinite(number) ? number : 1;
}

/** CommonMark's rule: a blank line between two items, or between two blocks that lie directly in one of them. */
function isLoose(scope: Scope, list: SyntaxNode): boolean {
  const blankBetween = (before: SyntaxNode, after: SyntaxNode): boolean =>
    /\n[ \t>]*\n/.test(scope.text.slice(before.to, after.from));
  for (let item = list.firstChild; item !== null; item = item.nextSibling) {
    const next = item.nextSibling;
    if (next !== null && blankBetween(item, next)) return true;
    for (let block = item.firstChild; block !== null; block = block.nextSibling) {
      const following = block.nextSibling;
      if (following !== null && blankBetween(block, following)) return true;
    }
  }
  return false;
}

function describeCode(scope: Scope, node: SyntaxNode): Drawing {
  const info = node.getChild('CodeInfo');
  const { language, path } = readInfo(info === null ? '' : scope.text.slice(info.from, info.to));
  const text = node
    .getChildren('CodeText')
    .map((piece) => scope.text.slice(piece.from, piece.to))
    .join('');
  // The parser says the same of one empty line and of two; the line-by-line reader of open blocks knows them apart.
  const isOneEmptyLine = text === '\n' && scope.text.slice(node.from, node.to).split('\n').length === 3;
  const code = isOneEmptyLine ? '' : text;
  return { kind: 'code-block', language, path, text: code, growth: undefined };
}

function describeFormulaBlock(scope: Scope, node: SyntaxNode): Drawing {
  // Line by line, without what a quotation has in front of them.
  const lines = node.getChildren('FormulaText').map((piece) => scope.text.slice(piece.from, piece.to));
  const mark = scope.text.slice(node.from, node.from + 2);
  return { ...describeFormula(`${mark}${lines.join('\n')}${mark === '$$' ? mark : '\\]'}`), isDisplay: true };
}
