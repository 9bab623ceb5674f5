import type { FileChange } from '../edits/change.ts';
import type { ResolvedPath } from '../guard/pathGuard.ts';
import { FileError, type Files } from '../ports.ts';

/**
 * Whether the place is still where it was when the person was asked: no link has been put into its way since. Of a
 * missing file its nearest folder counts. What is no file (an untitled document) cannot move.
 */
export async function isSamePlace({ canonical }: ResolvedPath, files: Files): Promise<boolean> {
  if (!canonical.startsWith('/')) return true;
  for (let path = canonical; path !== ''; path = path.slice(0, path.lastIndexOf('/'))) {
    try {
      return (await files.realPath(path)) === path;
    } catch (error) {
      if (!(error instanceof FileError) || error.reason !== 'missing') return false;
    }
  }
  return true;
}

/** Where a change reads or writes. */
export function placesOf(change: FileChange): readonly ResolvedPath[] {
  return change.kind === 'move' ? [change.place, change.to] : [change.place];
}
