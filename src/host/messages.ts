import * as vscode from 'vscode';
import { showHidden } from '../protocol/hiddenCharacters.ts';
import type { LocalText } from '../protocol/localText.ts';
import { localise } from './localise.ts';

/*
 * The one way to messages, lists and progress. The workbench makes links of `[words](command:…)` in notifications and
 * under input boxes, runs the command on a click, and makes icons of `$(name)`: the words of a model, a service or a
 * file name must be neither. A test holds that nothing else in src/host calls the window for these.
 */

const longest = 300;

/** Words that are not ours as a part of a sentence, a label or a title: one line of at most 300 characters, nothing hidden, no link, no icon. */
export function foreign(text: string): string {
  const line = inert(text.replace(/\s+/g, ' ').trim());
  // By whole characters: half an emoji would be shown as a question mark.
  const beginning = new RegExp(`^.{${longest}}(?=.)`, 'u').exec(line)?.[0];
  return beginning === undefined ? line : `${beginning}…`;
}

/** The sentence in the display language, its arguments made foreign words. */
export function localiseForeign({ message, args }: LocalText): string {
  return localise({ message, args: args.map((arg) => (typeof arg === 'string' ? foreign(arg) : arg)) });
}

/** The text with its line ends, showing what is hidden; a space parts what would make a link or an icon. */
function inert(text: string): string {
  return showHidden(text).replaceAll('](', '] (').replaceAll('$(', '$ (');
}

type Level = 'information' | 'warning' | 'error';

/** Tells the person something and returns the button that they pressed, undefined for none. */
export async function tell(level: Level, words: string, ...buttons: readonly string[]): Promise<string | undefined> {
  const shown = buttons.map(inert);
  const pressed = await showing(level)(inert(words), ...shown);
  return buttons[shown.indexOf(pressed ?? '')];
}

/** Asks before something is done; true when the person pressed the button. Nothing else can be done meanwhile. */
export async function confirm(level: Level, words: string, { detail, button }: { readonly detail?: string; readonly button: string }): Promise<boolean> {
  return (await showing(level)(inert(words), { modal: true, ...(detail !== undefined && { detail: inert(detail) }) }, button)) === button;
}

function showing(level: Level): typeof vscode.window.showInformationMessage {
  switch (level) {
    case 'information':
      return vscode.window.showInformationMessage;
    case 'warning':
      return vscode.window.showWarningMessage;
    case 'error':
      return vscode.window.showErrorMessage;
  }
}

/** Says something in the status bar, for five seconds. */
export function mention(words: string): void {
  vscode.window.setStatusBarMessage(inert(words), 5000);
}

/** A line of a list; its words may be foreign, its icon (`search`) is ours. */
export interface Choice {
  readonly label: string;
  readonly icon?: string;
  readonly description?: string;
  readonly detail?: string;
}

/** Lets the person pick one; undefined when they pick none. What they type is looked for in the descriptions too. */
export async function pick<Item extends Choice>(choices: readonly Item[], { title, placeHolder }: { readonly title: string; readonly placeHolder?: string }): Promise<Item | undefined> {
  const items = choices.map((choice) => ({
    label: `${choice.icon === undefined ? '' : `$(${choice.icon}) `}${foreign(choice.label)}`,
    ...(choice.description !== undefined && { description: foreign(choice.description) }),
    ...(choice.detail !== undefined && { detail: foreign(choice.detail) }),
    choice,
  }));
  return (await vscode.window.showQuickPick(items, { title: inert(title), ...(placeHolder !== undefined && { placeHolder: inert(placeHolder) }), matchOnDescription: true }))?.choice;
}

/** Something that takes its time: `report` says how far it is, `signal` is aborted when the person does not wait for it. */
export interface Waiting {
  readonly report: (message: string, percent: number) => void;
  readonly signal: AbortSignal;
}

/** Does something that takes its time, and says so meanwhile. */
export async function whileWaiting<Result>(title: string, { cancellable }: { readonly cancellable: boolean }, task: (waiting: Waiting) => Promise<Result>): Promise<Result> {
  const options = { location: vscode.ProgressLocation.Notification, title: inert(title), cancellable };
  return vscode.window.withProgress(options, async (progress, token) => {
    const controller = new AbortController();
    const listening = token.onCancellationRequested(() => controller.abort());
    try {
      return await task({ report: (message, percent) => progress.report({ message: inert(message), increment: percent }), signal: controller.signal });
    } finally {
      listening.dispose();
    }
  });
}
