import * as vscode from 'vscode';
import { selectionContext, selectionLabel } from '../../core/agent/explain.ts';
import { readSelection } from '../selection.ts';
import type { Command } from './command.ts';

export const explainSelection: Command = {
  id: 'rivulet.explainSelection',
  async run({ chat, view }) {
    const editor = vscode.window.activeTextEditor;
    const selection = editor && (await readSelection(editor));
    if (selection === undefined) {
      await vscode.window.showInformationMessage(vscode.l10n.t('Select the code to explain in an editor first.'));
      return;
    }
    await view.focus();
    if (chat.state.activity.kind === 'running') {
      const stop = vscode.l10n.t('Stop it');
      const answer = await vscode.window.showInformationMessage(vscode.l10n.t('An answer is still being written.'), stop);
      if (answer !== stop) return;
      await chat.stop();
    }
    await chat.ask({
      text: vscode.l10n.t('Explain this code.'),
      attachments: [{ label: selectionLabel(selection), text: selectionContext(selection) }],
    });
  },
};
