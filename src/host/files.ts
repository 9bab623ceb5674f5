import { lstat, realpath } from 'node:fs/promises';
import * as vscode from 'vscode';
import { FileError, type Files } from '../core/ports.ts';

/** Files on the disk of the extension host, and the editors' text over them. */
export const files: Files = {
  async realPath(path) {
    return attempt(async () => vscode.Uri.file(await realpath(vscode.Uri.file(path).fsPath)).path);
  },
  async facts(path) {
    const stat = await attempt(() => vscode.workspace.fs.stat(vscode.Uri.file(path)));
    return { type: typeOf(stat.type), size: stat.size };
  },
  async entry(path) {
    const found = await attempt(() => lstat(vscode.Uri.file(path).fsPath));
    return { type: found.isSymbolicLink() ? 'link' : found.isFile() ? 'file' : found.isDirectory() ? 'directory' : 'other', names: found.nlink };
  },
  async read(path) {
    return attempt(() => vscode.workspace.fs.readFile(vscode.Uri.file(path)));
  },
  async decode(path, bytes) {
    return vscode.workspace.decode(bytes, { uri: vscode.Uri.file(path) });
  },
  openText(path) {
    const uri = uriOf(path).toString();
    const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri && !open.isClosed);
    return document?.getText();
  },
  hasTrash(path) {
    // VS Code's file system of another machine has none, and nothing in its interface says so.
    return vscode.env.remoteName === undefined && vscode.workspace.getConfiguration('files', vscode.Uri.file(path)).get<boolean>('enableTrash', true);
  },
};

/** The URI of a place as a guard resolves it: of a file by its path; of what is no file (`untitled:Untitled-1`, a cell of a notebook) the URI itself. */
export function uriOf(path: string): vscode.Uri {
  return path.startsWith('/') ? vscode.Uri.file(path) : vscode.Uri.parse(path, true);
}

function typeOf(type: vscode.FileType): 'file' | 'directory' | 'other' {
  if ((type & vscode.FileType.File) !== 0) return 'file';
  return (type & vscode.FileType.Directory) !== 0 ? 'directory' : 'other';
}

/** Does something with files; what it throws becomes a {@link FileError}. */
export async function attempt<Value>(action: () => Thenable<Value>): Promise<Value> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof FileError) throw error;
    const { code, message } = error as { code?: unknown; message?: unknown };
    const reason = code === 'ENOENT' || code === 'ENOTDIR' || code === 'FileNotFound' ? 'missing' : code === 'EACCES' || code === 'EPERM' || code === 'NoPermissions' ? 'denied' : 'other';
    throw new FileError(reason, String(message));
  }
}
