import * as vscode from 'vscode';
import type { Decision } from '../../core/reviews/reviews.ts';
import { mention } from '../messages.ts';
import { targetOfDocument } from '../review/diffs.ts';
import { goOn, goToHunk } from '../review/navigation.ts';
import { hunkRange, openHunks, type PendingChanges } from '../review/pendingChanges.ts';
import { readTarget, type ReviewTarget } from '../review/reviewTarget.ts';
import type { Command, CommandContext } from './command.ts';

export const acceptHunk: Command = { id: 'rivulet.acceptHunk', run: async (context, ...args) => decideHunk(context, 'accept', args) };
export const rejectHunk: Command = { id: 'rivulet.rejectHunk', run: async (context, ...args) => decideHunk(context, 'reject', args) };
export const acceptAll: Command = { id: 'rivulet.acceptAll', run: async (context, ...args) => decideFile(context, 'accept', args) };
export const rejectAll: Command = { id: 'rivulet.rejectAll', run: async (context, ...args) => decideFile(context, 'reject', args) };

export const decideLater: Command = {
  id: 'rivulet.decideLater',
  async run(context, ...args) {
    const target = anyTarget(context, args);
    if (target === undefined || isTooSoon(context, target, args)) return;
    await context.reviews.decide({ token: target.token, decision: 'later' });
  },
};

export const showDiff: Command = {
  id: 'rivulet.showDiff',
  async run(context, ...args) {
    const target = anyTarget(context, args);
    if (target !== undefined) await context.inlineReview.diffs.show(target);
  },
};

export const nextHunk: Command = { id: 'rivulet.nextHunk', run: async (context) => goToHunk(context.inlineReview, 1) };
export const previousHunk: Command = { id: 'rivulet.previousHunk', run: async (context) => goToHunk(context.inlineReview, -1) };

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
  if (editor === undefined || here === undefined) return goToHunk(inlineReview, 1);
  if (isTooSoon(context, here, args)) return;
  await reviews.decide({ token: here.token, file: here.file, hunk: here.index, decision });
  // Whoever decides by key goes through the file: the next press must not be spent on getting to the next hunk.
  goOn(editor, inlineReview.pending);
}

/** By the arguments, or else all of what waits in the editor's document. Where nothing does, it is gone to: nothing is decided unseen. */
async function decideFile(context: CommandContext, decision: Decision['decision'], args: readonly unknown[]): Promise<void> {
  const { reviews, inlineReview } = context;
  const target = shownTarget(inlineReview.pending, args);
  if (target === 'over') return notWaiting();
  if (target === undefined) return goToHunk(inlineReview, 1);
  if (isTooSoon(context, target, args)) return;
  const files = inlineReview.pending.review(target.token)?.files.length;
  // The only file of a review is all of it.
  await reviews.decide(target.file === undefined || files === 1 ? { token: target.token, decision } : { token: target.token, file: target.file, decision });
}

/** What is shown, or else the only review that waits, for what decides nothing; the person is told when there is none. */
function anyTarget({ inlineReview: { pending } }: CommandContext, args: readonly unknown[]): ReviewTarget | undefined {
  const shown = shownTarget(pending, args);
  const [only, ...others] = pending.all();
  const target = shown ?? (others.length === 0 && only !== undefined ? { token: only.token } : 'over');
  if (target !== 'over') return target;
  notWaiting();
  return undefined;
}

/** What the arguments name (a menu over a diff gives its address), `over` when that waits no more, or what waits in the editor's document. */
function shownTarget(pending: PendingChanges, args: readonly unknown[]): ReviewTarget | 'over' | undefined {
  const document = vscode.window.activeTextEditor?.document;
  const named = targetOfDocument(args[0]) ?? (typeof args[0] === 'string' ? args : targetOfDocument(document?.uri));
  if (named !== undefined) return readTarget(named, pending) ?? 'over';
  const [here] = document === undefined ? [] : pending.in(document);
  return here && { token: here.token, file: here.file };
}

/** Whether what is decided by where the person is has come up right under their fingers; they are told so. */
function isTooSoon({ inlineReview: { pending } }: CommandContext, { token }: Pick<ReviewTarget, 'token'>, args: readonly unknown[]): boolean {
  const isNamed = typeof args[0] === 'string' || targetOfDocument(args[0]) !== undefined;
  if (isNamed || !pending.isTooNew(token)) return false;
  mention(vscode.l10n.t('Another agent has proposed this just now. Look at it first.'));
  return true;
}

function notWaiting(): void {
  mention(vscode.l10n.t('That change does not wait for a decision any more.'));
}
