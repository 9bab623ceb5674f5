import * as vscode from 'vscode';
import { foreign, tell } from '../messages.ts';
import { askInEditor, canWork } from '../refactor/askInEditor.ts';
import { readTarget } from '../refactor/codeTarget.ts';
import { showDocument } from '../showDocument.ts';
import type { Command } from './command.ts';

/** By the place of a problem (`uri`, and its first and last line and character), or without arguments what is at the cursor. */
export const fixProblem: Command = {
  id: 'rivulet.fixProblem',
  async run(context, uri, ...numbers) {
    // A hover or the list of problems offers fixes where the cursor is not.
    const editor = uri === undefined ? vscode.window.activeTextEditor : await editorOf(uri);
    const range = editor && (readRange(numbers) ?? editor.selection);
    const [diagnostic] = editor && range ? vscode.languages.getDiagnostics(editor.document.uri).filter((each) => each.range.intersection(range) !== undefined).toSorted((one, other) => one.severity - other.severity) : [];
    if (editor === undefined || diagnostic === undefined) {
      await tell('information', vscode.l10n.t('There is no problem at the cursor.'));
      return;
    }
    const target = await readTarget(editor, editor.selection.contains(diagnostic.range) ? editor.selection : new vscode.Range(diagnostic.range.start, diagnostic.range.start));
    if (target === undefined || !(await canWork(context, target.document))) return;
    await askInEditor(context, target, vscode.l10n.t('Fix: {0}', foreign(diagnostic.message)));
  },
};

/** Of an open document, shown where it is not; undefined for any other, which a range would not fit. */
async function editorOf(address: unknown): Promise<vscode.TextEditor | undefined> {
  const visible = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === address);
  if (visible !== undefined) return visible;
  const open = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === address);
  return open && showDocument(open.uri);
}

/** Arguments come from whoever runs the command: numbers that are no range count as none. */
function readRange(numbers: readonly unknown[]): vscode.Range | undefined {
  const [startLine, startCharacter, endLine, endCharacter] = numbers;
  if (!isCount(startLine) || !isCount(startCharacter) || !isCount(endLine) || !isCount(endCharacter)) return undefined;
  return new vscode.Range(startLine, startCharacter, endLine, endCharacter);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}
