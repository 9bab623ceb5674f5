import * as vscode from 'vscode';
import { abortable } from '../core/abortable.ts';
import { ApplyError, type Documents } from '../core/editor/documents.ts';
import { findText } from './openDocument.ts';
import { madeOf } from './partlyMade.ts';
import { prepareChanges, type Prepared } from './prepareChanges.ts';
import { isReadOnly } from './readOnly.ts';
import { isSaved, saveDocuments } from './saveDocuments.ts';
import { catchesUp } from './upToDate.ts';

/**
 * The texts of VS Code. A deleted file goes to the trash where its file system has one and `files.enableTrash` is on
 * (`WorkspaceEdit.deleteFile` honours both). Undo writes it again from what VS Code keeps of it, but only where an editor
 * shows another file of the same change: of a deletion alone the way back is the trash, or reverting the turn.
 */
export const documents: Documents = {
  async read(place) {
    const found = await findText(place);
    const { document, uri } = found;
    // What it shows in the end is what is read: whoever changes it is told when that is not what the disk has.
    if (document !== undefined) await catchesUp(document);
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
  },
};

async function applyPrepared({ edit, recheckOpen, isBulk, first, steps, toSave }: Prepared): Promise<void> {
  // The editor saves what a refactoring of many files has changed faster than it opens an editor for each of them.
  if (await vscode.workspace.applyEdit(edit, isBulk ? { isRefactoring: true } : undefined)) return saveDocuments(toSave);
  const made = await madeOf(steps);
  if (made.length === 0) {
    // It refuses when a text has changed on the way to it.
    recheckOpen();
    throw new ApplyError('refused', first, 'The editor did not apply the change.');
  }
  const left = [...steps.texts, ...steps.files, ...steps.movedTexts].find((change) => !made.includes(change));
  if (left === undefined) return saveDocuments(toSave);
  const changed = new Set(made.flatMap(({ kind, place }) => (kind === 'edit' ? [place.canonical] : [])));
  // What cannot be saved either is the lesser trouble.
  await saveDocuments(toSave.filter(({ canonical }) => changed.has(canonical))).catch(() => undefined);
  throw new ApplyError('refused', left.place.display, 'The editor failed after a part of the changes.', made);
}
