import * as vscode from 'vscode';
import type { PathGuard } from '../core/guard/pathGuard.ts';
import { filePathOf } from './addresses.ts';
import { confirmByHost } from './confirmation.ts';
import { tell } from './messages.ts';
import { say, type LocalText } from '../protocol/localText.ts';

/**
 * Puts text in place of the active editor's selection, as one undo step; into a new document when no editor is open. It
 * was a click in the page, which is not trusted: where the text would act, or lies outside the workspace, the host asks.
 */
export async function insertText(text: string, guard: PathGuard): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: text }));
    return;
  }
  const reasons = await reasonsAgainst(editor.document.uri, guard);
  if (reasons !== undefined && !(await confirmByHost({ text: say('Insert into {0}?', editor.document.uri.path), details: reasons, yes: say('Insert') }))) return;
  const inserted = await editor.edit((edit) => {
    for (const selection of editor.selections) edit.replace(selection, text);
  });
  if (!inserted) await tell('warning', vscode.l10n.t('The text could not be inserted. The file may be read-only.'));
}

/** Why the person is asked; undefined for an ordinary text. */
async function reasonsAgainst(uri: vscode.Uri, guard: PathGuard): Promise<readonly LocalText[] | undefined> {
  if (uri.scheme === 'untitled' || uri.scheme === 'vscode-notebook-cell') return undefined;
  const path = filePathOf(uri);
  if (path === undefined) return [say('It is no file of the workspace.')];
  const place = await guard.resolve(path, 'write');
  if (place.class === 'inside') return undefined;
  return place.class === 'denied' ? [say('It is no ordinary file of the workspace.')] : place.reasons;
}
