import { FileError, type Files } from '../ports.ts';
import { namesOf, segmentsOf } from './names.ts';

/** Where version control keeps what it runs and believes; `git~1` is the short name of `.git` on FAT and NTFS. */
const machinery = /^(\.git|.+\.git|\.hg|\.svn|_svn|\.bzr|\.jj|_darcs|(git|hg|svn|bzr)~\d+)$/;

/** Whether a path lies in the machinery of version control, or is it: never written for a model (docs/safety.md C2). */
export function isVersionControl(path: string): boolean {
  return segmentsOf(path).some((segment) => namesOf(segment).some((name) => machinery.test(name)));
}

/**
 * Whether one of the folders above `path` up to `root`, both absolute, is a bare repository of Git, which may have any
 * name: it is known by what lies in it, as Git itself knows it. Fails with a `FileError` where that cannot be seen.
 */
export async function isInBareRepository(path: string, root: string, files: Files): Promise<boolean> {
  for (let at = path; at.length >= root.length && at !== '/' && at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const types = [];
    for (const name of ['HEAD', 'objects', 'refs']) {
      const type = await typeAt(`${at}/${name}`, files);
      if (type === undefined) break;
      types.push(type);
    }
    if (types.length === 3) return true;
  }
  return false;
}

async function typeAt(path: string, files: Files): Promise<string | undefined> {
  try {
    return (await files.entry(path)).type;
  } catch (error) {
    if (error instanceof FileError && error.reason === 'missing') return undefined;
    throw error;
  }
}
