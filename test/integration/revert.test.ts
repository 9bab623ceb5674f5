import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { FileChange } from '../../src/core/edits/change.ts';
import type { ResolvedPath } from '../../src/core/guard/pathGuard.ts';
import { fileSystemPath } from '../support/fileSystemPath.ts';
import { acceptAll, hostReviews } from './hostReviews.ts';

const at = (name: string): string => join(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '', name);

function place(name: string): ResolvedPath {
  return { class: 'inside', canonical: fileSystemPath(at(name)), written: fileSystemPath(at(name)), display: name, kind: 'file', reasons: [] };
}

async function bytes(name: string): Promise<string> {
  return readFile(at(name)).then((read) => read.toString('latin1'), () => 'none');
}

describe('reverting a turn in the real host', () => {
  const host = hostReviews();
  const { reviews, store, asked } = host;

  async function change(...changes: readonly FileChange[]): Promise<void> {
    Object.assign(host, { decide: acceptAll, confirms: true });
    const { decision, problem } = await reviews.forTurn('turn').review({ changes }, new AbortController().signal);
    assert.equal(decision, 'accepted', problem);
    host.confirms = false;
    asked.length = 0;
  }

  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('restores every file byte for byte: edited, deleted, moved and made', async () => {
    const given = { 'r-edited.txt': '\uFEFFone\r\ntwo\r\n', 'r-deleted.txt': '\uFEFFone\r\ntwo', 'r-moved.txt': 'one\r\n\ttwo\r\n', 'r-both.txt': 'a\r\nb\r\n' };
    for (const [name, text] of Object.entries(given)) await writeFile(at(name), text);
    await writeFile(at('r-binary.bin'), Uint8Array.from([0, 0, 1, 2, 255]));
    const before = await Promise.all(Object.keys(given).map(bytes));
    await change({ kind: 'edit', place: place('r-edited.txt'), before: 'one\ntwo\n', after: 'one\nzwei\n' }, { kind: 'create', place: place('r-made.txt'), after: 'made\n' });
    await change({ kind: 'delete', place: place('r-deleted.txt'), before: 'one\ntwo' }, { kind: 'delete', place: place('r-binary.bin'), before: undefined });
    await change({ kind: 'move', place: place('r-moved.txt'), to: place('r-gone.txt') }, { kind: 'move', place: place('r-both.txt'), to: place('r-away.txt') });
    await change({ kind: 'edit', place: place('r-away.txt'), before: 'a\nb\n', after: 'a\nB\n' });
    assert.equal(await bytes('r-edited.txt'), Buffer.from('\uFEFFone\r\nzwei\r\n').toString('latin1'));
    assert.deepEqual(await Promise.all(['r-deleted.txt', 'r-binary.bin', 'r-moved.txt', 'r-away.txt'].map(bytes)), ['none', 'none', 'none', 'a\r\nB\r\n']);
    await reviews.revert('turn');
    assert.deepEqual(await Promise.all(Object.keys(given).map(bytes)), before);
    assert.deepEqual([...(await readFile(at('r-binary.bin')))], [0, 0, 1, 2, 255]);
    assert.deepEqual(await Promise.all(['r-made.txt', 'r-gone.txt', 'r-away.txt'].map(bytes)), ['none', 'none', 'none']);
    assert.deepEqual(asked, []);
    assert.deepEqual(store.state.turns[0]?.changes, { files: 6, state: 'reverted' });
  }).timeout(60_000);

  it('asks before it takes away what the person has typed since', async () => {
    await writeFile(at('r-typed.txt'), 'one\n');
    await change({ kind: 'edit', place: place('r-typed.txt'), before: 'one\n', after: 'two\n' });
    const editor = await vscode.window.showTextDocument(vscode.Uri.file(at('r-typed.txt')));
    await editor.edit((builder) => builder.insert(new vscode.Position(0, 0), 'mine\n'));
    await reviews.revert('turn');
    assert.match(asked[0] ?? '', /^1 file was edited since the turn.*\nr-typed\.txt/);
    assert.equal(editor.document.getText(), 'mine\ntwo\n');
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });
});
