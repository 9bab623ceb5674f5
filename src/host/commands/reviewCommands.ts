import * as vscode from 'vscode';
import type { Decision } from '../../core/reviews/reviews.ts';
import { mention, tell } from '../messages.ts';
import { targetOfDocument } from '../review/diffs.ts';
import { hunkRange, openHunks } from '../review/pendingChanges.ts';
import { uriOf } from '../review/place.ts';
import { readTarget, type ReviewTarget } from '../review/reviewTarget.ts';
import type { Command, CommandContext } from './command.ts';

export const acceptHunk: Command = { id: 'rivulet.acceptHunk', run: async (context, ...args) => decideHunk(context, 'accept', args) };
export const rejectHunk: Command = { id: 'rivulet.rejectHunk', run: async (context, ...args) => decideHunk(context, 'reject', args) };
export const acceptAll: Command = { id: 'rivulet.acceptAll', run: async (context, ...args) => decideFile(context, 'accept', args) };
export const rejectAll: Command = { id: 'rivulet.rejectAll', run: async (context, ...args) => decideFile(context, 'reject', args) };

export const decideLater: Command = {
  id: 'rivulet.decideLater',
  async run(context, ...args) {
    const target = targetOf(context, args);
    if (target !== undefined) await context.reviews.decide({ token: target.token, decision: 'later' });
  },
};

export const showDiff: Command = {
  id: 'rivulet.showDiff',
  async run(context, ...args) {
    const target = targetOf(context, args);
    if (target !== undefined) await context.inlineReview.diffs.show(target);
  },
};

export const nextHunk: Command = { id: 'rivulet.nextHunk', run: async (context) => goToHunk(context, 1) };
export const previousHunk: Command = { id: 'rivulet.previousHunk', run: async (context) => goToHunk(context, -1) };

/** By the lens's arguments, or else the hunk at the cursor. Where there is none, the next one is gone to: nothing is decided unseen. */
async function decideHunk(context: CommandContext, decision: Decision['decision'], args: readonly unknown[]): Promise<void> {
  const { reviews, inlineReview } = context;
  if (args.length > 0) {
    const target = readTarget(args, inlineReview.pending);
    return target?.hunk === undefined ? notWaiting() : reviews.decide({ ...target, decision });
  }
  const editor = vscode.window.activeTextEditor;
  const hunks = editor === undefined ? [] : openHunks(inlineReview.pending.in(editor.document));
  const here = editor && hunks.find((hunk) => {
    const { start, end } = hunkRange(hunk, editor.document);
    return start.line <= editor.selection.active.line && editor.selection.active.line <= end.line;
  });
  if (here === undefined) return goToHunk(context, 1);
  await reviews.decide({ token: here.token, file: here.file, hunk: here.index, decision });
}

/** By the arguments, or else all of what waits in the editor's document: files that the person does not see stay as they are. */
async function decideFile(context: CommandContext, decision: Decision['decision'], args: readonly unknown[]): Promise<void> {
  const target = targetOf(context, args);
  if (target === undefined) return;
  const files = context.inlineReview.pending.review(target.token)?.files.length;
  // The only file of a review is all of it.
  await context.reviews.decide(target.file === undefined || files === 1 ? { token: target.token, decision } : { token: target.token, file: target.file, decision });
}

/** What the arguments name (a menu over a diff gives its address), or what waits in the editor's document; the person is told when nothing does. */
function targetOf({ inlineReview }: CommandContext, args: readonly unknown[]): ReviewTarget | undefined {
  const { pending } = inlineReview;
  const document = vscode.window.activeTextEditor?.document;
  const named = targetOfDocument(args[0]) ?? (typeof args[0] === 'string' ? args : targetOfDocument(document?.uri));
  if (named !== undefined) {
    const target = readTarget(named, pending);
    if (target === undefined) notWaiting();
    return target;
  }
  const [here] = document === undefined ? [] : pending.in(document);
  const [only, ...others] = pending.all();
  if (here !== undefined) return { token: here.token, file: here.file };
  if (only !== undefined && others.length === 0) return { token: only.token };
  notWaiting();
  return undefined;
}

function notWaiting(): void {
  mention(vscode.l10n.t('That change does not wait for a decision any more.'));
}

/** Puts the cursor at the next hunk of the document, around its end too, or opens the next file in which one waits. */
async function goToHunk({ inlineReview: { pending } }: CommandContext, step: 1 | -1): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const hunks = editor === undefined ? [] : openHunks(pending.in(editor.document));
  const at = editor?.selection.active.line ?? 0;
  const starts = hunks.map((hunk) => (editor === undefined ? 0 : hunkRange(hunk, editor.document).start.line));
  const beyond = step === 1 ? starts.findIndex((line) => line > at) : starts.findLastIndex((line) => line < at);
  if (editor !== undefined && beyond >= 0) return select(editor, starts[beyond] ?? 0);

  const places = pending.all().flatMap(({ files }) => files.flatMap(({ change, hunks: own }) => (change.kind === 'edit' && own.some(({ decision }) => decision === 'open') ? [uriOf(change.place)] : [])));
  const now = places.findIndex((uri) => uri.toString() === editor?.document.uri.toString());
  const next = places[(now + step + places.length) % places.length];
  if (next === undefined) {
    await tell('information', vscode.l10n.t('No change waits for a decision.'));
    return;
  }
  const opened = next.toString() === editor?.document.uri.toString() ? editor : await vscode.window.showTextDocument(next);
  const found = openHunks(pending.in(opened.document)).map((hunk) => hunkRange(hunk, opened.document).start.line);
  const line = step === 1 ? found[0] : found.at(-1);
  if (line !== undefined) select(opened, line);
}

function select(editor: vscode.TextEditor, line: number): void {
  editor.selection = new vscode.Selection(line, 0, line, 0);
  editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
