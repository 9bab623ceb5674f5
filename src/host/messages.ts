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

/**
 * Words that are not ours as a part of a sentence, a label or a title: one line, nothing hidden, no link, no icon. Of more
 * than 300 characters the middle is left out: the end of a path says what it is. Blanks stay as many as they are.
 */
export function foreign(text: string): string {
  const line = inert(text.replace(/[\t-\r\u2028\u2029]+/g, ' ').trim());
  if (line.length <= longest) return line;
  // By whole characters: half an emoji would be shown as a question mark.
  const [head, tail] = [Array.from(line.slice(0, 2 * longest)), Array.from(line.slice(-2 * longest))];
  const isWhole = line.length <= 2 * longest && head.length <= longest;
  return isWhole ? line : `${head.slice(0, longest - 120).join('')}…${tail.slice(-119).join('')}`;
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

/**
 * Asks before something is done; true when the person pressed the button, and nothing else. With `refuse`, a button that
 * says no, Enter is a no: the workbench focuses the first button, and Escape is its own Cancel. Nothing else can be done
 * meanwhile.
 */
export async function confirm(level: Level, words: string, { detail, button, refuse }: { readonly detail?: string; readonly button: string; readonly refuse?: string }): Promise<boolean> {
  const buttons = refuse === undefined ? [inert(button)] : [inert(refuse), inert(button)];
  return (await showing(level)(inert(words), { modal: true, ...(detail !== undefined && { detail: inert(detail) }) }, ...buttons)) === inert(button);
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
  const items = choices.map((choice) => ({ ...itemOf(choice), choice }));
  return (await vscode.window.showQuickPick(items, { title: inert(title), ...(placeHolder !== undefined && { placeHolder: inert(placeHolder) }), matchOnDescription: true }))?.choice;
}

/** A line that can be ticked, and whether it is at first. */
export interface TickedChoice extends Choice {
  readonly isTicked: boolean;
}

/** Lets the person tick any number of lines; undefined when they leave. The list stays while they look elsewhere. */
export async function pickMany<Item extends TickedChoice>(choices: readonly Item[], { title, placeHolder }: { readonly title: string; readonly placeHolder: string }): Promise<readonly Item[] | undefined> {
  const items = choices.map((choice) => ({ ...itemOf(choice), picked: choice.isTicked, choice }));
  const picked = await vscode.window.showQuickPick(items, { title: inert(title), placeHolder: inert(placeHolder), matchOnDescription: true, matchOnDetail: true, canPickMany: true, ignoreFocusOut: true });
  return picked?.map(({ choice }) => choice);
}

function itemOf({ icon, label, description, detail }: Choice): vscode.QuickPickItem {
  return {
    label: `${icon === undefined ? '' : `$(${icon}) `}${foreign(label)}`,
    ...(description !== undefined && { description: foreign(description) }),
    ...(detail !== undefined && { detail: foreign(detail) }),
  };
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

/** What the person chose: one of the lines, or words of their own. */
export type Answer<Item extends Choice> = { readonly choice: Item } | { readonly typed: string };

/**
 * Lets the person pick a line or type something else, which stands as a line of its own, first, while they type. The box is
 * there at once, for whoever types on would otherwise type into the code; its lines come when they come. Undefined when
 * the person leaves; `pointless` when `choices` turn out to be undefined, whereupon the box is gone at once.
 */
export async function pickOrType<Item extends Choice>(choices: Promise<readonly Item[] | undefined>, { title, placeHolder }: { readonly title: string; readonly placeHolder: string }): Promise<Answer<Item> | 'pointless' | undefined> {
  const pick = vscode.window.createQuickPick<vscode.QuickPickItem & { readonly choice?: Item }>();
  let lines: readonly (vscode.QuickPickItem & { readonly choice?: Item })[] = [];
  const fill = (): void => {
    pick.items = pick.value.trim() === '' ? lines : [{ label: `$(edit) ${foreign(pick.value)}`, alwaysShow: true }, ...lines];
  };
  pick.title = inert(title);
  pick.placeholder = inert(placeHolder);
  pick.busy = true;
  const filling = choices.then((known) => {
    if (known === undefined) return 'pointless';
    lines = known.map((choice) => ({ label: `${choice.icon === undefined ? '' : `$(${choice.icon}) `}${foreign(choice.label)}`, choice }));
    fill();
    pick.busy = false;
    return undefined;
  });
  try {
    return await new Promise((resolve, reject) => {
      filling.then((end) => end !== undefined && resolve(end), reject);
      pick.onDidChangeValue(fill);
      pick.onDidAccept(() => {
        // The line of what is typed may still be on its way; the box itself is always right.
        const choice = pick.selectedItems[0]?.choice;
        const typed = pick.value.trim();
        if (choice !== undefined) resolve({ choice });
        else if (typed !== '') resolve({ typed });
      });
      pick.onDidHide(() => resolve(undefined));
      pick.show();
    });
  } finally {
    pick.dispose();
  }
}

/** Asks for a name in a box of its own; `problemOf` says what is wrong with what was typed. Undefined when the person leaves. */
export async function askName(words: string, problemOf: (name: string) => string | undefined): Promise<string | undefined> {
  const name = await vscode.window.showInputBox({
    prompt: inert(words),
    validateInput(value) {
      const problem = problemOf(value);
      return problem === undefined ? undefined : inert(problem);
    },
  });
  return name === undefined || problemOf(name) !== undefined ? undefined : name;
}

/** What a click does: a command of ours, and what it does in words. */
export interface Click {
  readonly tooltip: string;
  readonly command: string;
}

/** A place in the status bar that says what goes on. */
export interface Status {
  /** Shows words, which may be foreign, behind an icon of ours. */
  show(icon: string, words: string, click: Click): void;
  hide(): void;
  dispose(): void;
}

/** A status that can be clicked; the person can hide it by its name. */
export function createStatus(name: string): Status {
  const item = vscode.window.createStatusBarItem('rivulet.progress', vscode.StatusBarAlignment.Left, 0);
  item.name = inert(name);
  return {
    show(icon, words, { tooltip, command }) {
      item.tooltip = inert(tooltip);
      item.command = command;
      item.text = `$(${icon}) ${foreign(words)}`;
      item.show();
    },
    hide: () => item.hide(),
    dispose: () => item.dispose(),
  };
}

/** Lines for where VS Code would else take words for Markdown: a file's name may hold a link. */
export function plainMarkdown(...lines: readonly string[]): vscode.MarkdownString {
  return new vscode.MarkdownString().appendText(showHidden(lines.join('\n')));
}

/** A sentence and code for a hover. Neither can be more than text: the fence is longer than any in the code, nothing is a link or a command. */
export function codeHover(words: string, language: string, code: string): vscode.MarkdownString {
  const longestFence = Math.max(2, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longestFence + 1);
  const hover = new vscode.MarkdownString();
  hover.appendText(showHidden(words));
  hover.appendMarkdown(`\n\n${fence}${language}\n${code}\n${fence}\n`);
  return hover;
}
