import type { ResolvedPath } from '../guard/pathGuard.ts';

/**
 * A change to one file. Texts end their lines with `\n`, whatever the file does, and are whole: `before` is what the
 * person was shown as the present text, and nothing is written when it is not that any more.
 */
export type FileChange =
  | { readonly kind: 'edit'; readonly place: ResolvedPath; readonly before: string; readonly after: string }
  /** `bytes` is what is written, where it has to be exactly these: a deleted file that is put back. */
  | { readonly kind: 'create'; readonly place: ResolvedPath; readonly after: string; readonly bytes?: Uint8Array | undefined }
  | { readonly kind: 'move'; readonly place: ResolvedPath; readonly to: ResolvedPath }
  /** `before` is undefined for a file that is no text. */
  | { readonly kind: 'delete'; readonly place: ResolvedPath; readonly before: string | undefined };

/** What a tool would like to do to files. All of it is applied as one step, as far as the person accepts it. */
export interface Proposal {
  readonly changes: readonly FileChange[];
}
