import * as vscode from 'vscode';
import { abortable } from '../core/abortable.ts';
import { ApplyError, type Documents } from '../core/editor/documents.ts';
import { findText, isReadOnly, isUpToDate } from './openDocument.ts';
import { prepareChanges, type Prepared } from './prepareChanges.ts';
import { isSaved, saveDocuments } from './saveDocuments.ts';

/** How long the editor is given to show what somebody else has written to the disk, in milliseconds. */
const reloadMs = 2000;

/**
 * The texts of VS Code. A deleted file goes to the trash where its file system has one and `files.enableTrash` is on
 * (`WorkspaceEdit.deleteFile` honours both). Undo writes it again from what VS Code keeps of it, but only where an editor
 * shows another file of the same change: of a deletion alone the way back is the trash, or reverting the turn.
 */
export const documents: Documents = {
  async read(place) {
    const found = await findText(place);
    const { document, uri } = found;
    if (document !== undefined && !(await isUpToDate(document))) await untilChanged(document);
    const { text, eol } = document === undefined ? found : await findText(place);
    return { text, eol, isDirty: document !== undefined && !isSaved(document), isReadOnly: await isReadOnly(uri) };
  },
  async apply(changes, signal) {
    const prepared = await abortable(() => prepareChanges(changes, signal), signal);
    await prepared.recheckClosed();
    signal.throwIfAborted();
    // From here to the edit nothing else has its turn: what was checked is what is changed.
    prepared.recheckOpen();
    await applyPrepared(prepared);
    await saveDocuments(prepared.toSave);
  },
};

async function applyPrepared({ edit, recheckOpen, isBulk, first }: Prepared): Promise<void> {
  // The editor saves what a refactoring of many files has changed faster than it opens an editor for each of them.
  if (await vscode.workspace.applyEdit(edit, isBulk ? { isRefactoring: true } : undefined)) return;
  // It refuses when a text has changed on the way to it.
  recheckOpen();
  throw new ApplyError('refused', first, 'The editor did not apply the change.');
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
