import { FileError, type Files, type Workspace, type WorkspaceFolder } from '../ports.ts';
import { isSecret } from './secrets.ts';

/** A path that may be read. */
export interface GuardedPath {
  readonly kind: 'allowed';
  /** Where the file really is: read and write here and nowhere else. */
  readonly canonical: string;
  /** The absolute path without links followed, by which an editor knows the file. */
  readonly written: string;
  /** How the person knows it: relative to its folder, with the folder's name in front when there are several. */
  readonly display: string;
}

/** A path that may not; `reason` is for the model. */
export interface RefusedPath {
  readonly kind: 'refused';
  readonly reason: string;
}

/**
 * The only way from a path that a model wrote to a file. Fail-closed: it allows an existing file whose real place, all
 * links followed, lies in a folder of the workspace and which is no secret; anything else, and anything that cannot be
 * made sure of, is refused. See safety.md C1, B5, B6, B18.
 */
export async function guardPath(input: string, workspace: Workspace, files: Files): Promise<GuardedPath | RefusedPath> {
  const problem = problemOf(input);
  if (problem !== undefined) return refused(problem);
  const folders = workspace.folders();
  if (folders.length === 0) return refused('no folder is open in this window');

  let missing: RefusedPath | undefined;
  for (const { folder, relative } of candidates(input, folders)) {
    const path = within(folder, relative);
    if (path === undefined) continue;
    const verdict = await guardIn(folder, path, folders, files);
    if (verdict.kind === 'allowed' || verdict.reason !== noSuchFile) return verdict;
    missing = verdict;
  }
  return missing ?? refused('it is outside the workspace; only files of the workspace can be read');
}

const noSuchFile = 'there is no such file';

function refused(reason: string): RefusedPath {
  return { kind: 'refused', reason };
}

function problemOf(input: string): string | undefined {
  if (input.trim() === '') return 'the path is empty';
  if (input.length > 1024) return 'the path is longer than 1,024 characters';
  // Control, bidirectional, zero-width and tag characters: what is shown would not be what is opened.
  if (/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/u.test(input)) return 'the path contains hidden or control characters';
  if (/^~|^\$[A-Z_]+(\/|$)|\$\{|%[A-Z_]+%/.test(input)) return 'home and environment shorthands are not expanded; write the path relative to the workspace';
  if (/^[a-z][a-z0-9+.-]+:/i.test(input)) return 'it is a URL, not a path of the workspace';
  return undefined;
}

/** Where a path may point: into each folder, or into the one whose name it begins with. Backslashes count as slashes. */
function candidates(input: string, folders: readonly WorkspaceFolder[]): readonly { folder: WorkspaceFolder; relative: string }[] {
  const path = input.replaceAll('\\', '/');
  const absolute = /^[a-z]:/i.test(path) ? `/${path}` : path;
  if (absolute.startsWith('/')) return folders.map((folder) => ({ folder, relative: relativeTo(folder.path, absolute) ?? '..' }));
  const [first, ...rest] = path.split('/');
  const named = folders.length > 1 ? folders.filter((folder) => folder.name === first && rest.length > 0) : [];
  return [
    ...named.map((folder) => ({ folder, relative: rest.join('/') })),
    ...folders.map((folder) => ({ folder, relative: path })),
  ];
}

/** The absolute path, or undefined when it leaves the folder on the way, even if it comes back. */
function within(folder: WorkspaceFolder, relative: string): string | undefined {
  const segments: string[] = [];
  for (const segment of relative.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) return undefined;
  }
  return segments.length === 0 ? folder.path : `${folder.path}/${segments.join('/')}`;
}

async function guardIn(folder: WorkspaceFolder, path: string, folders: readonly WorkspaceFolder[], files: Files): Promise<GuardedPath | RefusedPath> {
  try {
    const [canonical, root] = await Promise.all([files.realPath(path), files.realPath(folder.path)]);
    const inside = relativeTo(root, canonical);
    if (inside === undefined) return refused('it leads out of the workspace through a symbolic link');
    const written = relativeTo(folder.path, path) ?? '';
    if (isSecret(written) || isSecret(inside)) return refused('it may hold secrets (keys, credentials, .git); ask the person to paste what is needed');
    const { type } = await files.facts(canonical);
    if (type !== 'file') return refused(type === 'directory' ? 'it is a folder, not a file' : 'it is not a regular file');
    return { kind: 'allowed', canonical, written: path, display: folders.length > 1 ? `${folder.name}/${written}` : written };
  } catch (error) {
    if (error instanceof FileError && error.reason === 'missing') return refused(noSuchFile);
    return refused(error instanceof FileError && error.reason === 'denied' ? 'the file system denies access to it' : 'it cannot be resolved');
  }
}

/** The part of `path` below `root`, or undefined when it is not below it: `/repo-evil` is not below `/repo`. */
function relativeTo(root: string, path: string): string | undefined {
  if (path === root) return '';
  const prefix = root.endsWith('/') ? root : `${root}/`;
  return path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
}
