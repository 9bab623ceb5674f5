import assert from 'node:assert/strict';
import { chmod, mkdir, readFile, rename, stat, utimes, writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { FileChange } from '../../src/core/edits/change.ts';
import type { ResolvedPath } from '../../src/core/guard/pathGuard.ts';
import { documents } from '../../src/host/documents.ts';
import { apply, at, bytes, edit, failure, place, tabs, undoIn } from './documentActions.ts';

describe('the documents of the real host', () => {
  afterEach(async () => {
    for (const document of vscode.workspace.textDocuments) if (document.isDirty) await vscode.window.showTextDocument(document).then(async () => vscode.commands.executeCommand('workbench.action.files.revert'));
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  for (const [name, written, expected] of [
    ['CRLF', Buffer.from('one\r\ntwo\r\nthree\r\n'), Buffer.from('one\r\nzwei\r\ndrei\r\nthree\r\n')],
    ['a UTF-8 BOM', Buffer.from('\uFEFFone\ntwo\nthree\n'), Buffer.from('\uFEFFone\nzwei\ndrei\nthree\n')],
    ['UTF-16 with a BOM', Buffer.from('\uFEFFone\r\ntwo\r\nthree\r\n', 'utf16le'), Buffer.from('\uFEFFone\r\nzwei\r\ndrei\r\nthree\r\n', 'utf16le')],
    ['tabs and blanks at line ends', Buffer.from('one\t \ntwo\n\t\tthree  \n'), Buffer.from('one\t \nzwei\ndrei\n\t\tthree  \n')],
    ['no line end at the end', Buffer.from('one\ntwo'), Buffer.from('one\nzwei\ndrei')],
  ] as const) {
    it(`keeps ${name}, saves, shows nothing, and one Undo restores it byte for byte`, async () => {
      const file = `kept-${name.replaceAll(/\W+/g, '-')}.txt`;
      await writeFile(at(file), written);
      await vscode.window.showTextDocument(vscode.Uri.file(at('notes.txt')));
      await apply(await edit(file, 'two', 'zwei\ndrei'));
      assert.deepEqual(await readFile(at(file)), expected);
      assert.deepEqual(tabs(), ['notes.txt'], 'an editor was opened');
      assert.equal(vscode.window.activeTextEditor?.document.uri.fsPath, at('notes.txt'), 'focus was taken');
      await undoIn(file);
      await vscode.workspace.textDocuments.find(({ uri }) => uri.fsPath === at(file))?.save();
      assert.deepEqual(await readFile(at(file)), written);
    });
  }

  it('makes of every line structure what is meant: at the beginning, at the end, in between, and all of it', async () => {
    const texts = ['', 'a', 'a\n', 'a\nb', 'a\nb\n', '\n', '\n\n', 'a\n\nb\n', 'x\na\ny\nb\nz', 'y\nb\n'];
    const changes: FileChange[] = [];
    const expected = new Map<string, string>();
    let count = 0;
    await mkdir(at('lines'), { recursive: true });
    for (const eol of ['\n', '\r\n']) {
      for (const before of texts) {
        for (const after of texts) {
          if (before === after) continue;
          const name = `lines/${(count += 1)}.txt`;
          await writeFile(at(name), before.replaceAll('\n', eol));
          changes.push({ kind: 'edit', place: place(name), before, after });
          // A text without a line end gets those of the platform.
          expected.set(name, after.replaceAll('\n', before.includes('\n') ? eol : '\n'));
        }
      }
    }
    for (let from = 0; from < changes.length; from += 60) await apply(...changes.slice(from, from + 60));
    for (const [name, text] of expected) assert.equal(await bytes(name), text, JSON.stringify(changes.find(({ place: { display } }) => display === name)));
  }).timeout(120_000);

  it('keeps unsaved text: it is what is read and changed, and it stays unsaved', async () => {
    await writeFile(at('dirty.txt'), 'one\ntwo\n');
    const editor = await vscode.window.showTextDocument(vscode.Uri.file(at('dirty.txt')));
    await editor.edit((builder) => builder.insert(new vscode.Position(0, 0), 'mine\n'));
    assert.deepEqual(await documents.read(place('dirty.txt')), { text: 'mine\none\ntwo\n', eol: '\n', isDirty: true, isReadOnly: false });
    await apply(await edit('dirty.txt', 'two', 'zwei'));
    assert.equal(editor.document.getText(), 'mine\none\nzwei\n');
    assert.equal(editor.document.isDirty, true);
    assert.equal(await bytes('dirty.txt'), 'one\ntwo\n');
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), 'mine\none\ntwo\n');
  });

  it('lets the editor format on save, where the person wants that, and not otherwise', async () => {
    const formatter = vscode.languages.registerDocumentFormattingEditProvider({ language: 'plaintext', pattern: '**/formatted.txt' }, {
      provideDocumentFormattingEdits: (document) => [vscode.TextEdit.insert(document.lineAt(document.lineCount - 1).range.end, 'formatted\n')],
    });
    const settings = vscode.workspace.getConfiguration('editor');
    try {
      await writeFile(at('formatted.txt'), 'one\n');
      await apply(await edit('formatted.txt', 'one', 'two'));
      assert.equal(await bytes('formatted.txt'), 'two\n');
      await settings.update('formatOnSave', true, vscode.ConfigurationTarget.Workspace);
      await apply(await edit('formatted.txt', 'two', 'three'));
      assert.equal(await bytes('formatted.txt'), 'three\nformatted\n');
    } finally {
      await settings.update('formatOnSave', undefined, vscode.ConfigurationTarget.Workspace);
      formatter.dispose();
    }
  });

  it('changes no read-only file', async () => {
    await writeFile(at('locked.txt'), 'one\n');
    await chmod(at('locked.txt'), 0o444);
    assert.equal((await documents.read(place('locked.txt'))).isReadOnly, true);
    assert.equal(await failure(apply(await edit('locked.txt', 'one', 'two'))), 'read-only');
    assert.equal(await failure(apply({ kind: 'delete', place: place('locked.txt'), before: 'one\n' })), 'read-only');
    assert.equal(await bytes('locked.txt'), 'one\n');
    await chmod(at('locked.txt'), 0o644);
  });

  it('changes no file that is read-only by the settings, and says which way back there is from one that is for the session', async () => {
    const settings = vscode.workspace.getConfiguration('files');
    await writeFile(at('settled.txt'), 'one\n');
    const change: FileChange = { kind: 'edit', place: place('settled.txt'), before: 'one\n', after: 'two\n' };
    const editor = await vscode.window.showTextDocument(vscode.Uri.file(at('settled.txt')));
    await settings.update('readonlyInclude', { 'settled.*': true }, vscode.ConfigurationTarget.Workspace);
    try {
      assert.equal((await documents.read(place('settled.txt'))).isReadOnly, true);
      assert.equal(await failure(apply(change)), 'read-only');
    } finally {
      await settings.update('readonlyInclude', undefined, vscode.ConfigurationTarget.Workspace);
    }
    await vscode.commands.executeCommand('workbench.action.files.setActiveEditorReadonlyInSession');
    assert.equal(await failure(apply(change)), 'not-saved');
    assert.equal(editor.document.getText(), 'two\n');
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), 'two\n', 'Undo could be offered too');
    await vscode.commands.executeCommand('workbench.action.files.revert');
    assert.equal(editor.document.getText(), 'one\n');
    await vscode.commands.executeCommand('workbench.action.files.resetActiveEditorReadonlyInSession');
    await apply(change);
    assert.equal(await bytes('settled.txt'), 'two\n');
  });

  it('changes nothing at all when one of the texts is not what was shown', async () => {
    await writeFile(at('first.txt'), 'one\n');
    await writeFile(at('second.txt'), 'one\n');
    const changes = [await edit('first.txt', 'one', 'two'), await edit('second.txt', 'one', 'two')];
    await writeFile(at('second.txt'), 'changed\n');
    assert.equal(await failure(apply(...changes)), 'changed');
    assert.deepEqual([await bytes('first.txt'), await bytes('second.txt')], ['one\n', 'changed\n']);
    assert.equal((await documents.read(place('second.txt'))).text, 'changed\n');
    const editor = await vscode.window.showTextDocument(vscode.Uri.file(at('first.txt')));
    await editor.edit((builder) => builder.insert(new vscode.Position(0, 0), 'typed\n'));
    assert.equal(await failure(apply(changes[0] ?? assert.fail())), 'changed');
    assert.equal(editor.document.getText(), 'typed\none\n');
  });

  it('sees a change that somebody made on the disk, also under a file time in the past', async () => {
    await writeFile(at('behind.txt'), 'one\n');
    const { atime, mtime } = await stat(at('behind.txt'));
    const change = await edit('behind.txt', 'one', 'two');
    await writeFile(at('behind.txt'), 'ONE\n');
    await utimes(at('behind.txt'), atime, mtime);
    assert.equal(await failure(apply(change)), 'changed');
    assert.equal(await bytes('behind.txt'), 'ONE\n');
  });

  it('says that the editor shows an older text than the disk where it does not see that, until the person reverts the file', async () => {
    const written = new Date('2026-01-02T03:04:05Z');
    await writeFile(at('older.txt'), 'one\n');
    await utimes(at('older.txt'), written, written);
    const editor = await vscode.window.showTextDocument(vscode.Uri.file(at('older.txt')));
    // As long and as old as before: that is all the editor looks at.
    await writeFile(at('newer.txt'), 'ONE\n');
    await utimes(at('newer.txt'), written, written);
    await rename(at('newer.txt'), at('older.txt'));
    assert.equal(await failure(apply({ kind: 'edit', place: place('older.txt'), before: 'one\n', after: 'two\n' })), 'stale');
    assert.equal(editor.document.getText(), 'one\n');
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await apply(await edit('older.txt', 'ONE', 'two'));
    assert.equal(await bytes('older.txt'), 'two\n');
  });

  it('changes an untitled document, which nobody has to save', async () => {
    const untitled = await vscode.workspace.openTextDocument({ content: 'one\n', language: 'plaintext' });
    const where: ResolvedPath = { class: 'inside', canonical: untitled.uri.toString(), written: untitled.uri.toString(), display: 'Untitled-1', kind: 'file', reasons: [] };
    assert.equal((await documents.read(where)).isReadOnly, false);
    await apply({ kind: 'edit', place: where, before: 'one\n', after: 'two\n' });
    assert.equal(untitled.getText(), 'two\n');
    assert.equal(await failure(documents.read({ ...where, canonical: 'untitled:Untitled-99', written: 'untitled:Untitled-99' })), 'missing');
    await vscode.window.showTextDocument(untitled);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('changes a cell of a notebook, and saves the notebook when it was saved', async () => {
    const notebook = { cells: [{ cell_type: 'code', metadata: {}, outputs: [], execution_count: null, source: ['total = 1\n', 'print(total)'] }], metadata: {}, nbformat: 4, nbformat_minor: 2 };
    await writeFile(at('analysis.ipynb'), JSON.stringify(notebook));
    const opened = await vscode.workspace.openNotebookDocument(vscode.Uri.file(at('analysis.ipynb')));
    await vscode.window.showNotebookDocument(opened);
    const cell = opened.cellAt(0).document;
    const where: ResolvedPath = { class: 'inside', canonical: cell.uri.toString(), written: cell.uri.toString(), display: 'analysis.ipynb#cell-1', kind: 'file', reasons: [] };
    assert.equal((await documents.read(where)).text, 'total = 1\nprint(total)');
    await apply({ kind: 'edit', place: where, before: 'total = 1\nprint(total)', after: 'sum = 1\nprint(sum)' });
    assert.equal(cell.getText(), 'sum = 1\nprint(sum)');
    assert.equal(opened.isDirty, false);
    assert.match(await bytes('analysis.ipynb'), /sum = 1/);
  });

  it('knows what is no text', async () => {
    await writeFile(at('binary.bin'), Uint8Array.from([0, 0, 7, 1, 0, 0, 0, 255]));
    assert.equal(await failure(documents.read(place('binary.bin'))), 'binary');
    await assert.rejects(documents.read(place('absent.txt')), { name: 'FileError', reason: 'missing' });
  });

  it('changes three hundred files in one step without opening an editor, and can be stopped before', async () => {
    const names = Array.from({ length: 300 }, (_, index) => `many/f${index}.txt`);
    await mkdir(at('many'), { recursive: true });
    for (const name of names) await writeFile(at(name), 'one\ntotal\ntwo\n');
    const changes = names.map((name): FileChange => ({ kind: 'edit', place: place(name), before: 'one\ntotal\ntwo\n', after: 'one\nsum\ntwo\n' }));
    const controller = new AbortController();
    const stopped = documents.apply(changes, controller.signal);
    setTimeout(() => controller.abort(new Error('stopped')), 20);
    await assert.rejects(stopped, /stopped/);
    assert.equal(await bytes(names[0] ?? ''), 'one\ntotal\ntwo\n');
    await apply(...changes);
    for (const name of names) assert.equal(await bytes(name), 'one\nsum\ntwo\n', name);
    assert.deepEqual(tabs(), []);
  }).timeout(120_000);
});
