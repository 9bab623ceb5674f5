import * as vscode from 'vscode';
import { tell } from '../messages.ts';
import { attachMedia } from './attachMedia.ts';
import { checkEndpoint } from './checkEndpoint.ts';
import { chooseTools } from './chooseTools.ts';
import type { Command, CommandContext } from './command.ts';
import { exportChat } from './exportChat.ts';
import { explainSelection } from './explainSelection.ts';
import { find } from './find.ts';
import { fixProblem } from './fixProblem.ts';
import { focus } from './focus.ts';
import { importSettings } from './importSettings.ts';
import { inspectRequest, requestActions } from './inspectRequest.ts';
import { manageModels } from './manageModels.ts';
import { modelSettings } from './modelSettings.ts';
import { newChat } from './newChat.ts';
import { documentSelection, refactorSelection, writeTests } from './refactorSelection.ts';
import { openWalkthrough } from './openWalkthrough.ts';
import { openPrompts } from './openPrompts.ts';
import { removeApiKey } from './removeApiKey.ts';
import { acceptAll, acceptHunk, decideLater, nextHunk, previousHunk, rejectAll, rejectHunk, showDiff } from './reviewCommands.ts';
import { revertOutside } from './revertOutside.ts';
import { selectModel } from './selectModel.ts';
import { setApiKey } from './setApiKey.ts';
import { showBalance } from './showBalance.ts';
import { showChats } from './showChats.ts';
import { showLog } from './showLog.ts';
import { showWaiting } from './showWaiting.ts';
import { stop } from './stop.ts';

/** What is done to code where it stands. */
const editorCommands: readonly Command[] = [fixProblem, documentSelection, writeTests, refactorSelection, acceptHunk, rejectHunk, acceptAll, rejectAll, decideLater, nextHunk, previousHunk, showDiff, showWaiting, revertOutside];

/** Every command; a test compares the list with the manifest. */
export const commands: readonly Command[] = [newChat, showChats, exportChat, find, focus, explainSelection, attachMedia, setApiKey, removeApiKey, selectModel, manageModels, showBalance, modelSettings, chooseTools, openPrompts, importSettings, stop, showLog, inspectRequest, requestActions, checkEndpoint, openWalkthrough, ...editorCommands];

/** Runs a command. One that fails says so in the log and to the person instead of failing silently. */
export async function runCommand(id: string, context: CommandContext, args: readonly unknown[]): Promise<void> {
  try {
    const command = commands.find((each) => each.id === id);
    if (command === undefined) throw new Error('There is no such command.');
    await command.run(context, ...args);
  } catch (error) {
    context.log.error(`${id} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    void tell('error', vscode.l10n.t('Rivulet could not do that. The log (Rivulet: Show Log) says why.'));
  }
}
