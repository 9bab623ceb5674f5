import * as v from 'valibot';
import type { Piece } from './piece.ts';

const path = v.pipe(v.string(), v.minLength(1), v.maxLength(4096));
const line = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000_000));
const lines = v.strictObject({ first: line, last: line });

/** What the page may name. What it does not say is whether the person was asked: that is only known here. */
const schema = v.variant('kind', [
  v.strictObject({ kind: v.literal('file'), path }),
  v.strictObject({ kind: v.literal('folder'), path }),
  v.strictObject({ kind: v.literal('selection'), path, lines }),
  v.strictObject({ kind: v.literal('symbol'), path, name: v.pipe(v.string(), v.maxLength(1000)), lines }),
  v.strictObject({ kind: v.literal('problems') }),
  v.strictObject({ kind: v.literal('changes') }),
  v.strictObject({ kind: v.literal('editors') }),
]);

/** The name by which the page takes a suggestion. */
export function suggestionId(piece: v.InferOutput<typeof schema>): string {
  return JSON.stringify(piece);
}

/** What the page has named; undefined for what no suggestion can be. A path in it is whoever's: it goes through the guard. */
export function suggestedPiece(id: string): Piece | undefined {
  try {
    const result = v.safeParse(schema, JSON.parse(id));
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
}
