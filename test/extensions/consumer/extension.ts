import * as vscode from 'vscode';
import { converse, type Kept } from './converse.ts';

/** What this extension hands to tests: VS Code's own objects, which act in its name and not in that of Rivulet. */
export interface Consumer {
  readonly lm: typeof vscode.lm;
}

export function activate(context: vscode.ExtensionContext): Consumer {
  context.subscriptions.push(
    vscode.commands.registerCommand('rivuletTest.consumer.ping', () => 'pong'),
    vscode.commands.registerCommand('rivuletTest.consumer.invoke', invoke),
    vscode.commands.registerCommand('rivuletTest.consumer.converse', async () => {
      // The conversation is kept as a chat of VS Code is, over reloads; how it went is said in a file that the test looks at.
      const before = context.globalState.get<readonly Kept[]>('conversation') ?? [];
      const report = await fiveMore(before).then(
        async (conversation) => {
          await context.globalState.update('conversation', conversation);
          return { turns: conversation.filter(({ kind }) => kind === 'answer').length };
        },
        (error: unknown) => ({ code: (error as { readonly code?: unknown }).code, message: error instanceof Error ? error.message : String(error) }),
      );
      const [folder] = vscode.workspace.workspaceFolders ?? [];
      if (folder !== undefined) await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder.uri, 'consumer.json'), new TextEncoder().encode(JSON.stringify(report)));
    }),
  );
  return { lm: vscode.lm };
}

/** Calls the tool that the file invoke.json names, and says in invoked.json what came of it. */
async function invoke(): Promise<void> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (folder === undefined) return;
  const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder.uri, 'invoke.json'));
  const { name, input } = JSON.parse(new TextDecoder().decode(bytes)) as { readonly name: string; readonly input: object };
  const answer = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined }).then(
    ({ content }) => ({ text: content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('') }),
    (error: unknown) => ({ error: error instanceof Error ? error.message : String(error) }),
  );
  await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder.uri, 'invoked.json'), new TextEncoder().encode(JSON.stringify(answer)));
}

async function fiveMore(before: readonly Kept[]): Promise<readonly Kept[]> {
  const [model] = await vscode.lm.selectChatModels({ vendor: 'rivulet' });
  if (model === undefined) throw new Error('Rivulet offers no model.');
  return converse(model, before, { from: before.filter(({ kind }) => kind === 'answer').length + 1, turns: 5 });
}
