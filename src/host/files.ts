import * as vscode from 'vscode';
import { FileError, type EntryFacts, type Files } from '../core/ports.ts';
import { mountedNames, uriOf } from './addresses.ts';
import { attempt } from './fileErrors.ts';
import { platform } from './platform/current.ts';
import type { Disk } from './platform/platform.ts';

/** The disk of the extension host where it has one, the file systems of the window's folders, and the editors' text over them. */
export const files: Files = {
  async realPath(path) {
    const mounted = mountedNames(path);
    if (mounted === undefined) return attempt(async () => vscode.Uri.file(await diskOrFail().realPath(vscode.Uri.file(path).fsPath)).path);
    let at = mounted.folder;
    await files.facts(at);
    // Such a file system says that something is a link, if at all, and never where it leads.
    for (const name of mounted.names) {
      at = `${at}/${name}`;
      if ((await mountedEntry(at)).type === 'link') throw new FileError('other', `a link that cannot be followed: ${at}`);
    }
    return at;
  },
  async facts(path) {
    const stat = await attempt(() => vscode.workspace.fs.stat(uriOf(path)));
    return { type: typeOf(stat.type), size: stat.size };
  },
  async entry(path) {
    return mountedNames(path) === undefined ? attempt(async () => diskOrFail().entry(vscode.Uri.file(path).fsPath)) : mountedEntry(path);
  },
  async read(path) {
    return attempt(() => vscode.workspace.fs.readFile(uriOf(path)));
  },
  async decode(path, bytes) {
    return vscode.workspace.decode(bytes, { uri: uriOf(path) });
  },
  openText(path) {
    const uri = uriOf(path).toString();
    const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri && !open.isClosed);
    return document?.getText();
  },
  hasTrash(path) {
    // VS Code's file system of another machine has none, and nothing in its interface says so.
    return vscode.env.remoteName === undefined && mountedNames(path) === undefined && vscode.workspace.getConfiguration('files', vscode.Uri.file(path)).get<boolean>('enableTrash', true);
  },
};

/** Hard links are not known of either: a file counts as having one name. */
async function mountedEntry(path: string): Promise<EntryFacts> {
  const { type } = await attempt(() => vscode.workspace.fs.stat(uriOf(path)));
  return { type: (type & vscode.FileType.SymbolicLink) !== 0 ? 'link' : typeOf(type), names: 1 };
}

function diskOrFail(): Disk {
  const { disk } = platform();
  if (disk === undefined) throw new FileError('denied', 'There is no disk here.');
  return disk;
}

function typeOf(type: vscode.FileType): 'file' | 'directory' | 'other' {
  if ((type & vscode.FileType.File) !== 0) return 'file';
  return (type & vscode.FileType.Directory) !== 0 ? 'directory' : 'other';
}
