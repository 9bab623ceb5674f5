import * as vscode from 'vscode';
import { selectionContext, selectionLabel } from '../../core/agent/explain.ts';
import { tell } from '../messages.ts';
import { readTarget } from '../refactor/codeTarget.ts';
import type { Command } from './command.ts';

/** Characters; about 50,000 tokens, beyond which an explanation is worth little and costs much. */
const longestSelection = 200_000;

export const explainSelection: Command = {
  id: 'rivulet.explainSelection',
  async run({ chat, view, pieces }) {
    const editor = vscode.window.activeTextEditor;
    const selection = editor && (await readTarget(editor))?.selection;
    if (selection === undefined) {
      await tell('information', vscode.l10n.t('Select the code to explain in an editor first.'));
      return;
    }
    if (selection.text.length > longestSelection) {
      await tell('warning', vscode.l10n.t('The selection has {0} characters. Select at most {1} to have them explained.', selection.text.length, longestSelection));
      return;
    }
    await view.focus();
    if (chat.state.activity.kind === 'running') {
      const stop = vscode.l10n.t('Stop it');
      const answer = await tell('information', vscode.l10n.t('An answer is still being written.'), stop);
      if (answer !== stop) return;
      await chat.stop();
    }
    await chat.ask({
      text: vscode.l10n.t('Explain this code.'),
      attachments: [...(await pieces.instructions()), { label: selectionLabel(selection), text: selectionContext(selection) }],
    });
  },
};
