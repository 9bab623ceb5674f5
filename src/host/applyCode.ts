import * as vscode from 'vscode';
import { isInAnswer } from '../core/edits/answerCode.ts';
import { codeLines, isElided, placeCode } from '../core/edits/placeCode.ts';
import type { FileChange } from '../core/edits/change.ts';
import { isPatch, replacementsOf } from '../core/edits/patchText.ts';
import { asWholeFile, putAtCursor, putOverSelection } from '../core/edits/putCode.ts';
import { replaceIn } from '../core/edits/replacements.ts';
import { ApplyError, type DocumentText } from '../core/editor/documents.ts';
import type { PathGuard, ResolvedPath } from '../core/guard/pathGuard.ts';
import { pathInFull } from '../core/guard/shownPath.ts';
import { FileError, type Log } from '../core/ports.ts';
import type { Reviews } from '../core/reviews/reviews.ts';
import { asEditorText, largest } from '../core/tools/writing.ts';
import type { MessageOf, ToHost } from '../protocol/messages.ts';
import { say } from '../protocol/localText.ts';
import type { Turn } from '../protocol/viewState.ts';
import { chooseTarget, refuse } from './applyTarget.ts';
import { confirmByHost } from './confirmation.ts';
import { documents } from './documents.ts';
import { pick, tell } from './messages.ts';
import { isAt } from './review/place.ts';

type ApplyIntent = Extract<MessageOf<ToHost>, { readonly type: 'apply-code' }>;

/** What applying works with. */
export interface ApplyContext {
  readonly guard: PathGuard;
  readonly reviews: Reviews;
  /** What the panel shows at this moment. */
  readonly turns: () => readonly Turn[];
  readonly log: Log;
}

/**
 * Puts a code block of an answer into a file, by a review: in place of what is selected there, else of what it is another
 * version of, else where the person says. What becomes of it the review's card shows, so the turn has to be shown, and the
 * code to stand in its answer: a page could name any.
 */
export async function applyCode(intent: ApplyIntent, { guard, reviews, turns, log }: ApplyContext): Promise<void> {
  if (!vscode.workspace.isTrusted) return inform('warning', vscode.l10n.t('Code is put into files only in a trusted window. Trust the folder first.'));
  const text = asEditorText(intent.text);
  if (text.length > largest.argument || text.includes('\0')) return inform('warning', vscode.l10n.t('This code cannot be put into a file: it is too long, or no text.'));
  const isAnswer = (): boolean => turns().some((turn) => turn.id === intent.turnId && isInAnswer(text, turn));
  if (!isAnswer()) return log.warn('Code was to be put into a file that stands in no answer that is shown.');
  const target = await chooseTarget({ text, hint: intent.hint, language: intent.language }, guard);
  if (target === undefined) return;
  const code = codeLines(text, target.kind === 'place' ? target.place.display : undefined);
  if (target.kind === 'new-document') return newDocument(code);
  const change = target.place.kind === 'missing' ? { kind: 'create' as const, place: target.place, after: asWholeFile(code) } : await editOf(target.place, { ...intent, text }, code, guard);
  // The person may have gone to another chat while they were asked.
  if (change === undefined || !isAnswer()) return;
  const { decision, files } = await reviews.forTurn(intent.turnId).review({ changes: [change] }, new AbortController().signal);
  // Nothing was shown, for nothing would change.
  if (decision === 'failed' && files.length === 0) await alreadySo(target.place);
}

async function editOf(place: ResolvedPath, { text: block, language }: ApplyIntent, code: readonly string[], guard: PathGuard): Promise<FileChange | undefined> {
  if (!(await maySee(place, guard))) return undefined;
  const document = await readable(place);
  if (document === undefined) return undefined;
  const edit = (after: string): FileChange => ({ kind: 'edit', place, before: document.text, after });
  const { text } = document;
  const editor = vscode.window.activeTextEditor;
  const shown = editor !== undefined && isAt(editor.document, place) ? editor : undefined;
  if (shown !== undefined && !shown.selection.isEmpty) return edit(putOverSelection(text, code, shown.selection));
  if (text.trim() === '') return edit(asWholeFile(code));
  const patch = isPatch(language) ? replacementsOf(block) : undefined;
  if (patch !== undefined) {
    const replaced = await replaceIn(text, patch, new AbortController().signal);
    if ('after' in replaced) return edit(replaced.after);
    await tell('warning', vscode.l10n.t('The changes do not fit {0} as it is now. Ask for them anew.', place.display));
    return undefined;
  }
  const placed = placeCode(text, code);
  if (placed.kind === 'found') return edit(placed.after);
  if (placed.kind === 'same') {
    await alreadySo(place);
    return undefined;
  }
  const after = await askWhere(place, text, code, shown?.selection.active);
  return after === undefined ? undefined : edit(after);
}

async function askWhere({ display }: ResolvedPath, text: string, code: readonly string[], cursor: vscode.Position | undefined): Promise<string | undefined> {
  const whole = { label: vscode.l10n.t('In place of the whole file'), icon: 'replace-all', make: () => asWholeFile(code) };
  const atEnd = { label: vscode.l10n.t('At the end'), icon: 'arrow-down', make: () => `${text.replace(/\n*$/, '')}\n\n${asWholeFile(code)}` };
  const atCursor = cursor === undefined ? [] : [{ label: vscode.l10n.t('At the cursor'), detail: vscode.l10n.t('Line {0}', cursor.line + 1), icon: 'insert', make: () => putAtCursor(text, code, cursor) }];
  const newFile = { label: vscode.l10n.t('New file'), icon: 'new-file', make: undefined };
  // A block that leaves things out would take them out of the file.
  const choices = [...atCursor, atEnd, ...(isElided(code.join('\n')) ? [] : [whole]), newFile];
  const picked = await pick<(typeof choices)[number]>(choices, { title: vscode.l10n.t('Where does this code go in {0}?', display) });
  if (picked === undefined) return undefined;
  if (picked.make !== undefined) return picked.make();
  await newDocument(code);
  return undefined;
}

/** Whether what a file holds may stand in the review, which is shown and kept with the chat: whatever takes a question to read takes one here. */
async function maySee({ written, canonical }: ResolvedPath, guard: PathGuard): Promise<boolean> {
  const place = await guard.resolve(written, 'read');
  if (place.class === 'denied' || place.canonical !== canonical) {
    await refuse(written);
    return false;
  }
  if (place.class === 'inside') return true;
  const details = [say('The file is {0}', pathInFull(canonical)), ...place.reasons];
  return confirmByHost({ text: say('Show {0} in the panel, to put the code there?', place.display), details, yes: say('Show It') });
}

/** The text of a place that can be changed; else undefined, and the person knows why. */
async function readable(place: ResolvedPath): Promise<DocumentText | undefined> {
  try {
    const document = await documents.read(place);
    if (!document.isReadOnly && document.text.length <= largest.file) return document;
  } catch (error) {
    if (!(error instanceof FileError || error instanceof ApplyError)) throw error;
  }
  await tell('warning', vscode.l10n.t('{0} cannot be changed: it is read-only, too large, or no text.', place.display));
  return undefined;
}

async function newDocument(code: readonly string[]): Promise<void> {
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: asWholeFile(code) }));
}

async function alreadySo({ display }: ResolvedPath): Promise<void> {
  await inform('information', vscode.l10n.t('{0} already reads like that.', display));
}

async function inform(level: 'information' | 'warning', words: string): Promise<void> {
  await tell(level, words);
}
