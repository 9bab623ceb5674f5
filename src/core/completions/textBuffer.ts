/** Text that grows by small pieces. It is kept in few large strings, so that it costs hardly more than its characters. */
export interface TextBuffer {
  add(piece: string): void;
  isEmpty(): boolean;
  text(): string;
}

/** So many pieces are joined at a time: a string of its own for each would weigh several times what is in it. */
const piecesInBlock = 1024;

export function createTextBuffer(): TextBuffer {
  const blocks: string[] = [];
  let pieces: string[] = [];
  return {
    add(piece) {
      if (piece === '') return;
      pieces.push(piece);
      if (pieces.length < piecesInBlock) return;
      blocks.push(pieces.join(''));
      pieces = [];
    },
    isEmpty: () => pieces.length === 0 && blocks.length === 0,
    text: () => blocks.join('') + pieces.join(''),
  };
}
