import type { LineReader } from '../code.ts';
import { hasHidden } from '../text/hiddenCharacters.ts';
import { createColouring } from './colouring.ts';
import { make, visibleNodes } from './elements.ts';
import { tokenNodes } from './tokenNodes.ts';

/** The lines of a block of code, which can grow at their end for long without getting slow. */
export interface CodeText {
  readonly element: HTMLElement;
  set(text: string): void;
  append(added: string): void;
  /** Names the language that it is coloured as; the text is to be set again. */
  speak(language: string): void;
}

// Laying out one text node takes time in proportion to its length, at every change. In pieces of this many lines only the
// last one is laid out again, and those out of sight not at all (`content-visibility` in the style sheet).
const linesPerPiece = 60;

/** Code beyond this many characters stays plain: each colour is an element, and they are not worth that much memory. */
const mostColoured = 200_000;

/** How many lines are coloured before the clock is looked at again. */
const linesAtOnce = 8;

/** Some lines: at first those with colours, then those without. */
interface Piece {
  readonly element: HTMLElement;
  lines: number;
  /** The text without colours, how many nodes at the end of the element show it, and how many of its lines have ended. */
  plain: string;
  plainNodes: number;
  plainLines: number;
}

/** Makes an empty one. */
export function createCodeText(): CodeText {
  const element = make('code');
  let pieces: Piece[] = [];
  /** The first piece with lines that could be coloured. */
  let next = 0;
  let coloured = 0;
  /** The last line, coloured as if no more of it came. */
  let ending: { readonly text: string; readonly nodes: readonly ChildNode[] } | undefined;

  const startPiece = (): Piece => {
    const piece = { element: make('span', 'code-piece'), lines: 0, plain: '', plainNodes: 0, plainLines: 0 };
    pieces.push(piece);
    element.append(piece.element);
    return piece;
  };

  const append = (added: string): void => {
    takeEndingBack();
    let from = 0;
    while (from < added.length) {
      const piece = pieces.at(-1) ?? startPiece();
      let to = from;
      while (piece.lines < linesPerPiece && to !== -1) {
        to = added.indexOf('\n', to);
        if (to === -1) break;
        to += 1;
        piece.lines += 1;
        piece.plainLines += 1;
      }
      if (piece.lines < linesPerPiece) {
        grow(piece, added.slice(from));
        break;
      }
      // The line end between two pieces is that of the boxes themselves.
      grow(piece, added.slice(from, to - 1));
      startPiece();
      from = to;
    }
    colouring.wake();
  };

  /** Gives colours to some lines that are whole; answers whether there are more. */
  const colourSome = (reader: LineReader): boolean => {
    const piece = pieces[next];
    if (piece === undefined || coloured > mostColoured) return false;
    if (piece.plainLines === 0) {
      if (next === pieces.length - 1) return false;
      next += 1;
      return true;
    }
    const isLast = next === pieces.length - 1;
    const lines = piece.plain.split('\n', Math.min(linesAtOnce, piece.plainLines));
    const text = lines.join('\n');
    // The last line of a piece that is full has its end in the box.
    const hasEnd = isLast || lines.length < piece.plainLines;
    const nodes = lines.flatMap((line, index) => [...tokenNodes(reader.read(line)), ...(hasEnd || index < lines.length - 1 ? ['\n'] : [])]);
    takePlain(piece, text.length + (hasEnd ? 1 : 0), nodes);
    piece.plainLines -= lines.length;
    coloured += text.length;
    return true;
  };

  /** Puts nodes in place of the beginning of the plain text. */
  const takePlain = (piece: Piece, length: number, nodes: readonly (Node | string)[]): void => {
    const { element: box, plainNodes } = piece;
    const first = plainNodes === 0 ? null : (box.childNodes[box.childNodes.length - plainNodes] ?? null);
    const made = document.createDocumentFragment();
    made.append(...nodes);
    made.normalize();
    box.insertBefore(made, first);
    const rest = piece.plain.slice(length);
    if (plainNodes === 1 && first instanceof Text && rest !== '') {
      first.deleteData(0, length);
      piece.plain = rest;
      return;
    }
    removePlain(piece);
    grow(piece, rest);
  };

  /** The last line has no end yet: it is coloured for as long as nothing comes. */
  const colourEnding = (reader: LineReader): void => {
    const piece = pieces.at(-1);
    if (piece === undefined || ending !== undefined || next !== pieces.length - 1 || piece.plainLines > 0 || piece.plain === '' || coloured > mostColoured) return;
    const text = piece.plain;
    const before = piece.element.childNodes.length - piece.plainNodes;
    takePlain(piece, text.length, tokenNodes(reader.peek(text)));
    ending = { text, nodes: [...piece.element.childNodes].slice(before) };
  };

  const takeEndingBack = (): void => {
    const piece = pieces.at(-1);
    if (ending === undefined || piece === undefined) return;
    for (const node of ending.nodes) node.remove();
    grow(piece, ending.text);
    ending = undefined;
  };

  const colouring = createColouring(element, { some: colourSome, ending: colourEnding });

  return {
    element,
    append,
    set(text) {
      element.replaceChildren();
      pieces = [];
      next = 0;
      coloured = 0;
      ending = undefined;
      colouring.restart();
      append(text);
    },
    speak: (language) => colouring.speak(language),
  };
}

/** Adds to the plain text of a piece. */
function grow(piece: Piece, text: string): void {
  if (text === '') return;
  const node = piece.plainNodes === 0 ? null : piece.element.lastChild;
  const isCutApart = /[\uDC00-\uDFFF]/.test(text.charAt(0)) && /[\uD800-\uDBFF]/.test(piece.plain.slice(-1));
  piece.plain += text;
  // `appendData` keeps what the reader has selected in it.
  if (node instanceof Text && !isCutApart && !hasHidden(text)) return node.appendData(text);
  if (isCutApart) removePlain(piece, { keepsText: true });
  const nodes = visibleNodes(isCutApart ? piece.plain : text);
  piece.element.append(...nodes);
  piece.plainNodes += nodes.length;
}

function removePlain(piece: Piece, { keepsText = false } = {}): void {
  for (; piece.plainNodes > 0; piece.plainNodes--) piece.element.lastChild?.remove();
  if (!keepsText) piece.plain = '';
}
