import * as vscode from 'vscode';
import { promptName } from '../../core/context/ownPrompts.ts';
import { findCommand } from '../../core/context/slashCommands.ts';
import { askName, pick } from '../messages.ts';
import { platform } from '../platform/current.ts';
import type { Command } from './command.ts';

export const openPrompts: Command = {
  id: 'rivulet.openPrompts',
  async run({ pieces }) {
    const folder = pieces.prompts.folder();
    await vscode.workspace.fs.createDirectory(folder);
    const entries = await vscode.workspace.fs.readDirectory(folder);
    const files = entries.flatMap(([file]) => (promptName(file) === undefined ? [] : [{ label: promptName(file) ?? file, description: file, icon: 'file', open: async () => show(vscode.Uri.joinPath(folder, file)) }]));
    const choices = [
      { label: vscode.l10n.t('New Prompt…'), icon: 'add', open: async () => makePrompt(folder) },
      ...(platform().disk === undefined ? [] : [{ label: vscode.l10n.t('Open the Folder'), icon: 'folder-opened', description: folder.fsPath, open: async () => void (await vscode.commands.executeCommand('revealFileInOS', folder)) }]),
      ...files,
    ];
    await (await pick(choices, { title: vscode.l10n.t('Your Prompts') }))?.open();
  },
};

/** Makes a file with an example in it, unless there is one of that name, and opens it. */
async function makePrompt(folder: vscode.Uri): Promise<void> {
  const name = await askName(vscode.l10n.t('Name of the prompt: what you write behind the slash'), problemOf);
  if (name === undefined) return;
  const file = vscode.Uri.joinPath(folder, `${name}.md`);
  const isThere = await vscode.workspace.fs.stat(file).then(() => true, () => false);
  const example = `# ${vscode.l10n.t('What this prompt does')}\n\n${vscode.l10n.t('Write here what the model is to do. $ARGUMENTS stands for what you write behind the name.')}\n\n$ARGUMENTS\n`;
  if (!isThere) await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(example));
  await show(file);
}

function problemOf(name: string): string | undefined {
  if (promptName(`${name}.md`) === undefined) return vscode.l10n.t('Use letters, digits, _ and -, and begin with a letter or digit.');
  return findCommand(name) === undefined ? undefined : vscode.l10n.t('A command of Rivulet has this name. Choose another.');
}

async function show(file: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand('vscode.open', file);
}
