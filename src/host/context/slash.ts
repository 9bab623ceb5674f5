import * as vscode from 'vscode';
import type { Chat } from '../../core/chat/chat.ts';
import { commandText, commitMessageIn, findCommand, readSlash, type SlashCommand } from '../../core/context/slashCommands.ts';
import { promptText } from '../../core/context/ownPrompts.ts';
import type { Piece } from '../../core/context/piece.ts';
import type { Log } from '../../core/ports.ts';
import type { AttachmentView, Turn } from '../../protocol/viewState.ts';
import { pathOf } from '../addresses.ts';
import { localiseForeign, tell } from '../messages.ts';
import { selectedLines } from './attention.ts';
import { putCommitMessage } from './commitMessage.ts';
import type { ContextWork } from './contextWork.ts';
import type { Prompts } from './prompts.ts';

/** A question that begins with a command, and what goes to the model beside the person's words. */
export interface SlashQuestion {
  readonly command: SlashCommand | undefined;
  readonly rest: string;
  readonly attachment: AttachmentView | undefined;
}

/** The command or the prompt of the person's own that a question begins with; any other slash is a word like others. */
export async function slashOf(text: string, prompts: Prompts): Promise<SlashQuestion | undefined> {
  const slash = readSlash(text);
  if (slash === undefined) return undefined;
  const { name, rest } = slash;
  const command = findCommand(name);
  const instruction = command?.instruction;
  if (command !== undefined) return { command, rest, attachment: instruction === undefined ? undefined : { label: `/${command.name}`, text: commandText(command, instruction) } };
  const prompt = (await prompts.list()).find((one) => one.name.toLowerCase() === name.toLowerCase());
  return prompt && { command: undefined, rest, attachment: { label: `/${prompt.name}`, text: promptText(prompt, rest) } };
}

/** Does what takes no model. */
export async function doWithoutModel({ command }: SlashQuestion, chat: Chat): Promise<boolean> {
  switch (command?.name) {
    case 'new':
      await vscode.commands.executeCommand('rivulet.newChat');
      return true;
    case 'compact':
      if (isAnswering(chat)) await tell('warning', vscode.l10n.t('The chat cannot be summarised while an answer comes. Stop it first, or wait for its end.'));
      else await chat.compact();
      return true;
    default:
      return false;
  }
}

function isAnswering({ state: { activity } }: Chat): boolean {
  return activity.kind === 'running' && activity.phase !== 'gathering';
}

/** Makes chips of what the command works on; false when there is nothing, or the person said no, which they then know. */
export async function prepare(slash: SlashQuestion, pieces: ContextWork): Promise<boolean> {
  const wanted = workOf(slash, !pieces.tray.isEmpty());
  return wanted === undefined || take(wanted, pieces);
}

/** The same for a question that is asked in other words: no chips are made, and those that are there wait for the next question. Undefined when there is nothing. */
export async function gather(slash: SlashQuestion, pieces: ContextWork, signal: AbortSignal): Promise<readonly AttachmentView[] | undefined> {
  const wanted = workOf(slash, false);
  if (wanted === undefined) return [];
  const found = await pieces.tray.attachment(await pieces.known(wanted), signal);
  if (found !== 'declined' && 'text' in found) return [found];
  if (found !== 'declined') await tell('warning', localiseForeign(found));
  return undefined;
}

/** What a command works on; for one that works on code nothing where something has been chosen. */
function workOf({ command, rest }: SlashQuestion, isChosen: boolean): Piece | undefined {
  switch (command?.works) {
    case 'code':
      return isChosen ? undefined : codeAtHand(rest !== '');
    case 'changes':
      return { kind: 'changes' };
    case 'staged':
      return { kind: 'changes', staged: true };
    default:
      return undefined;
  }
}

/** The selection; with no words to go by, else the file that is open. */
function codeAtHand(hasWords: boolean): Piece | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return undefined;
  const path = pathOf(editor.document.uri);
  const lines = selectedLines(editor);
  if (lines !== undefined) return { kind: 'selection', path, lines };
  return hasWords ? undefined : { kind: 'file', path };
}

async function take(wanted: Piece, pieces: ContextWork): Promise<boolean> {
  const piece = await pieces.known(wanted);
  const refusal = (await pieces.tray.add(piece)) ?? pieces.tray.problemOf(piece);
  if (refusal === undefined) return true;
  if (refusal !== 'declined') await tell('warning', localiseForeign(refusal));
  return false;
}

/** What a command does with the answer, once it is whole. */
export async function afterAnswer({ command }: SlashQuestion, { turn, log }: { readonly turn: Turn | undefined; readonly log: Log }): Promise<void> {
  if (command?.name !== 'commit' || turn?.outcome !== 'done') return;
  const answer = turn.items.findLast((item) => item.kind === 'text');
  const message = commitMessageIn(answer?.kind === 'text' ? answer.text : '');
  if (message === '') return;
  try {
    await putCommitMessage(message);
  } catch (error) {
    log.warn(`A commit message could not be put into the Source Control box: ${String(error)}`);
    await tell('warning', vscode.l10n.t('The message could not be put into the Source Control box. Copy it from the answer.'));
  }
}
