import * as vscode from 'vscode';
import type { TurnFiles } from '../../core/languageModel/turnShelf.ts';

/** The folder below this extension's own where turns of other extensions are kept; VS Code's file system reaches it on every host. */
export function createTurnFiles(storage: vscode.Uri): TurnFiles {
  const folder = vscode.Uri.joinPath(storage, 'languageModel');
  const at = (name: string): vscode.Uri => vscode.Uri.joinPath(folder, name);
  const { fs } = vscode.workspace;
  return {
    async list() {
      try {
        return (await fs.readDirectory(folder)).flatMap(([name, type]) => (type === vscode.FileType.File ? [name] : []));
      } catch {
        return [];
      }
    },
    read: async (name) => new TextDecoder().decode(await fs.readFile(at(name))),
    async write(name, text) {
      await fs.createDirectory(folder);
      await fs.writeFile(at(name), new TextEncoder().encode(text));
    },
    async remove(name) {
      try {
        await fs.delete(at(name));
      } catch {
        // Another window was first.
      }
    },
  };
}
