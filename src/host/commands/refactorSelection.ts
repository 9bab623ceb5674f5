import * as vscode from 'vscode';
import { pickOrType, tell } from '../messages.ts';
import { askInEditor, canWork } from '../refactor/askInEditor.ts';
import { readTarget, type CodeTarget } from '../refactor/codeTarget.ts';
import { suggestionsFor } from '../refactor/suggestions.ts';
import type { Command, CommandContext } from './command.ts';

export const refactorSelection: Command = {
  id: 'rivulet.refactorSelection',
  async run(context) {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined) return sayWhatIsMissing();
    if (!(await canWork(context, editor.document))) return;
    const reading = readTarget(editor);
    const suggestions = reading.then((target) => (target === undefined ? undefined : suggestionsFor(target)));
    const answer = await pickOrType(suggestions, { title: vscode.l10n.t('Refactor'), placeHolder: vscode.l10n.t('What is to be done with this code?') });
    if (answer === undefined) return;
    const target = await reading;
    if (answer === 'pointless' || target === undefined) return sayWhatIsMissing();
    await askInEditor(context, target, 'typed' in answer ? answer.typed : answer.choice.instruction);
  },
};

export const documentSelection: Command = {
  id: 'rivulet.documentSelection',
  async run(context) {
    const target = await targetToWorkOn(context);
    if (target !== undefined) await askInEditor(context, target, vscode.l10n.t('Document this code.'));
  },
};

export const writeTests: Command = {
  id: 'rivulet.writeTests',
  async run(context) {
    const target = await targetToWorkOn(context);
    if (target !== undefined) await askInEditor(context, target, vscode.l10n.t('Write tests for this code.'));
  },
};

/** Of the active editor; the person is told when there is none, or when the model could do nothing there. */
async function targetToWorkOn(context: CommandContext): Promise<CodeTarget | undefined> {
  const editor = vscode.window.activeTextEditor;
  const target = editor && (await readTarget(editor));
  if (target === undefined) {
    await sayWhatIsMissing();
    return undefined;
  }
  return (await canWork(context, target.document)) ? target : undefined;
}

async function sayWhatIsMissing(): Promise<void> {
  await tell('information', vscode.l10n.t('Select code in an editor first, or put the cursor into it.'));
}
