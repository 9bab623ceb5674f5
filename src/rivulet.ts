import * as vscode from 'vscode';
import { Chat } from './core/chat/chat.ts';
import { connectAgent, modelView } from './core/chat/connect.ts';
import { createKeyStore } from './core/keys/keyStore.ts';
import { ChatView } from './host/chatView.ts';
import { runCommand } from './host/commands/commands.ts';
import { files } from './host/files.ts';
import { handleIntent } from './host/intents.ts';
import { createLog } from './host/log.ts';
import { createSecrets } from './host/secrets.ts';
import { createServices, followServices } from './host/services.ts';
import { workspace } from './host/workspace.ts';

/** All of Rivulet, built. */
export interface Rivulet {
  readonly view: vscode.WebviewViewProvider;
  /** Runs the command with this id; one that fails says so in the log and to the person. */
  run(id: string, ...args: readonly unknown[]): Promise<void>;
}

/** Builds everything, in the order in which one thing needs another. What it builds ends with `context`. */
export function createRivulet(context: vscode.ExtensionContext): Rivulet {
  const log = createLog();
  const keys = createKeyStore(createSecrets(context.secrets));
  const services = createServices(keys);
  const chat = new Chat(
    {
      idPrefix: `${Date.now().toString(36)}-`,
      clock: { now: () => Date.now() },
      log,
      publish(change) {
        view.push(change);
        if (change.type === 'activity-changed') void vscode.commands.executeCommand('setContext', 'rivulet.running', change.activity.kind === 'running');
      },
      async connect() {
        const choice = services.choice();
        return connectAgent({ choice, key: await services.keyOf(choice), workspace, files });
      },
    },
    modelView(services.choice(), undefined, workspace),
  );
  const view = new ChatView(vscode.Uri.joinPath(context.extensionUri, 'dist', 'webview'), {
    state: () => chat.state,
    handle(intent) {
      handleIntent(intent, { chat, services, workspace, files, log }).catch((error: unknown) => log.error(`${intent.type} failed: ${String(error)}`));
    },
    log,
  });

  context.subscriptions.push(
    log.channel,
    followServices(services, chat, workspace, context.secrets, log),
    { dispose: () => void chat.stop() },
  );
  return { view, run: async (id, ...args) => runCommand(id, { chat, view, services, keys, log }, args) };
}
