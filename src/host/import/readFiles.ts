import * as vscode from 'vscode';
import { mostFound } from '../../core/import/found.ts';

/** A file of another tool, as text. */
export interface ReadFile {
  readonly name: string;
  readonly uri: vscode.Uri;
  readonly text: string;
}

/** The text of a file; undefined when there is none, or it is larger than any settings are. */
export async function readText(uri: vscode.Uri): Promise<ReadFile | undefined> {
  try {
    const { type, size } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.File) === 0 || size > mostFound.characters) return undefined;
    return { name: uri.path.slice(uri.path.lastIndexOf('/') + 1), uri, text: new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)) };
  } catch {
    // It is not there, or not for us to read: nothing to take over.
    return undefined;
  }
}

/** The files of a folder with these endings, by name; none where there is no such folder. */
export async function readFolder(uri: vscode.Uri, endings: readonly string[]): Promise<readonly ReadFile[]> {
  const entries = await vscode.workspace.fs.readDirectory(uri).then((list) => list, () => []);
  const names = entries.flatMap(([name, type]) => ((type & vscode.FileType.Directory) === 0 && endings.some((ending) => name.toLowerCase().endsWith(ending)) ? [name] : []));
  const read = await Promise.all(names.toSorted().slice(0, mostFound.entries).map(async (name) => readText(vscode.Uri.joinPath(uri, name))));
  return read.filter((file) => file !== undefined);
}

/** Whether something lies there. */
export async function isThere(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(() => true, () => false);
}
