import * as vscode from 'vscode';
import { registerCodeActions } from './host/codeActions.ts';
import { registerLanguageModels } from './host/languageModel/register.ts';
import type { Rivulet } from './rivulet.ts';

/** The commands of the manifest, all run by `rivulet.ts`; a test compares the three lists. */
const commands = [
  'rivulet.newChat',
  'rivulet.showChats',
  'rivulet.exportChat',
  'rivulet.find',
  'rivulet.focus',
  'rivulet.explainSelection',
  'rivulet.attachPicture',
  'rivulet.setApiKey',
  'rivulet.removeApiKey',
  'rivulet.selectModel',
  'rivulet.manageModels',
  'rivulet.showBalance',
  'rivulet.modelSettings',
  'rivulet.chooseTools',
  'rivulet.openPrompts',
  'rivulet.importSettings',
  'rivulet.stop',
  'rivulet.showLog',
  'rivulet.inspectRequest',
  'rivulet.requestActions',
  'rivulet.checkEndpoint',
  'rivulet.openWalkthrough',
  'rivulet.fixProblem',
  'rivulet.documentSelection',
  'rivulet.writeTests',
  'rivulet.refactorSelection',
  'rivulet.acceptHunk',
  'rivulet.rejectHunk',
  'rivulet.acceptAll',
  'rivulet.rejectAll',
  'rivulet.decideLater',
  'rivulet.nextHunk',
  'rivulet.previousHunk',
  'rivulet.showDiff',
  'rivulet.showWaiting',
];

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

  context.subscriptions.push(
    vscode.window.registerWebviewViewProvider('rivulet.chat', {
      async resolveWebviewView(...view) {
        await (await load()).view.resolveWebviewView(...view);
      },
    }),
    ...commands.map((id) => vscode.commands.registerCommand(id, async (...args: readonly unknown[]) => (await load()).run(id, ...args))),
    registerCodeActions(),
    registerLanguageModels(context, async () => (await load()).models),
    ...toolsOf(context).map(({ name }) =>
      vscode.lm.registerTool(name, {
        prepareInvocation: async (options) => (await load()).tools.prepare(name, options),
        invoke: async (options, token) => (await load()).tools.invoke(name, options, token),
      }),
    ),
  );
  for (const name of contexts) void vscode.commands.executeCommand('setContext', name, false);
}

/** The tools of the manifest, which is written from those of the core: whoever may use them finds them before anything is built. */
function toolsOf({ extension }: vscode.ExtensionContext): readonly { readonly name: string }[] {
  return (extension.packageJSON as { readonly contributes: { readonly languageModelTools: readonly { readonly name: string }[] } }).contributes.languageModelTools;
}

/** VS Code waits a few seconds for this when the window goes: what is known of the chat is stored by then. */
export async function deactivate(): Promise<void> {
  await (await loaded)?.close();
}
