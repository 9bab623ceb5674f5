import type { WorkspaceFolder } from '../ports.ts';

/** An absolute path, and the folder of the workspace for which it was written; none for one that lies in no folder. */
export interface Target {
  readonly path: string;
  readonly folder: WorkspaceFolder | undefined;
}

/** Whether the paths of this host begin with the letter of a drive: `/c:/shop`. */
export function hasDrive(path: string): boolean {
  return /^\/[a-z]:(\/|$)/i.test(path);
}

/**
 * Where a path may point: an absolute one to one place; a relative one into the folder whose name it begins with, or into
 * each. Backslashes count as slashes; `..` is taken off the text, as an editor does, and may not leave a folder even if it
 * comes back. A string is the reason why it points nowhere, for the model.
 */
export function targetsOf(input: string, folders: readonly WorkspaceFolder[]): readonly Target[] | string {
  if (folders.length === 0) return 'no folder is open in this window';
  const path = input.replaceAll('\\', '/');
  if (path.startsWith('//')) return 'it names a network share; only files of this machine can be used';
  if (/^[a-z]:(?!\/)/i.test(path)) return 'it depends on the current folder of a drive; write the path relative to the workspace';
  const absolute = /^[a-z]:/i.test(path) ? `/${path}` : path;
  return absolute.startsWith('/') ? absoluteTarget(absolute, folders) : relativeTargets(path, folders);
}

function absoluteTarget(path: string, folders: readonly WorkspaceFolder[]): readonly Target[] | string {
  // A drive is no folder that `..` could leave, and above the root is the root.
  const root = hasDrive(path) ? path.slice(0, 3) : '/';
  const joined = join(root, walk(path.slice(root.length)).segments);
  const folder = homeOf(joined, folders);
  const onDrives = folders.some((each) => hasDrive(each.path));
  if (folder === undefined && onDrives !== hasDrive(path)) return onDrives ? 'it has no drive letter; write the path relative to the workspace' : 'there are no drives on this machine; write the path relative to the workspace';
  return [{ path: joined, folder }];
}

function relativeTargets(path: string, folders: readonly WorkspaceFolder[]): readonly Target[] | string {
  const [first, ...rest] = path.split('/');
  // With several folders everything is shown with a folder's name in front, so that is how it is meant.
  const named = folders.length > 1 ? folders.filter(({ name }) => name === first) : [];
  const { segments, leaves } = walk(named.length > 0 ? rest.join('/') : path);
  if (leaves) return 'it leads out of its folder of the workspace with ".."; write it without, or as an absolute path if a file outside is really meant';
  return (named.length > 0 ? named : folders).map((folder) => ({ path: join(folder.path, segments), folder }));
}

function walk(relative: string): { readonly segments: readonly string[]; readonly leaves: boolean } {
  const segments: string[] = [];
  let leaves = false;
  for (const segment of relative.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) leaves = true;
  }
  return { segments, leaves };
}

function join(root: string, segments: readonly string[]): string {
  return segments.length === 0 ? root : `${root === '/' ? '' : root}/${segments.join('/')}`;
}

/** The innermost folder that holds the path, as an editor counts it. */
export function homeOf(path: string, folders: readonly WorkspaceFolder[]): WorkspaceFolder | undefined {
  const holding = folders.filter((folder) => relativeTo(folder.path, path) !== undefined);
  return holding.reduce<WorkspaceFolder | undefined>((best, folder) => (best === undefined || folder.path.length > best.path.length ? folder : best), undefined);
}

/** The part of `path` below `root`, or undefined when it is not below it: `/repo-evil` is not below `/repo`. */
export function relativeTo(root: string, path: string): string | undefined {
  const [top, below] = [lowerDrive(root), lowerDrive(path)];
  if (below === top) return '';
  const prefix = top.endsWith('/') ? top : `${top}/`;
  return below.startsWith(prefix) ? below.slice(prefix.length) : undefined;
}

function lowerDrive(path: string): string {
  return hasDrive(path) ? `/${path.charAt(1).toLowerCase()}${path.slice(2)}` : path;
}
