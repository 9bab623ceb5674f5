import * as vscode from 'vscode';
import type { PendingFile, PendingReview } from '../../core/reviews/reviews.ts';
import { tell } from '../messages.ts';
import { showDocument, type ShowOptions } from '../showDocument.ts';
import { targetOfDocument } from './diffs.ts';
import type { InlineReview } from './inlineReview.ts';
import { hunkRange, openHunks, type PendingChanges } from './pendingChanges.ts';
import { isAt, uriOf } from './place.ts';

type Step = 1 | -1;

/** A file with hunks still to be decided. */
interface WaitingFile {
  readonly token: string;
  readonly file: number;
  readonly change: PendingFile['change'];
}

/** Puts the cursor at the next hunk of the document, around its end too, or shows the next file in which one waits. */
export async function goToHunk({ pending, diffs }: InlineReview, step: Step): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const starts = editor === undefined ? [] : hunkStarts(editor.document, pending);
  const at = editor?.selection.active.line ?? 0;
  const beyond = step === 1 ? starts.find((line) => line > at) : starts.findLast((line) => line < at);
  if (editor !== undefined && beyond !== undefined) return select(editor, beyond);

  const files = waitingFiles(pending.all());
  const now = editor === undefined ? -1 : files.findIndex((file) => isShownIn(editor.document, file));
  const next = now === -1 ? files.at(step === 1 ? 0 : -1) : files[(now + step + files.length) % files.length];
  if (next !== undefined) await showFile({ pending, diffs }, next, { step });
  else if (pending.all().length > 0) await showPanel();
  // Whoever ran the command does not wait until the notification is put away.
  else void tell('information', vscode.l10n.t('No change waits for a decision.'));
}

/** Puts the cursor at the next hunk of this editor that is still to be decided, around its end too; where none is left it stays. */
export function goOn(editor: vscode.TextEditor, pending: PendingChanges): void {
  const starts = hunkStarts(editor.document, pending);
  const line = starts.find((start) => start > editor.selection.active.line) ?? starts[0];
  if (line !== undefined) select(editor, line);
}

/** Shows the first change of a review that waits: an edit at its hunk, a file that comes or goes in a diff, what has no text in the panel. */
export async function showReview({ pending, diffs }: InlineReview, token: string, options: ShowOptions = {}): Promise<void> {
  const [first] = waitingFiles(pending.all().filter((review) => review.token === token));
  await (first === undefined ? showPanel() : showFile({ pending, diffs }, first, { step: 1, ...options }));
  // To open it may have taken a while.
  if (options.preserveFocus === true) pending.show(token);
}

/** Shows the panel, where every question has a card. */
export async function showPanel(): Promise<void> {
  await vscode.commands.executeCommand('rivulet.focus');
}

/** In the order in which they are asked about, without what has no text: only the panel shows that. */
function waitingFiles(reviews: readonly PendingReview[]): readonly WaitingFile[] {
  return reviews.flatMap(({ token, files }) => files.flatMap(({ change, hunks }, file) => (hunks.some(({ decision }) => decision === 'open') ? [{ token, file, change }] : [])));
}

function isShownIn(document: vscode.TextDocument, { token, file, change }: WaitingFile): boolean {
  if (change.kind === 'edit') return isAt(document, change.place);
  const [shownToken, shownFile] = targetOfDocument(document.uri) ?? [];
  return shownToken === token && shownFile === file;
}

async function showFile({ pending, diffs }: Pick<InlineReview, 'pending' | 'diffs'>, { token, file, change }: WaitingFile, { step, ...options }: ShowOptions & { readonly step: Step }): Promise<void> {
  if (change.kind !== 'edit') return diffs.show({ token, file }, options);
  const active = vscode.window.activeTextEditor;
  // It may be open under the name that a link leads to, and is not opened twice.
  const open = vscode.workspace.textDocuments.find((document) => isAt(document, change.place));
  const editor = active !== undefined && isAt(active.document, change.place) ? active : await showDocument(open?.uri ?? uriOf(change.place), { ...options, ...(isOneOfSeveral(token, pending) && { preview: false }) });
  if (editor === undefined) return;
  if (options.preserveFocus === true) {
    // The cursor is where the person types: their next key would decide what they have not seen.
    const [own] = openHunks(pending.in(editor.document)).filter((hunk) => hunk.token === token);
    if (own !== undefined) editor.revealRange(hunkRange(own, editor.document), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    return;
  }
  const line = hunkStarts(editor.document, pending).at(step === 1 ? 0 : -1);
  if (line !== undefined) select(editor, line);
}

/** Whether a preview would take the place of what waits beside it. */
function isOneOfSeveral(token: string, pending: PendingChanges): boolean {
  return pending.all().some((review) => review.token !== token);
}

/** The lines at which the hunks begin that are still to be decided, from top to bottom. */
function hunkStarts(document: vscode.TextDocument, pending: PendingChanges): readonly number[] {
  return openHunks(pending.in(document)).map((hunk) => hunkRange(hunk, document).start.line);
}

function select(editor: vscode.TextEditor, line: number): void {
  editor.selection = new vscode.Selection(line, 0, line, 0);
  editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
