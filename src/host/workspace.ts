import * as vscode from 'vscode';
import type { Workspace } from '../core/ports.ts';

/** The window's folders that lie on a file system we can follow links on. */
export const workspace: Workspace = {
  folders: () =>
    (vscode.workspace.workspaceFolders ?? [])
      .filter((folder) => folder.uri.scheme === 'file' && folder.uri.authority === '')
      .map((folder) => ({ name: folder.name, path: folder.uri.path.replace(/(?<=.)\/+$/, '') })),
  isTrusted: () => vscode.workspace.isTrusted,
};
