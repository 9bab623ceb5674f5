import * as vscode from 'vscode';
import { filePathOf } from './addresses.ts';
import { textOf, withLineFeeds } from './openDocument.ts';

/** How long the editor is given to show what somebody else has written to the disk, in milliseconds. */
const reloadMs = 2000;

/**
 * Whether the editor shows what is on the disk, or what the person has written over it. A document that somebody else
 * has changed on the disk a moment ago is brought up to date by the editor soon, but not at once.
 */
export async function isUpToDate(document: vscode.TextDocument): Promise<boolean> {
  if (filePathOf(document.uri) === undefined || document.isDirty) return true;
  try {
    const version = document.version;
    const bytes = await vscode.workspace.fs.readFile(document.uri);
    const onDisk = await vscode.workspace.decode(bytes, { encoding: document.encoding });
    return document.version !== version || withLineFeeds(onDisk) === textOf(document);
  } catch {
    // Gone from the disk: what is to be done with it will say so.
    return true;
  }
}

/** Whether the editor brings the document up to date in time: it never does where it does not watch the disk. */
export async function catchesUp(document: vscode.TextDocument): Promise<boolean> {
  if (await isUpToDate(document)) return true;
  await untilChanged(document);
  return isUpToDate(document);
}

async function untilChanged(document: vscode.TextDocument): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const listening = vscode.workspace.onDidChangeTextDocument((event) => {
    if (event.document === document) resolve();
  });
  const timer = setTimeout(resolve, reloadMs);
  await promise;
  clearTimeout(timer);
  listening.dispose();
}
