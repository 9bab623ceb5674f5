import * as vscode from 'vscode';

/** What this extension hands to tests: VS Code's own objects, which act in its name and not in that of Rivulet. */
export interface Consumer {
  readonly lm: typeof vscode.lm;
}

export function activate(context: vscode.ExtensionContext): Consumer {
  context.subscriptions.push(vscode.commands.registerCommand('rivuletTest.consumer.ping', () => 'pong'));
  return { lm: vscode.lm };
}
