import * as vscode from 'vscode';
import type { Workspace } from '../core/ports.ts';
import { pathOfFolder } from './addresses.ts';

/** The window's folders, those of other file systems than the disk too. */
export const workspace: Workspace = {
  folders: () =>
    (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => isReachable(uri)).map(({ name, uri }) => ({ name, path: pathOfFolder(uri) })),
  isTrusted: () => vscode.workspace.isTrusted,
};

/** Folders on the disk of another machine (`file://server/shop`) have no path here. */
function isReachable({ scheme, authority }: vscode.Uri): boolean {
  return scheme !== 'file' || authority === '';
}
