import * as vscode from 'vscode';
import { registerCodeActions } from './host/codeActions.ts';
import { registerLanguageModels } from './host/languageModel/register.ts';
import type { Rivulet } from './rivulet.ts';

/** What the window keeps when the extension host has to be started again, though nothing of it goes on. */
const contexts = ['rivulet.running', 'rivulet.refactoring', 'rivulet.reviewing', 'rivulet.reviewPending'];

/** What has been built in this window, once something was used. */
let loaded: Promise<Rivulet> | undefined;

/**
 * Tells VS Code what there is and builds none of it: this file is loaded in every window at start-up, the rest when the
 * panel is first shown or a command first run (docs/decisions/2026-11-22-two-bundles.md).
 */
export function activate(context: vscode.ExtensionContext): void {
  loaded = undefined;
  const load = async (): Promise<Rivulet> => {
    loaded ??= import('#start').then(({ createRivulet }) => createRivulet(context));
    // One that failed is not kept: the next attempt may find what was wrong put right.
    loaded.catch(() => (loaded = undefined));
    return loaded;
  };

  const { commands, languageModelTools } = contributesOf(context);
  context.subscriptions.push(
    vscode.window.registerWebviewViewProvider('rivulet.chat', {
      async resolveWebviewView(...view) {
        await (await load()).view.resolveWebviewView(...view);
      },
    }),
    ...commands.map(({ command }) => vscode.commands.registerCommand(command, async (...args: readonly unknown[]) => (await load()).run(command, ...args))),
    registerCodeActions(),
    registerLanguageModels(context, async () => (await load()).models),
    ...languageModelTools.map(({ name }) =>
      vscode.lm.registerTool(name, {
        prepareInvocation: async (options) => (await load()).tools.prepare(name, options),
        invoke: async (options, token) => (await load()).tools.invoke(name, options, token),
      }),
    ),
  );
  for (const name of contexts) void vscode.commands.executeCommand('setContext', name, false);
}

interface Contributes {
  readonly commands: readonly { readonly command: string }[];
  readonly languageModelTools: readonly { readonly name: string }[];
}

/** The manifest's lists, which tests compare with those of the host and the core: whoever asks finds all before anything is built. */
function contributesOf({ extension }: vscode.ExtensionContext): Contributes {
  return (extension.packageJSON as { readonly contributes: Contributes }).contributes;
}

/** VS Code waits a few seconds for this when the window goes: what is known of the chat is stored by then. */
export async function deactivate(): Promise<void> {
  await (await loaded)?.close();
}
