import assert from 'node:assert/strict';
import { mkdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { createFile } from '../../src/core/tools/createFile.ts';
import { deleteFile } from '../../src/core/tools/deleteFile.ts';
import { editFile } from '../../src/core/tools/editFile.ts';
import { moveFile } from '../../src/core/tools/moveFile.ts';
import type { Tool, ToolResult } from '../../src/core/tools/tool.ts';
import { documents } from '../../src/host/documents.ts';
import { files } from '../../src/host/files.ts';
import { workspace } from '../../src/host/workspace.ts';
import { toolContext } from '../unit/support/toolContext.ts';
import { acceptAll as accept, hostReviews, rejectAll as reject, type Decide, type HostReviews } from './hostReviews.ts';

const folder = (): string => join(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '', 'written');
const at = (path: string): string => join(folder(), path);

async function write(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(at(path)), { recursive: true });
  await writeFile(at(path), content);
}

const hasTrash = (): boolean => vscode.env.remoteName === undefined;

/** The bytes of a file, one character each; undefined when it is not there. */
async function bytes(path: string): Promise<string | undefined> {
  return readFile(at(path)).then((read) => read.toString('latin1'), () => undefined);
}

async function show(path: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(vscode.Uri.file(at(path)), { preview: false });
}

describe('The tools that write, in the real host', () => {
  let host: HostReviews;

  /** Runs a tool as the product would: through its guard, with a card that the person decides. */
  async function use(tool: Tool, input: object, decide: Decide): Promise<ToolResult> {
    host.decide = decide;
    const call = tool.check(JSON.stringify(input));
    return 'run' in call ? call.run(toolContext({ workspace, files, documents, person: host.reviews.forTurn('turn') })) : call;
  }

  before(async () => {
    // The workbench in a browser saves after a second by default, and unsaved texts are looked at here.
    await vscode.workspace.getConfiguration('files').update('autoSave', 'off', vscode.ConfigurationTarget.Workspace);
  });
  beforeEach(() => {
    host = hostReviews();
  });
  afterEach(async () => {
    for (const document of vscode.workspace.textDocuments) if (document.isDirty) await vscode.window.showTextDocument(document).then(async () => vscode.commands.executeCommand('workbench.action.files.revert'));
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
  after(async () => {
    await vscode.workspace.getConfiguration('files').update('autoSave', undefined, vscode.ConfigurationTarget.Workspace);
    await rm(folder(), { recursive: true, force: true });
  });

  describe('edit_file', () => {
    it('edits a file with Windows line ends and a byte order mark, and one Undo restores the bytes', async () => {
      const before = '\uFEFFone\r\n\ttwo\r\nthree';
      await write('windows.txt', before);
      const result = await use(editFile, { path: 'written/windows.txt', edits: [{ search: '\ttwo\nthree', replace: '\tzwei\nund\ndrei' }] }, accept);
      assert.deepEqual(result, { status: 'done', text: 'Applied: written/windows.txt.' });
      assert.deepEqual(await readFile(at('windows.txt')), Buffer.from('\uFEFFone\r\n\tzwei\r\nund\r\ndrei'));
      const { document } = await show('windows.txt');
      await vscode.commands.executeCommand('undo');
      await document.save();
      assert.deepEqual(await readFile(at('windows.txt')), Buffer.from(before));
    });

    it('changes the text that is not saved, which stays unsaved, and leaves the disk alone', async () => {
      await write('typed.txt', 'one\ntwo\n');
      const editor = await show('typed.txt');
      await editor.edit((builder) => builder.insert(new vscode.Position(0, 0), 'mine\n'));
      const result = await use(editFile, { path: 'written/typed.txt', edits: [{ search: 'mine\none', replace: 'mine\nONE' }] }, accept);
      assert.equal(result.status, 'done', result.text);
      assert.deepEqual([editor.document.getText(), editor.document.isDirty, await bytes('typed.txt')], ['mine\nONE\ntwo\n', true, 'one\ntwo\n']);
    });

    it('applies the hunks that were accepted, and tells the model which were not', async () => {
      const lines = Array.from({ length: 20 }, (_, index) => `line ${index}`);
      await write('parts.txt', lines.join('\n'));
      const edits = [{ search: 'line 2\n', replace: 'second\n' }, { search: 'line 18\n', replace: 'eighteenth\n' }];
      const { status, text } = await use(editFile, { path: 'written/parts.txt', edits }, () => [['reject', 'accept']]);
      assert.equal(status, 'done');
      assert.match(text, /^Applied in part: written\/parts\.txt \(1 change applied, others rejected\)/);
      assert.match(text, /\nsecond\n/);
      assert.equal(await bytes('parts.txt'), lines.with(18, 'eighteenth').join('\n'));
    });

    it('changes nothing that was rejected', async () => {
      await write('kept.txt', 'one\r\n');
      const { status, text } = await use(editFile, { path: 'written/kept.txt', edits: [{ search: 'one', replace: 'two' }] }, reject);
      assert.equal(status, 'refused');
      assert.match(text, /^The person rejected this, and nothing was changed: written\/kept\.txt\./);
      assert.equal(await bytes('kept.txt'), 'one\r\n');
    });

    it('changes what the editor obeys only when the host hears a yes too', async () => {
      await write('.vscode/settings.json', '{}\n');
      const input = { path: 'written/.vscode/settings.json', edits: [{ search: '{}', replace: '{ "a": 1 }' }], approved: true };
      assert.equal((await use(editFile, input, accept)).status, 'refused');
      assert.match(host.asked[0] ?? '', /^Let the model change written\/\.vscode\/settings\.json\?\nThe file is .*settings\.json\n/);
      assert.equal(await bytes('.vscode/settings.json'), '{}\n');
      host.confirms = true;
      assert.equal((await use(editFile, input, accept)).status, 'done');
      assert.deepEqual([host.asked.length, await bytes('.vscode/settings.json')], [2, '{ "a": 1 }\n']);
    });
  });

  describe('create_file', () => {
    it('makes a file with the folders that it needs', async () => {
      const result = await use(createFile, { path: 'written/new/deep/made.txt', content: 'grüße\n' }, accept);
      assert.deepEqual(result, { status: 'done', text: 'Applied: written/new/deep/made.txt.' });
      assert.equal((await readFile(at('new/deep/made.txt'), 'utf8')).replace('\r', ''), 'grüße\n');
      assert.match((await use(createFile, { path: 'written/new/deep/made.txt', content: '' }, accept)).text, /there is a file "written\/new\/deep\/made\.txt" already/);
    });

    it('makes neither file nor folder when it was rejected', async () => {
      assert.equal((await use(createFile, { path: 'written/never/made.txt', content: 'x' }, reject)).status, 'refused');
      await assert.rejects(stat(at('never')));
    });
  });

  describe('move_file', () => {
    it('moves a file, its bytes as they are, and reverting the turn moves it back', async () => {
      await write('old.txt', '\uFEFFone\r\ntwo');
      await show('old.txt');
      const result = await use(moveFile, { path: 'written/old.txt', new_path: 'written/moved/new.txt' }, accept);
      assert.equal(result.status, 'done', result.text);
      const given = Buffer.from('\uFEFFone\r\ntwo').toString('latin1');
      assert.deepEqual([await bytes('old.txt'), await bytes('moved/new.txt')], [undefined, given]);
      await host.reviews.revert('turn');
      assert.deepEqual([await bytes('old.txt'), await bytes('moved/new.txt')], [given, undefined]);
    });

    it('leaves a file where it is when that was rejected', async () => {
      await write('stays.txt', 'one\n');
      assert.equal((await use(moveFile, { path: 'written/stays.txt', new_path: 'written/gone.txt' }, reject)).status, 'refused');
      assert.deepEqual([await bytes('stays.txt'), await bytes('gone.txt')], ['one\n', undefined]);
    });
  });

  describe('delete_file', () => {
    it('deletes a file, says when there is no trash for it, and reverting the turn brings the bytes back', async () => {
      const given = Buffer.from('\uFEFFone\r\ntwo');
      await write('deleted.txt', given);
      host.confirms = true;
      const result = await use(deleteFile, { path: 'written/deleted.txt' }, accept);
      assert.deepEqual(result, { status: 'done', text: 'Applied: written/deleted.txt.' });
      assert.equal(await bytes('deleted.txt'), undefined);
      assert.equal(host.asked.length, hasTrash() ? 0 : 1);
      if (!hasTrash()) assert.match(host.asked[0] ?? '', /^Let the model delete written\/deleted\.txt\?\n.*\nIt does not go to a trash/);
      await host.reviews.revert('turn');
      assert.deepEqual(await readFile(at('deleted.txt')), given);
    });

    it('deletes nothing when it was rejected, or the host heard a no', async () => {
      await write('here.txt', 'one\n');
      assert.equal((await use(deleteFile, { path: 'written/here.txt' }, reject)).status, 'refused');
      if (!hasTrash()) assert.equal((await use(deleteFile, { path: 'written/here.txt' }, accept)).status, 'refused');
      assert.equal(await bytes('here.txt'), 'one\n');
    });

    it('deletes nothing that would take unsaved text with it', async () => {
      await write('unfinished.txt', 'one\n');
      const editor = await show('unfinished.txt');
      await editor.edit((builder) => builder.insert(new vscode.Position(0, 0), 'mine\n'));
      host.confirms = true;
      const { status, text } = await use(deleteFile, { path: 'written/unfinished.txt' }, accept);
      assert.equal(status, 'refused');
      assert.match(text, /not saved/);
      assert.deepEqual([await bytes('unfinished.txt'), editor.document.getText()], ['one\n', 'mine\none\n']);
    });
  });

  it('neither moves nor deletes what a link leads to', async function () {
    // Making links takes rights on Windows that tests need not have.
    if (process.platform === 'win32') return this.skip();
    await write('target.txt', 'one\n');
    await symlink(at('target.txt'), at('link.txt'));
    host.confirms = true;
    for (const [tool, input] of [[moveFile, { path: 'written/link.txt', new_path: 'written/x.txt' }], [deleteFile, { path: 'written/link.txt' }]] as const) {
      const { status, text } = await use(tool, input, accept);
      assert.equal(status, 'refused');
      assert.match(text, /"written\/link\.txt" is a link/);
    }
    assert.deepEqual([await bytes('target.txt'), await bytes('link.txt')], ['one\n', 'one\n']);
    return undefined;
  });

  it('write nothing into version control, and nothing outside without a question', async () => {
    for (const path of ['.git/hooks/pre-commit', 'written/../.git/config']) {
      const { status, text } = await use(createFile, { path, content: 'x' }, accept);
      assert.deepEqual([status, host.asked], ['refused', []], path);
      assert.match(text, /version control/);
    }
    const outside = join(dirname(dirname(folder())), `rivulet-outside-${process.pid}.txt`);
    assert.equal((await use(createFile, { path: outside, content: 'x' }, accept)).status, 'refused');
    assert.match(host.asked[0] ?? '', /It lies outside the folders of this window\./);
    await assert.rejects(stat(outside));
  });
});
