import * as vscode from 'vscode';
import type { Storage } from '../../core/sessions/storage.ts';
import { attempt } from '../fileErrors.ts';
import { abandonedMs, isOwnName, ownName, segmentsOf } from './storagePath.ts';

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

  /** The names but for those of files that are being written; what a killed window has left of those goes. */
  async function withoutAbandoned(folder: vscode.Uri, names: readonly string[]): Promise<readonly string[]> {
    for (const name of names.filter(isOwnName)) {
      const uri = vscode.Uri.joinPath(folder, name);
      const file = await fs.stat(uri).then((stat) => stat, () => undefined);
      // Some file systems do not know when.
      if (file !== undefined && file.mtime > 0 && file.mtime < Date.now() - abandonedMs) await fs.delete(uri).then(undefined, () => undefined);
    }
    return names.filter((name) => !isOwnName(name));
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
    list: async (path) => attempt(async () => ((await exists(at(path))) ? withoutAbandoned(at(path), (await fs.readDirectory(at(path))).map(([name]) => name)) : [])),
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
