import * as vscode from 'vscode';

/*
 * Paths and addresses. The core knows files by absolute paths. What lies in a folder of another file system than the disk
 * (`memfs:`, a repository on GitHub, a remote folder seen from a browser's worker) is called as if that file system were
 * mounted: `/memfs:/shop/a.ts`, `/vscode-vfs:github/lin/shop/a.ts`. Only the folders of the window are mounted, so no path
 * leads to anything else of such a file system (docs/decisions/2026-11-22-every-host.md).
 */

/** The path of a folder of the window: `/home/lin/shop`, `/c:/shop`, `/memfs:/shop`. */
export function pathOfFolder(uri: vscode.Uri): string {
  return (isOnDisk(uri) ? uri.path : `/${uri.scheme}:${uri.authority}${uri.path}`).replace(/(?<=.)\/+$/, '');
}

/** The absolute path of a file on the disk, or of one in a folder of the window; undefined for anything else. */
export function filePathOf(uri: vscode.Uri): string | undefined {
  if (isOnDisk(uri)) return uri.path;
  const home = mounted().find(({ uri: { scheme, authority, query, path } }) => scheme === uri.scheme && authority === uri.authority && query === uri.query && isIn(withoutSlash(path), uri.path));
  return home && `${home.path}${uri.path.slice(withoutSlash(home.uri.path).length)}`.replace(/(?<=.)\/+$/, '');
}

/** The absolute path of a file; of anything else its address. */
export function pathOf(uri: vscode.Uri): string {
  return filePathOf(uri) ?? uri.toString();
}

/** The address of a place as a guard resolves it: of a file by its path; of what is no file (`untitled:Untitled-1`, a cell of a notebook) the address itself. */
export function uriOf(path: string): vscode.Uri {
  if (!path.startsWith('/')) return vscode.Uri.parse(path, true);
  const home = folderOf(path);
  return home === undefined ? vscode.Uri.file(path) : home.uri.with({ path: `${withoutSlash(home.uri.path)}${path.slice(home.path.length)}` || '/' });
}

/** The names below its mounted folder that a path consists of; undefined for a path on the disk. */
export function mountedNames(path: string): { readonly folder: string; readonly names: readonly string[] } | undefined {
  const home = folderOf(path);
  return home && { folder: home.path, names: path.slice(home.path.length).split('/').filter((name) => name !== '') };
}

/** Registers something for the documents that the model may change: files of the disk and of the window's folders, new documents, cells of notebooks. It is registered anew when a folder of another file system comes or goes. */
export function forChangeable(register: (documents: vscode.DocumentSelector) => vscode.Disposable): vscode.Disposable {
  let schemes = changeableSchemes();
  const begin = (): vscode.Disposable => register(schemes.map((scheme) => ({ scheme })));
  let registered = begin();
  const listening = vscode.workspace.onDidChangeWorkspaceFolders(() => {
    const now = changeableSchemes();
    if (now.join(' ') === schemes.join(' ')) return;
    schemes = now;
    registered.dispose();
    registered = begin();
  });
  return {
    dispose() {
      listening.dispose();
      registered.dispose();
    },
  };
}

function changeableSchemes(): readonly string[] {
  return [...new Set(['file', 'untitled', 'vscode-notebook-cell', ...mounted().map(({ uri }) => uri.scheme)])];
}

interface Mount {
  readonly uri: vscode.Uri;
  readonly path: string;
}

/** The folders of the window that are not on the disk, inner ones first. */
function mounted(): readonly Mount[] {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => !isOnDisk(uri));
  return folders.map(({ uri }) => ({ uri, path: pathOfFolder(uri) })).sort((one, other) => other.path.length - one.path.length);
}

function folderOf(path: string): Mount | undefined {
  return mounted().find((mount) => isIn(mount.path, path));
}

function isIn(folder: string, path: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

function isOnDisk({ scheme, authority }: vscode.Uri): boolean {
  return scheme === 'file' && authority === '';
}

function withoutSlash(path: string): string {
  return path.replace(/\/+$/, '');
}
