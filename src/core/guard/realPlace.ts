import { FileError, type Files } from '../ports.ts';

/** Where a path leads to, all links followed. */
export interface RealPlace {
  readonly canonical: string;
  readonly kind: 'file' | 'directory' | 'other' | 'missing';
}

/**
 * Follows a path to where it really is; of what is missing, to where it would be: the real place of the nearest folder
 * that is there, and the rest as it is written. Whatever cannot be made sure of throws: a failure of any other kind than
 * "missing", a link to nowhere, which would be made where it points to, and a file where a folder should be.
 */
export async function realPlace(path: string, files: Files): Promise<RealPlace> {
  const canonical = await realPathIfThere(path, files);
  if (canonical !== undefined) return { canonical, kind: (await files.facts(canonical)).type };

  const rest: string[] = [];
  for (let at = path; ; ) {
    const slash = at.lastIndexOf('/');
    if (slash < 0 || at === '/' || isDrive(at)) throw new FileError('missing', `no folder is there: ${path}`);
    rest.unshift(at.slice(slash + 1));
    at = at.slice(0, slash) || '/';
    const parent = await realPathIfThere(at, files);
    if (parent === undefined) continue;
    if ((await files.facts(parent)).type !== 'directory') throw new FileError('other', `not a folder: ${at}`);
    return { canonical: `${parent === '/' ? '' : parent}/${rest.join('/')}`, kind: 'missing' };
  }
}

/** The real path of what is there. Windows takes `c:` for the current folder of the drive, and ends its root with a slash. */
export async function realPathOf(path: string, files: Files): Promise<string> {
  const real = await files.realPath(isDrive(path) ? `${path}/` : path);
  return real === '/' ? real : real.replace(/\/$/, '');
}

function isDrive(path: string): boolean {
  return /^\/[a-z]:$/i.test(path);
}

async function realPathIfThere(path: string, files: Files): Promise<string | undefined> {
  try {
    return await realPathOf(path, files);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  try {
    await files.entry(isDrive(path) ? `${path}/` : path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
  throw new FileError('other', `a link to nowhere: ${path}`);
}

function isMissing(error: unknown): boolean {
  return error instanceof FileError && error.reason === 'missing';
}
