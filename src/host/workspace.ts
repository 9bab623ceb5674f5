import * as vscode from 'vscode';
import type { Workspace } from '../core/ports.ts';
import { say } from '../protocol/localText.ts';
import { mountedNames, pathOfFolder } from './addresses.ts';
import { platform } from './platform/current.ts';

/** The window's folders, those of other file systems than the disk too. */
export const workspace: Workspace = {
  folders: () =>
    (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => isReachable(uri)).map(({ name, uri }) => ({ name, path: pathOfFolder(uri) })),
  isTrusted: () => vscode.workspace.isTrusted,
  limits: () => [
    ...(platform().programs === undefined ? [say('Git cannot be run here, so the model does not see what has changed.')] : []),
    ...((vscode.workspace.workspaceFolders ?? []).some(({ uri }) => mountedNames(pathOfFolder(uri)) !== undefined) ? [say('This folder is not on a disk: a search reads every file, which takes longer, and links are not followed.')] : []),
  ],
};

/** Folders on the disk of another machine (`file://server/shop`) have no path here. */
function isReachable({ scheme, authority }: vscode.Uri): boolean {
  return scheme !== 'file' || authority === '';
}
