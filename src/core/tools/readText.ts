import type { Documents } from '../editor/documents.ts';
import type { ResolvedPath } from '../guard/pathGuard.ts';
import type { Files } from '../ports.ts';

/** Bytes of a file beyond which it is not read. */
export const longestFile = 8 * 1024 * 1024;

/** Why a file's text is not to be had: too many bytes; another file took its place while it was read; no text. */
export interface NoText {
  readonly reason: 'large' | 'replaced' | 'binary';
  readonly size: number;
}

/** The text of a place that may be read, as it stands in the editor when it is open there. Fails as `Files` and `Documents` do. */
export async function readText({ canonical: path, ...place }: ResolvedPath, { files, documents }: { readonly files: Files; readonly documents?: Documents | undefined }): Promise<string | NoText> {
  const open = files.openText(place.written) ?? files.openText(path);
  // The file may be open under two names: what is read must be the text that an edit would change.
  if (open !== undefined) return documents === undefined ? open : (await documents.read({ canonical: path, ...place })).text;
  const { size } = await files.facts(path);
  if (size > longestFile) return { reason: 'large', size };
  const bytes = await files.read(path);
  // Somebody may have put a link in its place since it was looked at.
  if ((await files.realPath(place.written)) !== path) return { reason: 'replaced', size };
  const text = await files.decode(path, bytes);
  // UTF-16 text is full of NUL bytes but not, once decoded, of NUL characters.
  return text.slice(0, 8192).includes('\0') ? { reason: 'binary', size } : text;
}
