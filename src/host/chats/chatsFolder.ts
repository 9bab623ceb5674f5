import type * as vscode from 'vscode';

/**
 * Where the chats of the open folder are, those of no folder where none is open. VS Code (1.104 to 1.139 at least) locks a
 * folder's storage for its first window and gives the next ones `<folder>-1`, `<folder>-2` beside it: what was kept there
 * nobody would find again. Chats belong to the folder, and say themselves which window writes to them.
 */
export function chatsFolder({ storageUri, globalStorageUri }: Pick<vscode.ExtensionContext, 'storageUri' | 'globalStorageUri'>): vscode.Uri {
  if (storageUri?.scheme !== 'file') return storageUri ?? globalStorageUri;
  return storageUri.with({ path: storageUri.path.replace(/([0-9a-f]{4})-[1-9](\/[^/]+\/?)$/, '$1$2') });
}
