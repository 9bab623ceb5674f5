import * as vscode from 'vscode';
import { selectionLabel } from '../../core/agent/explain.ts';
import { workContext } from '../../core/agent/workOn.ts';
import { findModel } from '../../core/providers/spec.ts';
import { filePathOf } from '../addresses.ts';
import type { CommandContext } from '../commands/command.ts';
import { foreign, tell } from '../messages.ts';
import type { Services } from '../services.ts';
import type { CodeTarget } from './codeTarget.ts';
import { tellOutcome } from './outcome.ts';

/** Characters; about 50,000 tokens, beyond which the service would refuse or the person would pay for nothing. */
const longestSelection = 200_000;

/** Whether the model could change this document; if not, the person is told in the editor what stands in the way, with the way on. */
export async function canWork({ services }: CommandContext, document: vscode.TextDocument): Promise<boolean> {
  if (!vscode.workspace.isTrusted) {
    const words = vscode.l10n.t('This window is in restricted mode, where the model may not read or change files.');
    await offer(words, [vscode.l10n.t('Manage Trust'), 'workbench.trust.manage']);
    return vscode.workspace.isTrusted;
  }
  const isFile = filePathOf(document.uri) !== undefined;
  if (isFile && (vscode.workspace.workspaceFolders ?? []).length === 0) {
    await offer(vscode.l10n.t('The model can change files of an open folder only. Open the folder of this file first.'), [vscode.l10n.t('Open Folder'), 'workbench.action.files.openFolder']);
    return false;
  }
  if (!isFile && document.uri.scheme !== 'untitled' && document.uri.scheme !== 'vscode-notebook-cell') {
    await tell('information', vscode.l10n.t('This document cannot be changed. Open the file itself first.'));
    return false;
  }
  return canAsk(services);
}

/** Whether the chosen model can be asked and can call tools. */
async function canAsk(services: Services): Promise<boolean> {
  const choice = services.choice();
  const { provider, model } = choice;
  const another: Way = [vscode.l10n.t('Choose another model'), 'rivulet.selectModel'];
  const isReady = async (): Promise<boolean> => {
    const { kind } = await services.keyOf(services.choice());
    return kind === 'key' || kind === 'not-needed';
  };
  if (choice.unknownService === undefined && !(await isReady())) {
    const isAnswered = await offer(vscode.l10n.t('{0} needs a key before the model can be asked.', foreign(provider.label)), [vscode.l10n.t('Set API Key'), 'rivulet.setApiKey', provider.id], another);
    if (!isAnswered || !(await isReady())) return false;
  }
  const callsTools = (): boolean => findModel(services.choice().provider, services.choice().model).tools !== false;
  if (callsTools()) return true;
  await offer(vscode.l10n.t('{0} cannot call tools, so it cannot change code in the editor.', foreign(model)), another);
  return callsTools();
}

type Way = readonly [button: string, command: string, ...args: unknown[]];

/** Tells what stands in the way and runs the way on that the person chooses; false when they choose none. */
async function offer(words: string, ...ways: readonly Way[]): Promise<boolean> {
  const pressed = await tell('warning', words, ...ways.map(([button]) => button));
  const way = ways.find(([button]) => button === pressed);
  if (way === undefined) return false;
  const [, command, ...args] = way;
  await vscode.commands.executeCommand(command, ...args);
  return true;
}

/**
 * Asks the chat to do something with code, without taking the person out of the editor: what it does is in the status
 * bar, a change appears where it belongs, and whatever else comes of it is told.
 */
export async function askInEditor(context: CommandContext, { document, selection, problems }: CodeTarget, instruction: string): Promise<void> {
  const { chat, offered, pieces, progress } = context;
  if (selection.text.length > longestSelection) {
    await tell('warning', vscode.l10n.t('The selection has {0} characters. Select at most {1}.', selection.text.length, longestSelection));
    return;
  }
  if (chat.state.activity.kind === 'running') {
    const stop = vscode.l10n.t('Stop it');
    const answer = await tell('information', vscode.l10n.t('An answer is still being written.'), stop);
    if (answer !== stop) return;
    await chat.stop();
  }
  // A document that is no file is known to the tools by the name that it is offered under.
  const named = { ...selection, path: (await offered.offer(document)) ?? selection.path };
  const instructions = await pieces.instructions();
  const before = chat.state.turns.length;
  await progress.during(() => chat.ask({ text: instruction, attachments: [...instructions, { label: selectionLabel(named), text: workContext(named, problems) }] }));
  const turn = chat.state.turns[before];
  if (turn !== undefined) await tellOutcome(turn);
}
