import assert from 'node:assert/strict';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { ApplyError } from '../../src/core/editor/documents.ts';
import { documents } from '../../src/host/documents.ts';
import { apply, at, bytes, edit, failure, place, tabs, undoIn } from './documentActions.ts';

describe('files that are made, moved and deleted with changes of texts', () => {
  afterEach(async () => {
    for (const document of vscode.workspace.textDocuments) if (document.isDirty) await vscode.window.showTextDocument(document).then(async () => vscode.commands.executeCommand('workbench.action.files.revert'));
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('changes several files and makes one in one step, and makes none over another', async () => {
    await writeFile(at('left.txt'), 'one\n');
    await writeFile(at('right.txt'), 'one\n');
    await apply(await edit('left.txt', 'one', 'two'), await edit('right.txt', 'one', 'two'), { kind: 'create', place: place('made.txt'), after: 'made\n' });
    assert.deepEqual([await bytes('left.txt'), await bytes('right.txt'), await bytes('made.txt')], ['two\n', 'two\n', 'made\n']);
    assert.equal(await failure(apply({ kind: 'create', place: place('made.txt'), after: 'again\n' })), 'exists');
    await rm(at('made.txt'));
  });

  it('makes texts and files in one step although somebody types while other extensions look at the files, and one Undo takes it back', async () => {
    await writeFile(at('beside.txt'), 'one\n');
    const editor = await vscode.window.showTextDocument(vscode.Uri.file(at('beside.txt')));
    const change = await edit('beside.txt', 'one', 'two');
    const typing = vscode.workspace.onWillCreateFiles((event) => event.waitUntil(editor.edit((builder) => builder.insert(new vscode.Position(0, 0), 'typed\n'))));
    try {
      await apply({ kind: 'create', place: place('along.txt'), after: 'x\n' }, change);
    } finally {
      typing.dispose();
    }
    assert.deepEqual([editor.document.getText(), await bytes('along.txt')], ['typed\ntwo\n', 'x\n']);
    await rm(at('along.txt'));

    const again = await edit('beside.txt', 'two', 'three');
    await apply({ kind: 'create', place: place('along.txt'), after: 'x\n' }, again);
    assert.deepEqual([await bytes('beside.txt'), await bytes('along.txt')], ['typed\nthree\n', 'x\n']);
    await undoIn('beside.txt');
    assert.equal(editor.document.getText(), 'typed\ntwo\n');
    await assert.rejects(readFile(at('along.txt')));
  });

  it('says what was made when the editor fails on the way', async () => {
    await writeFile(at('halfway.txt'), 'one\n');
    const change = await edit('halfway.txt', 'one', 'two');
    // Somebody makes the file first, when the editor has looked at it already.
    const racing = vscode.workspace.onWillCreateFiles((event) => event.waitUntil(writeFile(at('taken.txt'), 'theirs\n')));
    try {
      const error = await apply(change, { kind: 'create', place: place('taken.txt'), after: 'ours\n' }, { kind: 'create', place: place('other/made.txt'), after: 'x\n' }).then(() => undefined, (reason: unknown) => reason);
      assert.ok(error instanceof ApplyError, String(error));
      assert.ok(error.made.includes(change));
      assert.ok(!error.made.some(({ place: { display } }) => display === 'taken.txt'), 'theirs is not ours');
    } finally {
      racing.dispose();
    }
    assert.equal(await bytes('halfway.txt'), 'two\n');
  });

  it('makes a file with the encoding and line ends of the settings, and one Undo takes it away', async () => {
    const settings = vscode.workspace.getConfiguration('files');
    await settings.update('encoding', 'utf8bom', vscode.ConfigurationTarget.Workspace);
    await settings.update('eol', '\r\n', vscode.ConfigurationTarget.Workspace);
    try {
      await apply({ kind: 'create', place: place('deep/folder/encoded.txt'), after: 'ä\nb\n' });
      assert.deepEqual(await readFile(at('deep/folder/encoded.txt')), Buffer.from('\uFEFFä\r\nb\r\n'));
    } finally {
      await settings.update('encoding', undefined, vscode.ConfigurationTarget.Workspace);
      await settings.update('eol', undefined, vscode.ConfigurationTarget.Workspace);
    }
    assert.deepEqual(tabs(), []);
    await undoIn('deep/folder/encoded.txt');
    await assert.rejects(readFile(at('deep/folder/encoded.txt')));
  });

  it('deletes a file, and makes it again with the very bytes', async () => {
    await writeFile(at('deleted.txt'), Buffer.from('\uFEFFone\r\n'));
    await vscode.window.showTextDocument(vscode.Uri.file(at('deleted.txt')));
    assert.equal(await failure(apply({ kind: 'delete', place: place('deleted.txt'), before: 'other\n' })), 'changed');
    await apply({ kind: 'delete', place: place('deleted.txt'), before: 'one\n' });
    await assert.rejects(readFile(at('deleted.txt')));
    assert.equal(await failure(apply({ kind: 'delete', place: place('deleted.txt'), before: 'one\n' })), 'missing');
    await apply({ kind: 'create', place: place('deleted.txt'), after: 'one\n', bytes: Buffer.from('\uFEFFone\r\n') });
    assert.deepEqual(await readFile(at('deleted.txt')), Buffer.from('\uFEFFone\r\n'));
  });

  it('does not delete what is not saved', async () => {
    await writeFile(at('undeleted.txt'), 'one\n');
    const editor = await vscode.window.showTextDocument(vscode.Uri.file(at('undeleted.txt')));
    await editor.edit((builder) => builder.insert(new vscode.Position(0, 0), 'mine\n'));
    assert.equal(editor.document.getText(), 'mine\none\n');
    assert.equal(await failure(apply({ kind: 'delete', place: place('undeleted.txt'), before: 'mine\none\n' })), 'refused');
    assert.equal(editor.document.getText(), 'mine\none\n');
  });

  it('moves a file and changes its text in one step', async () => {
    await writeFile(at('old.txt'), Buffer.from('one\r\ntwo\r\n'));
    await mkdir(at('sub'), { recursive: true });
    await apply({ kind: 'move', place: place('old.txt'), to: place('sub/new.txt') }, { kind: 'edit', place: place('sub/new.txt'), before: 'one\ntwo\n', after: 'one\nzwei\n' });
    assert.equal(await bytes('sub/new.txt'), 'one\r\nzwei\r\n');
    await assert.rejects(readFile(at('old.txt')));
    await writeFile(at('other.txt'), 'x\n');
    assert.equal(await failure(apply({ kind: 'move', place: place('other.txt'), to: place('sub/new.txt') })), 'exists');
  });

  it('writes through a link to the file itself, by the name that the person opened', async () => {
    await writeFile(at('target.txt'), 'one\n');
    await symlink(at('target.txt'), at('alias.txt'));
    const editor = await vscode.window.showTextDocument(vscode.Uri.file(at('alias.txt')));
    await editor.edit((builder) => builder.insert(new vscode.Position(0, 0), 'mine\n'));
    const through = place('target.txt', 'alias.txt');
    assert.equal((await documents.read(through)).text, 'mine\none\n');
    await apply({ kind: 'edit', place: through, before: 'mine\none\n', after: 'mine\ntwo\n' });
    assert.equal(editor.document.getText(), 'mine\ntwo\n');
    await editor.document.save();
    assert.equal(await bytes('target.txt'), 'mine\ntwo\n');
  });
});
