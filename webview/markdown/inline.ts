import type { SyntaxNode } from '@lezer/common';
import { element, wordsOf, type Drawing, type FormulaDrawing } from './drawing.ts';
import { isEastAsian } from './eastAsian.ts';
import { decodeEntity, decodeWritten } from './entities.ts';
import { openingMark } from './formulaMarks.ts';
import { deepestInline } from './limits.ts';
import { targetOfCode, withPlaces } from './places.ts';
import type { References } from './references.ts';
import { bareTarget } from '../text/links.ts';

/** What describing needs to know besides the tree. */
export interface Scope {
  readonly text: string;
  readonly references: References;
  /** Takes the labels that nothing defines yet. */
  readonly missed: string[];
  /** Within a link, where nothing else can be one. */
  readonly isLink?: boolean;
}

/** Describes what stands between two places of a node: its text and its inline children. */
export function describeInline(scope: Scope, node: SyntaxNode, from: number, to: number, depth = 0): Drawing[] {
  const drawings: Drawing[] = [];
  let position = from;
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.from < position || child.to > to) continue;
    addText(drawings, scope.text.slice(position, child.from));
    for (const drawing of describeChild(scope, child, depth)) {
      if (typeof drawing === 'string') addText(drawings, drawing);
      else drawings.push(drawing);
    }
    position = child.to;
  }
  addText(drawings, scope.text.slice(position, to));
  return drawings.flatMap((drawing) => {
    if (typeof drawing !== 'string') return [drawing];
    const text = withSoftBreaks(drawing);
    return scope.isLink === true ? [text] : withPlaces(text);
  });
}

function describeChild(scope: Scope, node: SyntaxNode, depth: number): Drawing[] {
  const written = (): string => scope.text.slice(node.from, node.to);
  const content = (): Drawing[] => describeInline(scope, node, node.from, node.to, depth + 1);
  switch (node.name) {
    case 'Emphasis':
      return depth < deepestInline ? [element('em', content())] : [written()];
    case 'StrongEmphasis':
      return depth < deepestInline ? [element('strong', content())] : [written()];
    case 'Strikethrough':
      return depth < deepestInline ? [element('del', content())] : [written()];
    case 'Escape':
      return [scope.text.slice(node.from + 1, node.to)];
    case 'Entity':
      return [decodeEntity(written())];
    case 'HardBreak':
      return [element('br')];
    case 'InlineCode':
      return [describeCode(scope, node)];
    case 'Formula':
      return [describeFormula(written())];
    case 'Link':
    case 'Image':
      return describeLink(scope, node, depth);
    case 'Autolink':
      return [linkTo(scope.text.slice(node.from + 1, node.to - 1))];
    case 'URL':
      return [linkTo(written())];
    case 'EmphasisMark':
    case 'StrikethroughMark':
    case 'CodeMark':
    case 'LinkMark':
    case 'QuoteMark':
    case 'HeaderMark':
    case 'TaskMarker':
      return [];
    default:
      // Tags, comments and whatever else the parser may know: shown as written, for nothing of it is ever run.
      return [written()];
  }
}

function describeCode(scope: Scope, node: SyntaxNode): Drawing {
  const text = codeText(scope, node);
  const target = scope.isLink === true ? undefined : targetOfCode(text);
  return target === undefined ? { kind: 'code', text } : { kind: 'code', text, target };
}

/** Describes a formula with its marks. */
export function describeFormula(written: string): FormulaDrawing {
  const mark = openingMark(written, 0);
  const source = mark === undefined ? written : written.slice(mark.open.length, -mark.close.length);
  return { kind: 'formula', source: source.trim(), written, isDisplay: mark?.isDisplay === true };
}

function linkTo(written: string): Drawing {
  return { kind: 'link', target: bareTarget(written), children: [written] };
}

function describeLink(scope: Scope, node: SyntaxNode, depth: number): Drawing[] {
  const marks = node.getChildren('LinkMark');
  const open = marks[0];
  const close = marks[1];
  if (open === undefined || close === undefined) return [scope.text.slice(node.from, node.to)];
  const isImage = node.name === 'Image';
  const content =
    depth < deepestInline
      ? describeInline({ ...scope, isLink: true }, node, open.to, close.from, depth + 1)
      : [scope.text.slice(open.to, close.from)];
  const target = targetOf(scope, node, scope.text.slice(open.to, close.from));
  if (target !== undefined) {
    return isImage
      ? [{ kind: 'image', target, alternative: content.map(wordsOf).join('') }]
      : [{ kind: 'link', target, children: content }];
  }
  return [scope.text.slice(open.from, open.to), ...content, scope.text.slice(close.from, node.to)];
}

function targetOf(scope: Scope, node: SyntaxNode, ownText: string): string | undefined {
  const url = node.getChild('URL');
  if (url !== null) return decodeWritten(scope.text.slice(url.from, url.to).replace(/^<([^]*)>$/, '$1'));
  // `[text]()` has both round brackets and no target: it is a link to nowhere.
  if (node.getChildren('LinkMark').length > 2) return '';
  const label = node.getChild('LinkLabel');
  const labelText = label === null ? '' : scope.text.slice(label.from + 1, label.to - 1);
  const name = labelText.trim() === '' ? ownText : labelText;
  const target = scope.references.targetOf(name);
  if (target === undefined) scope.missed.push(name);
  return target;
}

function codeText(scope: Scope, node: SyntaxNode): string {
  const marks = node.getChildren('CodeMark');
  const inner = scope.text.slice(marks[0]?.to ?? node.from, marks[1]?.from ?? node.to).replace(/\n[ \t>]*/g, ' ');
  return inner.startsWith(' ') && inner.endsWith(' ') && inner.trim() !== '' ? inner.slice(1, -1) : inner;
}

/** Line ends without the white space around them; none at all between two East Asian characters, which write no space. */
function withSoftBreaks(text: string): string {
  if (!text.includes('\n')) return text;
  const lines = text.split('\n');
  return lines
    .map((line, index) => trimBlanks(line, { start: index > 0, end: index < lines.length - 1 }))
    .reduce((before, line) => (isEastAsian(line.slice(0, 2)) && isEastAsian(before.slice(-1)) ? `${before}${line}` : `${before}\n${line}`));
}

/** Without the blanks and tabs at one end or both. By hand: an expression for the end would try every place. */
function trimBlanks(line: string, at: { readonly start: boolean; readonly end: boolean }): string {
  let from = 0;
  let to = line.length;
  const isBlank = (index: number): boolean => line[index] === ' ' || line[index] === '\t';
  while (at.start && from < to && isBlank(from)) from += 1;
  while (at.end && to > from && isBlank(to - 1)) to -= 1;
  return line.slice(from, to);
}

function addText(drawings: Drawing[], text: string): void {
  if (text === '') return;
  const last = drawings.at(-1);
  if (typeof last === 'string') drawings[drawings.length - 1] = last + text;
  else drawings.push(text);
}
