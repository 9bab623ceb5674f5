import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const id = 'rivulet.rivulet';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly scope?: string }>> };
  };
}

describe('Rivulet in the real host', () => {
  const extension = vscode.extensions.getExtension(id);
  const manifest = extension?.packageJSON as Manifest;

  it('is active soon after the window has opened, without being asked', async () => {
    const end = Date.now() + 15_000;
    while (Date.now() < end && vscode.extensions.getExtension(id)?.isActive !== true) await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(vscode.extensions.getExtension(id)?.isActive, true);
  });

  it('has registered every command of its manifest, and no other', async () => {
    const registered = (await vscode.commands.getCommands(true)).filter((command) => command.startsWith('rivulet.') && !command.startsWith('rivulet.chat.'));
    assert.deepEqual(registered.toSorted(), manifest.contributes.commands.map(({ command }) => command).toSorted());
  });

  it('lets no workspace set where questions and keys go', async () => {
    const names = Object.keys(manifest.contributes.configuration.properties);
    assert.ok(names.length >= 3);
    for (const name of names) {
      assert.equal(manifest.contributes.configuration.properties[name]?.scope, 'application', name);
      await assert.rejects(async () => vscode.workspace.getConfiguration().update(name, undefined, vscode.ConfigurationTarget.Workspace), name);
    }
  });

  it('opens its view by command, and shows its log', async () => {
    await vscode.commands.executeCommand('rivulet.focus');
    await vscode.commands.executeCommand('rivulet.newChat');
    await vscode.commands.executeCommand('rivulet.showLog');
    await vscode.commands.executeCommand('rivulet.stop');
  });

  it('offers to explain a selection in the lightbulb, and nothing where nothing is selected or begins', async () => {
    const document = await vscode.workspace.openTextDocument({ content: 'const a = 1;\n', language: 'javascript' });
    await vscode.window.showTextDocument(document);
    const titles = async (range: vscode.Range): Promise<readonly string[]> =>
      (await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, range)).map(({ title }) => title);
    assert.ok((await titles(new vscode.Range(0, 0, 0, 5))).includes('Rivulet: Explain'));
    assert.ok(!(await titles(new vscode.Range(0, 3, 0, 3))).includes('Rivulet: Explain'));
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
});
