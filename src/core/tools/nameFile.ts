import { showHidden } from '../../protocol/hiddenCharacters.ts';
import type { PathGuard, ResolvedPath } from '../guard/pathGuard.ts';

/** A file that somebody else than the model named: a language server, the window, or version control. */
export interface NamedFile {
  /** How the person knows it. */
  readonly display: string;
  /** What may be read without a question; undefined when it is only to be named. */
  readonly open: ResolvedPath | undefined;
}

/** By its absolute path. Nobody is asked: what would take a question is named, and that is all. */
export async function nameFile(path: string, guard: PathGuard): Promise<NamedFile> {
  const place = await guard.resolve(path, 'read');
  if (place.class === 'denied') return { display: showHidden(path), open: undefined };
  return { display: place.display, open: place.class === 'inside' ? place : undefined };
}
