import assert from 'node:assert/strict';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { createPathGuard } from '../../src/core/guard/pathGuard.ts';
import { readFile } from '../../src/core/tools/readFile.ts';
import type { ToolResult } from '../../src/core/tools/tool.ts';
import { files } from '../../src/host/files.ts';
import { insertText } from '../../src/host/insertText.ts';
import { readSelection } from '../../src/host/selection.ts';
import { workspace } from '../../src/host/workspace.ts';
import { toolContext } from '../unit/support/toolContext.ts';

const folder = (): string => vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
const at = (path: string): string => join(folder(), path);

async function read(argumentsText: string): Promise<ToolResult> {
  const call = readFile.check(argumentsText);
  return 'run' in call ? call.run(toolContext({ workspace, files })) : call;
}

async function edit(path: string, content: string): Promise<vscode.TextEditor> {
  await writeFile(at(path), content);
  return vscode.window.showTextDocument(vscode.Uri.file(at(path)));
}

describe('read_file in the real host', () => {
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('reads what was written to the disk a moment ago', async () => {
    const line = `written at ${Date.now()}`;
    await writeFile(at('fresh.txt'), `one\n${line}\n`);
    const result = await read('{"path":"fresh.txt","start_line":2}');
    assert.equal(result.status, 'done');
    assert.ok(result.text.includes(`2\t${line}`), result.text);
  });

  it('reads unsaved text as it stands in the editor', async () => {
    const editor = await edit('unsaved.txt', 'saved\n');
    await editor.edit((change) => change.insert(new vscode.Position(0, 0), 'not saved yet\n'));
    assert.ok((await read('{"path":"unsaved.txt"}')).text.includes('1\tnot saved yet'));
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('reads text in the encoding that the editor uses for it', async () => {
    await writeFile(at('gbk.txt'), Uint8Array.from([0xc4, 0xe3, 0xba, 0xc3, 0x0a]));
    await vscode.workspace.getConfiguration('files').update('encoding', 'gbk', vscode.ConfigurationTarget.Workspace);
    try {
      assert.ok((await read('{"path":"gbk.txt"}')).text.includes('1\t你好'));
    } finally {
      await vscode.workspace.getConfiguration('files').update('encoding', undefined, vscode.ConfigurationTarget.Workspace);
    }
    await writeFile(at('utf16.txt'), Buffer.from('\uFEFFgrüße\n', 'utf16le'));
    assert.ok((await read('{"path":"utf16.txt"}')).text.includes('grüße'));
  });

  it('follows no link out of the workspace, and tells the model why', async () => {
    const outside = join(tmpdir(), `rivulet-outside-${process.pid}`);
    await mkdir(outside, { recursive: true });
    try {
      await writeFile(join(outside, 'secret.txt'), 'outside\n');
      await symlink(join(outside, 'secret.txt'), at('link.txt'));
      await symlink(outside, at('linked'));
      for (const path of ['link.txt', 'linked/secret.txt', '../secret.txt', join(outside, 'secret.txt')]) {
        const result = await read(JSON.stringify({ path }));
        assert.equal(result.status, 'refused', path);
        assert.match(result.text, /leads out of its folder of the workspace|the person has not allowed it/);
        assert.ok(!result.text.includes('outside\n'), path);
      }
    } finally {
      await rm(outside, { recursive: true, force: true });
    }
  });

  it('says of a missing file, a folder and a binary file what they are', async () => {
    await mkdir(at('folder'), { recursive: true });
    await writeFile(at('binary.bin'), Uint8Array.from([1, 0, 2, 0, 3]));
    assert.match((await read('{"path":"missing.txt"}')).text, /no such file/);
    assert.match((await read('{"path":"folder"}')).text, /folder, not a file/);
    assert.match((await read('{"path":"binary.bin"}')).text, /binary/);
  });

  it('finds where a missing file would be made, and refuses a link to nowhere', async () => {
    const guard = createPathGuard(workspace, files);
    await symlink(at('nowhere'), at('dangling'));
    const missing = await guard.resolve('not/yet/there.txt', 'write');
    assert.deepEqual(missing.class === 'inside' && [missing.kind, missing.display], ['missing', 'not/yet/there.txt']);
    for (const path of ['dangling', 'dangling/x.txt']) assert.equal((await guard.resolve(path, 'write')).class, 'denied', path);
    await rm(at('dangling'));
  });

  it('takes an absolute path that lies inside the workspace', async () => {
    await writeFile(at('inside.txt'), 'in\n');
    const verdict = await createPathGuard(workspace, files).resolve(at('inside.txt'), 'write');
    assert.deepEqual(verdict.class === 'inside' && [verdict.display, verdict.kind], ['inside.txt', 'file']);
  });
});

describe('A selection in the real host', () => {
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it("has its path, language, lines, surroundings, and the symbols that VS Code's own TypeScript extension finds", async function () {
    this.timeout(60_000);
    const editor = await edit('shape.ts', ['const before = 1;', 'export class Shape {', '  area(): number {', '    return before;', '  }', '}', 'const after = 2;', ''].join('\n'));
    editor.selection = new vscode.Selection(3, 4, 3, 18);
    let selection = await readSelection(editor);
    // The language server takes a while to start; until then there are no symbols, and the selection does without.
    for (const end = Date.now() + 45_000; selection?.symbols.length === 0 && Date.now() < end; selection = await readSelection(editor)) await new Promise((resolve) => setTimeout(resolve, 250));
    assert.deepEqual(selection, {
      path: 'shape.ts',
      language: 'typescript',
      startLine: 4,
      endLine: 4,
      text: 'return before;',
      symbols: ['Shape', 'area'],
      before: 'const before = 1;\nexport class Shape {\n  area(): number {',
      after: '  }\n}\nconst after = 2;',
    });
  });

  it('is the line of the cursor when nothing is selected, and nothing on an empty line', async () => {
    const editor = await edit('lines.txt', 'first\n\nthird\n');
    editor.selection = new vscode.Selection(2, 1, 2, 1);
    assert.equal((await readSelection(editor))?.text, 'third');
    editor.selection = new vscode.Selection(1, 0, 1, 0);
    assert.equal(await readSelection(editor), undefined);
  });

  it('does not count a line that is only touched at its beginning', async () => {
    const editor = await edit('touch.txt', 'one\ntwo\nthree\n');
    editor.selection = new vscode.Selection(0, 0, 2, 0);
    const selection = await readSelection(editor);
    assert.deepEqual([selection?.startLine, selection?.endLine, selection?.after], [1, 2, 'three']);
  });
});

describe('Insert at cursor in the real host', () => {
  it('replaces the selection word for word, and one undo takes it back', async () => {
    const editor = await edit('insert.txt', 'keep THIS keep\n');
    editor.selection = new vscode.Selection(0, 5, 0, 9);
    await insertText('a $1 ${literal}\nsecond', createPathGuard(workspace, files));
    assert.equal(editor.document.getText(), 'keep a $1 ${literal}\nsecond keep\n');
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), 'keep THIS keep\n');
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('opens a new document when no editor is there', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await insertText('alone', createPathGuard(workspace, files));
    assert.equal(vscode.window.activeTextEditor?.document.getText(), 'alone');
    assert.ok(vscode.window.activeTextEditor?.document.isUntitled);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
});
