import * as vscode from 'vscode';
import type { OfferedAction, ResolvedAction } from '../../core/editor/languages.ts';
import { askOf } from './ask.ts';
import { fromWorkspaceEdit } from './workspaceEdit.ts';

/** Commands of our own lightbulb entries, which ask a model: nothing for a model to ask for. */
const own = 'rivulet.';

export async function actions(path: string, range: vscode.Range, signal: AbortSignal): Promise<readonly OfferedAction[]> {
  return (await offered(path, range, { signal })).filter((action) => !isOwn(action)).map(describe);
}

/**
 * The action with its edit. Only as many are resolved as it takes to come to this one: each may be a long question to the
 * server.
 */
export async function resolveAction(path: string, range: vscode.Range, wanted: OfferedAction, signal: AbortSignal): Promise<ResolvedAction | undefined> {
  const kind = wanted.kind === '' ? undefined : wanted.kind;
  const index = (await offered(path, range, { kind, signal })).findIndex((action) => isSame(describe(action), wanted));
  if (index === -1) return undefined;
  const found = (await offered(path, range, { kind, resolve: index + 1, signal })).find((action) => isSame(describe(action), wanted));
  if (found === undefined) return undefined;
  if (isCommand(found)) return { changes: [], hasCommand: true };
  return { changes: found.edit === undefined ? [] : await fromWorkspaceEdit(found.edit, signal), hasCommand: found.command !== undefined };
}

type Action = vscode.CodeAction | vscode.Command;

async function offered(path: string, range: vscode.Range, { kind, resolve, signal }: { readonly kind?: string | undefined; readonly resolve?: number; readonly signal: AbortSignal }): Promise<readonly Action[]> {
  return askOf<Action>('vscode.executeCodeActionProvider', path, [new vscode.Selection(range.start, range.end), kind, resolve], signal);
}

function describe(action: Action): OfferedAction {
  if (isCommand(action)) return { title: action.title, kind: '', isPreferred: false };
  return { title: action.title, kind: action.kind?.value ?? '', isPreferred: action.isPreferred === true };
}

function isSame(one: OfferedAction, other: OfferedAction): boolean {
  return one.title === other.title && one.kind === other.kind;
}

function isCommand(action: Action): action is vscode.Command {
  return typeof action.command === 'string';
}

function isOwn(action: Action): boolean {
  return (isCommand(action) ? action.command : action.command?.command)?.startsWith(own) === true;
}
