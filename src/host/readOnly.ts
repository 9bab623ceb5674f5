import * as vscode from 'vscode';
import { fits, settingGlob } from '../core/editor/glob.ts';
import { filePathOf, mountedNames, uriOf } from './addresses.ts';
import { platform } from './platform/current.ts';

/**
 * Whether the file cannot or should not be written: by its file system, the person's settings, its mode, or the rights of
 * this process. What they have made read-only for this session alone is not known to extensions.
 */
export async function isReadOnly(uri: vscode.Uri): Promise<boolean> {
  if (isReadOnlyBySettings(uri)) return true;
  const { disk } = platform();
  if (uri.scheme === 'file' && disk !== undefined) return disk.isReadOnly(uri.fsPath);
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false) return true;
  return filePathOf(uri) !== undefined && vscode.workspace.fs.stat(uri).then(isLocked, () => false);
}

/** Whether a file can be made at this path, as far as the rights to its folder go; of folders that are missing the nearest that is there counts. */
export async function isFolderWritable(path: string): Promise<boolean> {
  for (let folder = above(path); ; folder = above(folder)) {
    const isWritable = await canWriteInto(folder);
    if (isWritable !== undefined) return isWritable;
    if (folder === above(folder)) return false;
  }
}

/** Undefined for a folder that is not there. */
async function canWriteInto(folder: string): Promise<boolean | undefined> {
  const uri = uriOf(folder);
  if (mountedNames(folder) === undefined) return platform().disk?.isFolderWritable(uri.fsPath);
  const found = await vscode.workspace.fs.stat(uri).then((stat) => stat, () => undefined);
  return found && (found.type & vscode.FileType.Directory) !== 0 && !isLocked(found) && vscode.workspace.fs.isWritableFileSystem(uri.scheme) !== false;
}

function above(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}

function isLocked({ permissions }: vscode.FileStat): boolean {
  return permissions !== undefined && (permissions & vscode.FilePermission.Readonly) !== 0;
}

/** Such a text the editor lets extensions change, and then does not save. */
function isReadOnlyBySettings(uri: vscode.Uri): boolean {
  // A cell goes by the path of its notebook.
  if (filePathOf(uri) === undefined && uri.scheme !== 'file' && uri.scheme !== 'vscode-notebook-cell') return false;
  const settings = vscode.workspace.getConfiguration('files', uri);
  const matches = (name: string): boolean => Object.entries(settings.get<Record<string, unknown>>(name) ?? {}).some(([glob, value]) => value === true && fitsSetting(glob, uri));
  return matches('readonlyInclude') && !matches('readonlyExclude');
}

/** As the editor reads these globs: they count from the workspace folder, absolute ones from the root. */
function fitsSetting(text: string, uri: vscode.Uri): boolean {
  const { path } = uri;
  const glob = settingGlob(bare(text));
  if (glob === undefined) return false;
  if (/^\/|^[a-z]:/i.test(text)) return fits(glob, bare(path));
  const folder = vscode.workspace.getWorkspaceFolder(uri.scheme === 'vscode-notebook-cell' ? vscode.Uri.file(path) : uri)?.uri.path;
  return folder === undefined ? text.startsWith('**') && fits(glob, bare(path)) : fits(glob, bare(path.slice(folder.length)));
}

/** Without the slashes at its beginning, and with a small drive letter. */
function bare(path: string): string {
  return path.replace(/^\/+/, '').replace(/^[A-Z](?=:)/, (letter) => letter.toLowerCase());
}
