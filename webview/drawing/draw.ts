import { wordsOf, type CodeDrawing, type Drawing, type ElementDrawing, type Tag } from '../markdown/drawing.ts';
import { visibleText } from '../text/hiddenCharacters.ts';
import { addressOf, canOpen, hostWorthShowing } from '../text/links.ts';
import { t } from '../strings.ts';
import { createCodeBlock, type CodeBlockView } from './codeBlock.ts';
import { make, visibleNodes } from './elements.ts';
import { drawFormula } from './formula.ts';
import type { Handlers } from './handlers.ts';
import { makeOpener } from './opener.ts';

const codeBlocks = new WeakMap<Node, CodeBlockView>();

// The author's headings go below those of the page, which stand at level 2.
const names: Readonly<Partial<Record<Tag, keyof HTMLElementTagNameMap>>> = { h1: 'h3', h2: 'h4', h3: 'h5', h4: 'h6', h5: 'h6' };

/** Makes the nodes of a drawing. Text goes in as text, names and attributes come from this file alone. */
export function draw(drawing: Drawing, handlers: Handlers): Node {
  if (typeof drawing === 'string') return document.createTextNode(drawing);
  switch (drawing.kind) {
    case 'element':
      return drawElement(drawing, handlers);
    case 'code-block': {
      const view = createCodeBlock(drawing, handlers);
      codeBlocks.set(view.element, view);
      return view.element;
    }
    case 'code':
      return drawCode(drawing, handlers);
    case 'formula':
      return drawFormula(drawing);
    case 'link':
      return drawLink(drawing.target, { words: wordsOf(drawing), children: drawing.children.map((child) => draw(child, handlers)) }, handlers);
    case 'image': {
      const label = document.createTextNode(t('Picture: {0}', drawing.alternative === '' ? visibleText(drawing.target) : drawing.alternative));
      return drawLink(drawing.target, { words: label.data, children: [label] }, handlers);
    }
  }
}

/** Brings a node from one drawing to another; answers the node that now stands for it, which may be a new one. */
export function redraw(node: Node, before: Drawing, after: Drawing, handlers: Handlers): Node {
  if (before === after) return node;
  const changed = change(node, before, after, handlers);
  if (changed) return node;
  const fresh = draw(after, handlers);
  node.parentNode?.replaceChild(fresh, node);
  return fresh;
}

/** Brings a parent's children from some drawings to others; those before `from` are known to be the same. */
export function redrawChildren(
  parent: Node,
  before: readonly Drawing[],
  after: readonly Drawing[],
  handlers: Handlers,
  from = 0,
): void {
  const common = Math.min(before.length, after.length);
  for (let index = from; index < common; index++) {
    const [old, next, node] = [before[index], after[index], parent.childNodes[index]];
    if (old === undefined || next === undefined || node === undefined || old === next) continue;
    redraw(node, old, next, handlers);
  }
  for (let index = before.length; index > common; index--) parent.lastChild?.remove();
  for (const drawing of after.slice(common)) parent.appendChild(draw(drawing, handlers));
}

function change(node: Node, before: Drawing, after: Drawing, handlers: Handlers): boolean {
  if (typeof before === 'string' || typeof after === 'string') {
    if (typeof before !== typeof after || !(node instanceof Text)) return false;
    changeText(node, before as string, after as string);
    return true;
  }
  if (before.kind === 'code-block' && after.kind === 'code-block') {
    const view = codeBlocks.get(node);
    view?.update(after);
    return view !== undefined;
  }
  if (before.kind === 'code' && after.kind === 'code') return before.text === after.text;
  if (before.kind === 'formula' && after.kind === 'formula') return before.written === after.written && before.isDisplay === after.isDisplay;
  if (before.kind !== 'element' || after.kind !== 'element' || before.tag !== after.tag) return false;
  if (!(node instanceof HTMLElement)) return false;
  const target = contentOf(node, after);
  if (before.marks.task !== after.marks.task || target === undefined) return false;
  mark(node, after);
  redrawChildren(target, before.children, after.children, handlers);
  return true;
}

/** Adding to a text node leaves what the reader has selected in it alone; replacing its text does not. */
function changeText(node: Text, before: string, after: string): void {
  if (before === after) return;
  if (after.startsWith(before)) node.appendData(after.slice(before.length));
  else node.data = after;
}

function drawElement(drawing: ElementDrawing, handlers: Handlers): HTMLElement {
  const element = make(names[drawing.tag] ?? drawing.tag);
  if (/^h\d$/.test(drawing.tag)) element.className = `heading-${drawing.tag.slice(1)}`;
  mark(element, drawing);
  const children = drawing.children.map((child) => draw(child, handlers));
  if (drawing.tag === 'table') return inScroller(element, children);
  if (drawing.marks.task !== undefined) element.append(taskBox(drawing.marks.task));
  element.append(...children);
  return element;
}

/** Where the children of a drawn element are; undefined where there is more than they in it. */
function contentOf(node: HTMLElement, drawing: ElementDrawing): Node | undefined {
  if (drawing.tag === 'table') return node.firstChild ?? undefined;
  return drawing.marks.task === undefined ? node : undefined;
}

function inScroller(table: HTMLElement, children: readonly Node[]): HTMLElement {
  const scroller = make('div', 'table-scroller');
  scroller.tabIndex = 0;
  scroller.setAttribute('role', 'group');
  scroller.setAttribute('aria-label', t('Table'));
  table.append(...children);
  scroller.append(table);
  return scroller;
}

function taskBox(state: 'done' | 'open'): HTMLElement {
  const box = make('input', 'task-box');
  box.type = 'checkbox';
  box.disabled = true;
  box.checked = state === 'done';
  box.setAttribute('aria-label', state === 'done' ? t('Done') : t('Not done'));
  return box;
}

function mark(element: HTMLElement, { tag, marks }: ElementDrawing): void {
  if (tag === 'ul' || tag === 'ol') element.classList.toggle('loose', marks.loose === true);
  if (tag === 'ol' && element instanceof HTMLOListElement && marks.start !== undefined) element.start = marks.start;
  if (marks.task !== undefined) element.classList.add('task');
  if (tag === 'th' || tag === 'td') element.className = marks.align === undefined ? '' : `align-${marks.align}`;
  if (tag === 'th') element.setAttribute('scope', 'col');
}

function drawCode({ text, target }: CodeDrawing, handlers: Handlers): Node {
  const code = make('code');
  code.append(...visibleNodes(text));
  if (target === undefined || (!target.startsWith('symbol:') && !canOpen(target))) return code;
  const isSymbol = target.startsWith('symbol:');
  const title = isSymbol ? t('Go to {0}', visibleText(target.slice('symbol:'.length))) : t('Open {0}', visibleText(target));
  const link = makeOpener(target, title, [code], handlers);
  link.classList.add(isSymbol ? 'symbol' : 'place');
  return link;
}

function drawLink(target: string, { words, children }: { readonly words: string; readonly children: readonly Node[] }, handlers: Handlers): Node {
  if (!canOpen(target)) {
    const inert = make('span', 'inert-link');
    inert.title = visibleText(target);
    inert.append(...children);
    return inert;
  }
  const link = makeOpener(target, addressOf(target), children, handlers);
  const host = hostWorthShowing(target, words);
  if (host === undefined) return link;
  const shown = make('span', 'link-host');
  shown.textContent = ` (${host})`;
  link.append(shown);
  return link;
}
