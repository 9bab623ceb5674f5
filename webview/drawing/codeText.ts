import { hasHidden } from '../text/hiddenCharacters.ts';
import { make, visibleNodes } from './elements.ts';

/** The lines of a block of code, which can grow at their end for long without getting slow. */
export interface CodeText {
  readonly element: HTMLElement;
  set(text: string): void;
  append(added: string): void;
}

// Laying out one text node takes time in proportion to its length, at every change. In pieces of this many lines only the
// last one is laid out again, and those out of sight not at all (`content-visibility` in the style sheet).
const linesPerPiece = 60;

/** Makes an empty one. */
export function createCodeText(): CodeText {
  const element = make('code');
  let piece: HTMLElement | undefined;
  let pieceText = '';
  let pieceLines = 0;

  const startPiece = (): HTMLElement => {
    piece = make('span', 'code-piece');
    pieceText = '';
    pieceLines = 0;
    element.append(piece);
    return piece;
  };

  const grow = (text: string): void => {
    const target = piece ?? startPiece();
    const node = target.firstChild;
    pieceText += text;
    const isPlain = !hasHidden(text) && target.childNodes.length === 1 && node instanceof Text;
    // `appendData` keeps what the reader has selected in it.
    if (isPlain) node.appendData(text);
    else {
      target.replaceChildren();
      for (const node of visibleNodes(pieceText)) target.append(node);
    }
  };

  const append = (added: string): void => {
    let from = 0;
    while (from < added.length) {
      let to = from;
      while (pieceLines < linesPerPiece && to !== -1) {
        to = added.indexOf('\n', to);
        if (to === -1) break;
        to += 1;
        pieceLines += 1;
      }
      if (pieceLines < linesPerPiece) return grow(added.slice(from));
      // The line end between two pieces is that of the boxes themselves.
      grow(added.slice(from, to - 1));
      startPiece();
      from = to;
    }
  };

  return {
    element,
    append,
    set(text) {
      element.replaceChildren();
      piece = undefined;
      append(text);
    },
  };
}
