import * as vscode from 'vscode';
import { ApplyError } from '../core/editor/documents.ts';
import type { ResolvedPath } from '../core/guard/pathGuard.ts';
import { manyAtOnce } from '../core/manyAtOnce.ts';
import { findDocument } from './openDocument.ts';
import { isUpToDate } from './upToDate.ts';

/** Whether a text is saved: that of a cell with its notebook. What has never been saved has no place to be saved to. */
export function isSaved(document: vscode.TextDocument): boolean {
  return !document.isUntitled && !(notebookOf(document)?.isDirty ?? document.isDirty);
}

/** Saves the documents of these places, as the person would; fails with an `ApplyError` `not-saved` when all have been tried and one was not. */
export async function saveDocuments(places: readonly ResolvedPath[]): Promise<void> {
  const failed: string[] = [];
  await manyAtOnce(places, async (place) => {
    const document = findDocument(place);
    // One that is not open has nothing that is not saved. One that is read-only in its editor never counts as changed.
    if (document === undefined || (isSaved(document) && (await isUpToDate(document)))) return;
    const saved = await (notebookOf(document) ?? document).save().then((done) => done, () => false);
    if (!saved || !isSaved(document)) failed.push(place.display);
  });
  const [display] = failed;
  if (display !== undefined) throw new ApplyError('not-saved', display, failed.length === 1 ? 'The editor did not save it.' : `The editor did not save it, nor ${failed.length - 1} others.`);
}

function notebookOf(document: vscode.TextDocument): vscode.NotebookDocument | undefined {
  if (document.uri.scheme !== 'vscode-notebook-cell') return undefined;
  return vscode.workspace.notebookDocuments.find((notebook) => notebook.getCells().some((cell) => cell.document === document));
}
