import * as vscode from 'vscode';
import { isPatch, pathOfPatch } from '../core/edits/patchText.ts';
import type { PathGuard, ResolvedPath } from '../core/guard/pathGuard.ts';
import { showPath } from '../core/guard/shownPath.ts';
import { filePathOf, pathOf } from './addresses.ts';
import { foreign, pick, tell, type Choice } from './messages.ts';

/** Where a block of code goes: a place, which may be missing as yet, or a new document. */
export type ApplyTarget = { readonly kind: 'place'; readonly place: ResolvedPath } | { readonly kind: 'new-document' };

/** What is known of a block of code. */
export interface HintedCode {
  readonly text: string;
  readonly hint: string | undefined;
  readonly language: string;
}

const mostFound = 20;

/** Chooses the file: the one that the block names, else that of the active editor, else the person does. Undefined when nothing is to happen. */
export async function chooseTarget(code: HintedCode, guard: PathGuard): Promise<ApplyTarget | undefined> {
  const named = (code.hint ?? (isPatch(code.language) ? pathOfPatch(code.text) : undefined))?.replace(/(?::\d+(?:[-:]\d+)*|#L\d+(?:-L?\d+)?)$/, '');
  if (named !== undefined) return namedPlace(named, guard);
  const active = vscode.window.activeTextEditor && filePathOf(vscode.window.activeTextEditor.document.uri);
  if (active !== undefined) return checked(active, guard);
  return pickTarget(guard);
}

/** The file of that name; the only one that ends so when it is not there; a new one when none does. */
async function namedPlace(path: string, guard: PathGuard): Promise<ApplyTarget | undefined> {
  const place = await guard.resolve(path, 'write');
  if (place.class === 'denied') return refuse(path);
  if (place.kind === 'file') return { kind: 'place', place };
  if (place.kind === 'directory') return pickTarget(guard);
  const similar = await filesEndingIn(path);
  const [only] = similar;
  if (only === undefined) return { kind: 'place', place };
  if (similar.length === 1) return checked(pathOf(only), guard);
  return pickFile(similar, guard, { label: vscode.l10n.t('New file {0}', place.display), icon: 'new-file', target: { kind: 'place', place } });
}

async function filesEndingIn(path: string): Promise<readonly vscode.Uri[]> {
  const plain = path.replace(/^\.?\//, '');
  // Characters that mean something in a pattern would find something else.
  if (/[*?{}[\]]/.test(plain)) return [];
  return vscode.workspace.findFiles(`**/${plain}`, undefined, mostFound);
}

/** The files that are open in editors, to pick from. */
async function pickTarget(guard: PathGuard): Promise<ApplyTarget | undefined> {
  const open = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.flatMap(({ input }) => (input instanceof vscode.TabInputText && filePathOf(input.uri) !== undefined ? [input.uri] : [])));
  return pickFile(open, guard, { label: vscode.l10n.t('New file'), icon: 'new-file', target: { kind: 'new-document' } });
}

async function pickFile(uris: readonly vscode.Uri[], guard: PathGuard, other: Choice & { readonly target: ApplyTarget }): Promise<ApplyTarget | undefined> {
  const choices = uris.map((uri) => ({ label: showPath(vscode.workspace.asRelativePath(uri)), icon: 'file', uri, target: undefined }));
  const picked = await pick<Choice & { readonly uri?: vscode.Uri; readonly target: ApplyTarget | undefined }>([...choices, other], { title: vscode.l10n.t('Which file does this code belong to?') });
  return picked?.uri === undefined ? picked?.target : checked(pathOf(picked.uri), guard);
}

async function checked(path: string, guard: PathGuard): Promise<ApplyTarget | undefined> {
  const place = await guard.resolve(path, 'write');
  return place.class === 'denied' || place.kind === 'directory' ? refuse(path) : { kind: 'place', place };
}

/** Says that nothing can be put there. */
export async function refuse(path: string): Promise<undefined> {
  await tell('warning', vscode.l10n.t('Code cannot be put into {0}: it is no ordinary file of the workspace.', foreign(showPath(path))));
  return undefined;
}
