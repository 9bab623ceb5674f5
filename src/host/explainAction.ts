import * as vscode from 'vscode';

/** The lightbulb's "Explain with Rivulet", for a selection only: a bulb on every line would be noise. */
const explainAction: vscode.CodeActionProvider = {
  provideCodeActions(_document, range) {
    if (range.isEmpty) return [];
    const title = vscode.l10n.t('Explain with Rivulet');
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.Empty);
    action.command = { title, command: 'rivulet.explainSelection' };
    return [action];
  },
};

export function registerExplainAction(): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider([{ scheme: 'file' }, { scheme: 'untitled' }], explainAction, {
    providedCodeActionKinds: [vscode.CodeActionKind.Empty],
  });
}
