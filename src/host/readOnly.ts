import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { posix } from 'node:path';
import * as vscode from 'vscode';
import { fits, settingGlob } from '../core/editor/glob.ts';

/**
 * Whether the file cannot or should not be written: by its file system, the person's settings, its mode, or the rights of
 * this process. What they have made read-only for this session alone is not known to extensions.
 */
export async function isReadOnly(uri: vscode.Uri): Promise<boolean> {
  if (isReadOnlyBySettings(uri)) return true;
  if (uri.scheme !== 'file') return vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false;
  try {
    // Whoever took the right to write from everybody meant it, though root may write all the same.
    const { mode } = await stat(uri.fsPath);
    if ((mode & 0o222) === 0) return true;
    await access(uri.fsPath, constants.W_OK);
    return false;
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    return code === 'EACCES' || code === 'EROFS' || code === 'EPERM';
  }
}

/** Whether a file can be made at this path, as far as the rights to its folder go; of folders that are missing the nearest that is there counts. */
export async function isFolderWritable(path: string): Promise<boolean> {
  for (let folder = posix.dirname(path); ; folder = posix.dirname(folder)) {
    const uri = vscode.Uri.file(folder);
    const isDirectory = await stat(uri.fsPath).then((found) => found.isDirectory(), () => undefined);
    if (isDirectory !== undefined) return isDirectory && (await access(uri.fsPath, constants.W_OK).then(() => true, () => false));
    if (folder === posix.dirname(folder)) return false;
  }
}

/** Such a text the editor lets extensions change, and then does not save. */
function isReadOnlyBySettings(uri: vscode.Uri): boolean {
  // A cell goes by the path of its notebook.
  if (uri.scheme !== 'file' && uri.scheme !== 'vscode-notebook-cell') return false;
  const settings = vscode.workspace.getConfiguration('files', uri);
  const matches = (name: string): boolean => Object.entries(settings.get<Record<string, unknown>>(name) ?? {}).some(([glob, value]) => value === true && fitsSetting(glob, uri.path));
  return matches('readonlyInclude') && !matches('readonlyExclude');
}

/** As the editor reads these globs: they count from the workspace folder, absolute ones from the root. */
function fitsSetting(text: string, path: string): boolean {
  const glob = settingGlob(bare(text));
  if (glob === undefined) return false;
  if (/^\/|^[a-z]:/i.test(text)) return fits(glob, bare(path));
  const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(path))?.uri.path;
  return folder === undefined ? text.startsWith('**') && fits(glob, bare(path)) : fits(glob, bare(path.slice(folder.length)));
}

/** Without the slashes at its beginning, and with a small drive letter. */
function bare(path: string): string {
  return path.replace(/^\/+/, '').replace(/^[A-Z](?=:)/, (letter) => letter.toLowerCase());
}
