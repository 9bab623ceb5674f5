/** A piece between two separators; of one that was too long only the beginning. */
export interface Piece {
  readonly bytes: Buffer;
  readonly isCut: boolean;
}

/** What is kept of a piece that is too long. */
const beginning = 8 * 1024;

/** Cuts bytes that come in chunks at each separator, wherever the chunks are cut. Pieces of more than `longest` bytes lose their end. */
export function createPieces(separator: number, longest: number): { push(chunk: Buffer): readonly Piece[]; end(): readonly Piece[] } {
  let held: Buffer[] = [];
  let size = 0;
  let isCut = false;

  function hold(bytes: Buffer): void {
    if (bytes.length === 0) return;
    size += bytes.length;
    if (isCut) return;
    held.push(bytes);
    if (size <= longest) return;
    held = [Buffer.concat(held).subarray(0, beginning)];
    isCut = true;
  }

  function release(): Piece {
    const piece = { bytes: held.length === 1 && held[0] !== undefined ? held[0] : Buffer.concat(held), isCut };
    [held, size, isCut] = [[], 0, false];
    return piece;
  }

  return {
    push(chunk) {
      const pieces: Piece[] = [];
      let from = 0;
      for (let at = chunk.indexOf(separator); at !== -1; at = chunk.indexOf(separator, from)) {
        hold(chunk.subarray(from, at));
        pieces.push(release());
        from = at + 1;
      }
      hold(chunk.subarray(from));
      return pieces;
    },
    end: () => (size > 0 ? [release()] : []),
  };
}
