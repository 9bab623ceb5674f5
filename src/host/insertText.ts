import * as vscode from 'vscode';
import { tell } from './messages.ts';

/** Puts text in place of the active editor's selection, as one undo step; into a new document when no editor is open. */
export async function insertText(text: string): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: text }));
    return;
  }
  const inserted = await editor.edit((edit) => {
    for (const selection of editor.selections) edit.replace(selection, text);
  });
  if (!inserted) await tell('warning', vscode.l10n.t('The text could not be inserted. The file may be read-only.'));
}
