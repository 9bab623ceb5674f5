import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { PlannedChange } from '../../src/core/editor/plannedChange.ts';
import { fromWorkspaceEdit } from '../../src/host/languages/workspaceEdit.ts';
import { Range, Uri } from './fakeTypes.ts';

const range = new Range(0, 1, 2, 3);
const converted = { start: { line: 1, column: 2 }, end: { line: 3, column: 4 } };

/** An edit as VS Code keeps it: a list of entries, some of which its API does not show. */
function edit(...entries: readonly object[]): vscode.WorkspaceEdit {
  return { _allEntries: () => entries } as unknown as vscode.WorkspaceEdit;
}

async function from(...entries: readonly object[]): Promise<readonly PlannedChange[]> {
  return fromWorkspaceEdit(edit(...entries), new AbortController().signal);
}

const text = (path: string, newText: string): object => ({ _type: 2, uri: Uri.file(path), edit: { range, newText } });

describe("A language server's edit", () => {
  it('keeps the text edits of each file together, line ends made plain', async () => {
    assert.deepEqual(await from(text('/w/a.ts', 'one\r\ntwo'), text('/w/b.ts', ''), text('/w/a.ts', '\r')), [
      { kind: 'edit', path: '/w/a.ts', edits: [{ range: converted, text: 'one\ntwo' }, { range: converted, text: '\n' }] },
      { kind: 'edit', path: '/w/b.ts', edits: [{ range: converted, text: '' }] },
    ]);
  });

  it('has the text of snippets, in either form that VS Code has for them', async () => {
    const uri = Uri.file('/w/a.ts');
    const expected = [{ kind: 'edit', path: '/w/a.ts', edits: [{ range: converted, text: 'const name = 1;' }] }];
    assert.deepEqual(await from({ _type: 6, uri, range, edit: { value: 'const ${1:name} = 1;$0' } }), expected);
    assert.deepEqual(await from({ _type: 6, uri, edit: { range, snippet: { value: 'const ${1:name} = 1;$0' } } }), expected);
  });

  it('makes, moves and deletes files, with what is to happen when there is one', async () => {
    const [a, b] = [Uri.file('/w/a.ts'), Uri.file('/w/b.ts')];
    assert.deepEqual(await from({ _type: 1, from: a, to: b }, { _type: 1, from: a, to: b, options: { overwrite: true } }), [
      { kind: 'move', path: '/w/a.ts', to: '/w/b.ts', ifExists: 'fail' },
      { kind: 'move', path: '/w/a.ts', to: '/w/b.ts', ifExists: 'overwrite' },
    ]);
    assert.deepEqual(await from({ _type: 1, from: a, options: { ignoreIfNotExists: true } }), [{ kind: 'delete', path: '/w/a.ts', ifMissing: 'keep' }]);
    assert.deepEqual(await from({ _type: 1, to: b, options: { ignoreIfExists: true } }), [{ kind: 'create', path: '/w/b.ts', text: '', ifExists: 'keep' }]);
    assert.deepEqual(await from({ _type: 1, to: b, options: { contents: { type: 'base64', value: Buffer.from('grün\r\n').toString('base64') } } }), [{ kind: 'create', path: '/w/b.ts', text: 'grün\n', ifExists: 'fail' }]);
    assert.deepEqual(await from({ _type: 1, to: b, options: { contents: new TextEncoder().encode('x') } }), [{ kind: 'create', path: '/w/b.ts', text: 'x', ifExists: 'fail' }]);
  });

  it('is marked where it cannot be reviewed: notebooks, bytes, what nobody knows', async () => {
    for (const [entry, reason] of [
      [{ _type: 3, uri: Uri.file('/w/a.ipynb'), edit: {} }, /cells of a notebook/],
      [{ _type: 5, uri: Uri.file('/w/a.ipynb') }, /cells of a notebook/],
      [{ _type: 1, to: Uri.file('/w/a.png'), options: { contents: Uint8Array.from([0xff, 0xfe, 0x80]) } }, /no text/],
      [{ _type: 1, to: Uri.file('/w/a.png'), options: { contents: { type: 'dataTransferItem', id: 'x' } } }, /no text/],
      [{ _type: 1 }, /cannot be understood/],
      [{ _type: 99, uri: Uri.file('/w/a.ts') }, /cannot be reviewed/],
    ] as const) {
      const [change] = await from(entry);
      assert.ok(change?.kind === 'unsupported');
      assert.match(change.reason, reason);
    }
  });

  it('does nothing when VS Code does not tell all of it', async () => {
    const [change] = await fromWorkspaceEdit({ entries: () => [[Uri.file('/w/a.ts'), []]] } as unknown as vscode.WorkspaceEdit, new AbortController().signal);
    assert.equal(change?.kind, 'unsupported');
  });

  it('names what is no file by its address, which no guard lets through', async () => {
    const [change] = await from({ _type: 2, uri: Uri.parse('vscode-userdata:/settings.json'), edit: { range, newText: '' } });
    assert.ok(change?.kind === 'edit');
    assert.match(change.path, /^vscode-userdata:/);
  });
});
