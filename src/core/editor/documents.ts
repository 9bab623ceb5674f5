import type { FileChange } from '../edits/change.ts';
import type { ResolvedPath } from '../guard/pathGuard.ts';

/** A text as it stands in the editor, saved or not, or on the disk when it is not open. */
export interface DocumentText {
  /** The whole text, its lines ended with `\n`, without a byte order mark. */
  readonly text: string;
  readonly eol: '\n' | '\r\n';
  /** It has changes that are not saved. */
  readonly isDirty: boolean;
  readonly isReadOnly: boolean;
}

/** The texts that an editor holds, and the one way to change them. */
export interface Documents {
  /** Fails with a `FileError`, or an {@link ApplyError} `binary` for what is no text. */
  read(place: ResolvedPath): Promise<DocumentText>;
  /**
   * Makes all changes as one step that one Undo takes back, or none where that can be known before. Line ends, byte order
   * mark and encoding stay. What was saved before is saved again; what was not stays unsaved. Fails with an
   * {@link ApplyError}, which says what was made all the same.
   */
  apply(changes: readonly FileChange[], signal: AbortSignal): Promise<void>;
}

/**
 * Why nothing was applied. `changed`: a text is not what it was when the person was asked; `stale`: the editor shows an older
 * text than the disk has, and does not come to know of it; `exists`, `missing`: of files to be made, moved or deleted;
 * `not-saved`: it was applied, but the editor could not save it.
 */
export class ApplyError extends Error {
  override readonly name = 'ApplyError';
  readonly reason: 'changed' | 'stale' | 'read-only' | 'exists' | 'missing' | 'binary' | 'refused' | 'not-saved';
  /** The file as the person knows it. */
  readonly display: string;
  /** Those of several changes that were made all the same: an editor makes one after the other, and takes none back. */
  readonly made: readonly FileChange[];

  constructor(reason: ApplyError['reason'], display: string, message: string, made: readonly FileChange[] = []) {
    super(message);
    this.reason = reason;
    this.display = display;
    this.made = made;
  }
}
