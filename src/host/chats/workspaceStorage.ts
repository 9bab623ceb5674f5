import * as vscode from 'vscode';
import type { Storage } from '../../core/sessions/storage.ts';
import { attempt } from '../fileErrors.ts';
import { ownName, segmentsOf } from './storagePath.ts';

/** Files in a folder that only VS Code can reach: nothing can be appended there. */
export function workspaceStorage(root: vscode.Uri): Storage {
  const { fs } = vscode.workspace;
  const at = (path: string): vscode.Uri => vscode.Uri.joinPath(root, ...segmentsOf(path));
  const folderOf = (path: string): vscode.Uri => vscode.Uri.joinPath(root, ...segmentsOf(path).slice(0, -1));

  async function exists(uri: vscode.Uri): Promise<boolean> {
    return fs.stat(uri).then(
      () => true,
      () => false,
    );
  }

  return {
    read: async (path) => attempt(() => fs.readFile(at(path))),
    size: async (path) => attempt(async () => (await fs.stat(at(path))).size),
    write: async (path, bytes) =>
      attempt(async () => {
        const temporary = vscode.Uri.joinPath(folderOf(path), ownName());
        await fs.createDirectory(folderOf(path));
        await fs.writeFile(temporary, bytes);
        await fs.rename(temporary, at(path), { overwrite: true });
      }),
    list: async (path) => attempt(async () => ((await exists(at(path))) ? (await fs.readDirectory(at(path))).map(([name]) => name) : [])),
    move: async (from, to) =>
      attempt(async () => {
        await fs.createDirectory(folderOf(to));
        await fs.rename(at(from), at(to), { overwrite: false });
      }),
    delete: async (path) =>
      attempt(async () => {
        if (await exists(at(path))) await fs.delete(at(path), { recursive: true, useTrash: false });
      }),
  };
}
