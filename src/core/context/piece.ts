import type { LocalText } from '../../protocol/localText.ts';
import type { ToolContext } from '../tools/tool.ts';

/** First and last line, counted from 1. */
export interface Lines {
  readonly first: number;
  readonly last: number;
}

/** Something at a path. `allowed` is where it really is, when the person was asked and let exactly that go along. */
interface AtPath {
  readonly path: string;
  readonly allowed?: string | undefined;
}

/** What goes with a question, as a reference: it is read when the question is sent. */
export type Piece =
  | ({ readonly kind: 'file' } & AtPath)
  | ({ readonly kind: 'folder' } & AtPath)
  | ({ readonly kind: 'symbol'; readonly name: string; readonly lines: Lines } & AtPath)
  | ({ readonly kind: 'selection'; readonly lines: Lines } & AtPath)
  | ({ readonly kind: 'instructions' } & AtPath)
  | { readonly kind: 'problems' }
  /** `staged`: what is staged for the next commit, where anything is. */
  | { readonly kind: 'changes'; readonly staged?: true }
  | { readonly kind: 'editors' }
  | { readonly kind: 'text'; readonly name: string; readonly text: string };

export type PieceAtPath = Extract<Piece, AtPath>;

/** Whether the piece names a path, which goes through the guard. */
export function isAtPath(piece: Piece): piece is PieceAtPath {
  return 'path' in piece;
}

/** A piece as it stands now: `text` undefined when it does not go along, and then `problem` says why; with both, it goes along in part. */
export interface ReadPiece {
  readonly label: string;
  readonly text: string | undefined;
  readonly problem: LocalText | undefined;
}

/** What pieces are read from; a host without Git has no source control. */
export type ContextPorts = { readonly [Port in Exclude<keyof ToolContext, 'person' | 'signal' | 'sourceControl'>]-?: NonNullable<ToolContext[Port]> } & Pick<ToolContext, 'sourceControl'>;

/** What one piece holds at most, in bytes of UTF-8; entries and problems are counted. */
export const most = { file: 128 * 1024, folder: 24 * 1024, folderEntries: 500, problems: 100, changes: 128 * 1024, editors: 128 * 1024, text: 256 * 1024, instructions: 32 * 1024 } as const;
