import type { Range } from './range.ts';

/** Replaces what stands in `range`; an empty range inserts. Line ends of `text` are `\n`. */
export interface TextEdit {
  readonly range: Range;
  readonly text: string;
}

/**
 * What a language server would like to do, not yet checked by anybody. Paths are absolute and unguarded; text edits of one
 * path refer to the same text, and to its path before or after a move.
 */
export type PlannedChange =
  | { readonly kind: 'edit'; readonly path: string; readonly edits: readonly TextEdit[] }
  | { readonly kind: 'create'; readonly path: string; readonly text: string; readonly ifExists: 'fail' | 'keep' | 'overwrite' }
  | { readonly kind: 'move'; readonly path: string; readonly to: string; readonly ifExists: 'fail' | 'keep' | 'overwrite' }
  | { readonly kind: 'delete'; readonly path: string; readonly ifMissing: 'fail' | 'keep' }
  /** What cannot be shown and reviewed as text; `reason` is for the model. */
  | { readonly kind: 'unsupported'; readonly reason: string };
