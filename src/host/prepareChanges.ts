import * as vscode from 'vscode';
import { breathing } from '../core/breathe.ts';
import type { FileChange } from '../core/edits/change.ts';
import { hunksOf, linesOf } from '../core/edits/hunks.ts';
import { ApplyError } from '../core/editor/documents.ts';
import type { ResolvedPath } from '../core/guard/pathGuard.ts';
import { FileError } from '../core/ports.ts';
import { newFileBytes } from './newFile.ts';
import { isFile, isReadOnly, isUpToDate, openDocument, textOf, uriOf } from './openDocument.ts';
import { isSaved } from './saveDocuments.ts';
import { textEdits } from './textEdits.ts';

/** Changes that were found possible, as one edit. */
export interface Prepared {
  readonly edit: vscode.WorkspaceEdit;
  /** The places whose documents were saved before. */
  readonly toSave: readonly ResolvedPath[];
  /** Many files, none of them with anything that was not saved. */
  readonly isBulk: boolean;
  /** The first file, as the person knows it. */
  readonly first: string;
  /** Fails with `changed` when an open text is not what it was. */
  recheckOpen(): void;
  /** The same for documents that the editor has closed again meanwhile, by their files. */
  recheckClosed(): Promise<void>;
}

interface Checked {
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly before: string;
  readonly display: string;
  /** Of its file, when it was looked at: time and size. */
  readonly stamp: string;
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

  async function check(place: ResolvedPath, before: string): Promise<Checked> {
    const document = await openDocument(place).catch((error: unknown) => {
      throw error instanceof FileError && error.reason === 'missing' ? new ApplyError('missing', place.display, error.message) : error;
    });
    if (await isReadOnly(document.uri)) throw new ApplyError('read-only', place.display, 'It is read-only.');
    if (!(await isUpToDate(document))) throw changed(place.display);
    const stamp = await stampOf(document.uri);
    const one = { document, version: document.version, before, display: place.display, stamp };
    if (textOf(document) !== before) throw changed(place.display);
    checked.push(one);
    return one;
  }

  async function mustBeFree(place: ResolvedPath): Promise<void> {
    if (!vacated.has(place.canonical) && (await stampOf(uriOf(place.canonical))) !== missing) throw new ApplyError('exists', place.display, 'It exists already.');
  }

  async function mustExist(place: ResolvedPath): Promise<vscode.Uri> {
    const uri = uriOf(place.canonical);
    if (!isFile(place) || (await stampOf(uri)) === missing) throw new ApplyError('missing', place.display, 'It is not there.');
    if (await isReadOnly(uri)) throw new ApplyError('read-only', place.display, 'It is read-only.');
    return uri;
  }

  // Files first, then texts by their new names: one edit's parts are applied in this order, and names must be there by then.
  for (const change of changes) {
    await breathe();
    if (change.kind === 'delete') {
      const uri = await mustExist(change.place);
      if (change.before !== undefined && !isSaved((await check(change.place, change.before)).document)) {
        throw new ApplyError('refused', change.place.display, 'It has changes that are not saved, which would be lost. The person has to save it first.');
      }
      edit.deleteFile(uri, { recursive: false, ignoreIfNotExists: false });
    } else if (change.kind === 'move') {
      await mustBeFree(change.to);
      edit.renameFile(await mustExist(change.place), uriOf(change.to.canonical), { overwrite: false });
    } else if (change.kind === 'create') {
      await mustBeFree(change.place);
      const uri = uriOf(change.place.canonical);
      edit.createFile(uri, { overwrite: false, contents: change.bytes ?? (await newFileBytes(uri, change.after)) });
    }
  }
  for (const change of changes) {
    if (change.kind !== 'edit') continue;
    await breathe();
    const moved = moves.find(({ place, to }) => place.canonical === change.place.canonical || to.canonical === change.place.canonical);
    const { document } = await check(moved?.place ?? change.place, change.before);
    const target = moved === undefined ? document.uri : uriOf(moved.to.canonical);
    edit.set(target, textEdits(hunksOf(change.before, change.after), linesOf(change.before), document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n'));
    if (isSaved(document)) toSave.push(moved?.to ?? change.place);
  }

  return {
    edit,
    toSave,
    isBulk: toSave.length > manyFiles && toSave.length === changes.length,
    first: changes[0]?.place.display ?? '',
    recheckOpen() {
      for (const { document, version, before, display } of checked) {
        if (!document.isClosed && document.version !== version && textOf(document) !== before) throw changed(display);
      }
    },
    async recheckClosed() {
      const closed = checked.filter(({ document }) => document.isClosed);
      const stamps = await Promise.all(closed.map(({ document }) => stampOf(document.uri)));
      closed.forEach(({ stamp, display }, index) => {
        if (stamps[index] !== stamp) throw changed(display);
      });
    },
  };
}

const missing = 'missing';

/** When a file was last written and how long it is; `missing` for none. */
async function stampOf(uri: vscode.Uri): Promise<string> {
  if (uri.scheme !== 'file') return '';
  return vscode.workspace.fs.stat(uri).then(({ mtime, size }) => `${mtime} ${size}`, () => missing);
}

function changed(display: string): ApplyError {
  return new ApplyError('changed', display, 'It is not what it was any more.');
}
