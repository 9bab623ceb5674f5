import * as vscode from 'vscode';
import { breathing } from '../core/breathe.ts';
import type { FileChange } from '../core/edits/change.ts';
import { hunksOf, linesOf } from '../core/edits/hunks.ts';
import { ApplyError } from '../core/editor/documents.ts';
import type { ResolvedPath } from '../core/guard/pathGuard.ts';
import { manyAtOnce } from '../core/manyAtOnce.ts';
import { FileError } from '../core/ports.ts';
import { uriOf } from './addresses.ts';
import { newFileBytes } from './newFile.ts';
import type { Steps } from './partlyMade.ts';
import { findDocument, findText, isFile, missing, stampOf, textOf, type Found } from './openDocument.ts';
import { isFolderWritable, isReadOnly } from './readOnly.ts';
import { isSaved } from './saveDocuments.ts';
import { textEdits } from './textEdits.ts';
import { catchesUp, isUpToDate } from './upToDate.ts';

/** Changes that were found possible, as one edit. */
export interface Prepared {
  readonly edit: vscode.WorkspaceEdit;
  readonly steps: Steps;
  /** The places whose documents were saved before. */
  readonly toSave: readonly ResolvedPath[];
  /** Many files, none of them with anything that was not saved. */
  readonly isBulk: boolean;
  /** The first file, as the person knows it. */
  readonly first: string;
  /** Fails with `changed` when an open text is not what it was. */
  readonly recheckOpen: () => void;
  /** The same for texts that nobody has open, by their files. */
  readonly recheckClosed: () => Promise<void>;
}

interface Checked {
  readonly found: Found;
  readonly version: number | undefined;
  readonly before: string;
  readonly place: ResolvedPath;
}

const manyFiles = 10;

/** Looks whether all of the changes can be made, and how. Fails with an `ApplyError`. */
export async function prepareChanges(changes: readonly FileChange[], signal: AbortSignal): Promise<Prepared> {
  const breathe = breathing(signal);
  const edit = new vscode.WorkspaceEdit();
  const checked: Checked[] = [];
  const toSave: ResolvedPath[] = [];
  const moves = changes.flatMap((change) => (change.kind === 'move' ? [change] : []));
  const vacated = new Set(changes.flatMap((change) => (change.kind === 'delete' || change.kind === 'move' ? [change.place.canonical] : [])));

  async function check(place: ResolvedPath, before: string): Promise<Found> {
    const found = await findText(place).catch((error: unknown) => {
      throw error instanceof FileError && error.reason === 'missing' ? new ApplyError('missing', place.display, error.message) : error;
    });
    const { document, uri, text } = found;
    const version = document?.version;
    if (await isReadOnly(uri)) throw new ApplyError('read-only', place.display, 'It is read-only.');
    if (document !== undefined && !(await isUpToDate(document))) throw (await catchesUp(document)) ? changed(place.display) : new ApplyError('stale', place.display, 'The editor shows an older text than the disk has.');
    if (text !== before) throw changed(place.display);
    checked.push({ found, version, before, place });
    return found;
  }

  async function mustBeFree(place: ResolvedPath): Promise<void> {
    if (!vacated.has(place.canonical) && (await stampOf(uriOf(place.canonical))) !== missing) throw new ApplyError('exists', place.display, 'It exists already.');
    if (!(await isFolderWritable(place.canonical))) throw new ApplyError('refused', place.display, 'Its folder cannot be written.');
  }

  const operations: ((edit: vscode.WorkspaceEdit) => void)[] = [];
  for (const change of changes) {
    await breathe();
    if (change.kind === 'delete') {
      const uri = await mustExist(change.place);
      const document = change.before === undefined ? findDocument(change.place) : (await check(change.place, change.before)).document;
      if (document !== undefined && !isSaved(document)) {
        throw new ApplyError('refused', change.place.display, 'It has changes that are not saved, which would be lost. The person has to save it first.');
      }
      operations.push((edit) => edit.deleteFile(uri, { recursive: false, ignoreIfNotExists: false }));
    } else if (change.kind === 'move') {
      await mustBeFree(change.to);
      const uri = await mustExist(change.place);
      operations.push((edit) => edit.renameFile(uri, uriOf(change.to.canonical), { overwrite: false }));
    } else if (change.kind === 'create') {
      await mustBeFree(change.place);
      const uri = uriOf(change.place.canonical);
      const contents = change.bytes ?? (await newFileBytes(uri, change.after));
      operations.push((edit) => edit.createFile(uri, { overwrite: false, contents }));
    }
  }
  const edits = changes.filter((change) => change.kind === 'edit');
  const texts: { readonly uri: vscode.Uri; readonly edits: vscode.TextEdit[]; readonly isMoved: boolean }[] = [];
  const movedBy = new Map(moves.flatMap((move) => [[move.place.canonical, move] as const, [move.to.canonical, move] as const]));
  await manyAtOnce(edits, async (change, index) => {
    await breathe();
    const moved = movedBy.get(change.place.canonical);
    const { document, uri, eol } = await check(moved?.place ?? change.place, change.before);
    const isMoved = moved !== undefined;
    texts[index] = { uri: isMoved ? uriOf(moved.to.canonical) : uri, edits: textEdits(hunksOf(change.before, change.after), linesOf(change.before), eol), isMoved };
    if (document === undefined || isSaved(document)) toSave.push(moved?.to ?? change.place);
  });

  // The editor makes an edit's parts in this order and takes none back. Before the texts it looks whether one has changed,
  // so they come first: files are not touched then. Texts of moved files have to wait for their new names.
  for (const { uri, edits: some, isMoved } of texts) if (!isMoved) edit.set(uri, some);
  for (const operation of operations) operation(edit);
  for (const { uri, edits: some, isMoved } of texts) if (isMoved) edit.set(uri, some);

  return {
    edit,
    toSave,
    steps: {
      texts: edits.filter(({ place }) => !movedBy.has(place.canonical)),
      files: changes.filter(({ kind }) => kind !== 'edit'),
      movedTexts: edits.filter(({ place }) => movedBy.has(place.canonical)),
    },
    isBulk: toSave.length > manyFiles && toSave.length === changes.length,
    first: changes[0]?.place.display ?? '',
    recheckOpen() {
      for (const { found: { document }, version, before, place } of checked) {
        const present = document === undefined || document.isClosed ? findDocument(place) : document;
        if (present !== undefined && (present !== document || present.version !== version) && textOf(present) !== before) throw changed(place.display);
      }
    },
    async recheckClosed() {
      const closed = checked.filter(({ found: { document } }) => document === undefined || document.isClosed);
      const stamps = await Promise.all(closed.map(async ({ found: { uri } }) => stampOf(uri)));
      closed.forEach(({ found: { stamp }, place }, index) => {
        if (stamps[index] !== stamp) throw changed(place.display);
      });
    },
  };
}

function changed(display: string): ApplyError {
  return new ApplyError('changed', display, 'It is not what it was any more.');
}

async function mustExist(place: ResolvedPath): Promise<vscode.Uri> {
  const uri = uriOf(place.canonical);
  if (!isFile(place) || (await stampOf(uri)) === missing) throw new ApplyError('missing', place.display, 'It is not there.');
  if (await isReadOnly(uri)) throw new ApplyError('read-only', place.display, 'It is read-only.');
  return uri;
}
