import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { FileChange } from '../../src/core/edits/change.ts';
import { hunksOf } from '../../src/core/edits/hunks.ts';
import type { Decision, PendingReview, Reviews } from '../../src/core/reviews/reviews.ts';
import type { CommandContext } from '../../src/host/commands/command.ts';
import { acceptHunk, nextHunk, rejectHunk } from '../../src/host/commands/reviewCommands.ts';
import { createInlineReview, type InlineReview } from '../../src/host/review/inlineReview.ts';

const at = (path: string): string => join(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '', path);
const before = ['function total(tides) {', '  return tides.length;', '}', '', 'total([]);', ''].join('\n');
const after = before.replace('total(tides)', 'sum(tides)').replace('total([]);', 'sum([]); // \u202E');

/** Waits until VS Code has come round to it: its own events arrive when they arrive. */
async function until<Value>(what: string, read: () => Promise<Value> | Value, fits: (value: Value) => boolean): Promise<Value> {
  let value = await read();
  for (const end = Date.now() + 15_000; !fits(value) && Date.now() < end; value = await read()) await new Promise((resolve) => setTimeout(resolve, 50));
  assert.ok(fits(value), `${what}: ${JSON.stringify(value)}`);
  return value;
}

function placeOf(uri: vscode.Uri): FileChange['place'] {
  const path = uri.scheme === 'file' ? uri.path : uri.toString();
  return { class: 'inside', canonical: path, written: path, display: uri.path.slice(uri.path.lastIndexOf('/') + 1), kind: 'file', reasons: [] };
}

async function write(path: string, content: string): Promise<vscode.Uri> {
  await mkdir(dirname(at(path)), { recursive: true });
  await writeFile(at(path), content);
  return vscode.Uri.file(at(path));
}

const lensesOf = async (uri: vscode.Uri): Promise<readonly vscode.CodeLens[]> =>
  (await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 100)).filter(({ command }) => command?.command.startsWith('rivulet.') === true);

const own = async (uri: vscode.Uri, range: vscode.Range, kind?: string): Promise<readonly string[]> =>
  (await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', uri, range, kind)).map(({ title }) => title).filter((title) => title.startsWith('Rivulet'));

describe('a pending review in the real host', () => {
  let inline: InlineReview;
  let decided: Decision[];
  let waiting: readonly PendingReview[];
  let listeners: Set<() => void>;
  let reviews: Reviews;

  beforeEach(() => {
    decided = [];
    waiting = [];
    listeners = new Set();
    reviews = {
      pending: () => waiting,
      decide: async (decision: Decision) => void decided.push(decision),
      onDidChange: (listener: () => void) => (listeners.add(listener), () => listeners.delete(listener)),
    } as unknown as Reviews;
    inline = createInlineReview(reviews);
  });

  afterEach(async () => {
    inline.dispose();
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  function wait(...files: readonly (readonly [vscode.Uri, string, string])[]): void {
    waiting = [{ token: 'token-1', turnId: 'turn-1', files: files.map(([uri, old, proposed]) => ({ change: { kind: 'edit', place: placeOf(uri), before: old, after: proposed }, hunks: hunksOf(old, proposed).map((hunk) => ({ ...hunk, decision: 'open' })) })) }];
    for (const listener of listeners) listener();
  }

  it('has lenses above its hunks in a file with Windows line ends, which decide and move with the text', async () => {
    const uri = await write('lenses.txt', before.replaceAll('\n', '\r\n'));
    const editor = await vscode.window.showTextDocument(uri);
    wait([uri, before, after]);
    const lenses = await until('lenses', () => lensesOf(uri), ({ length }) => length === 12);
    assert.deepEqual([...new Set(lenses.map(({ range }) => range.start.line))], [0, 4]);
    assert.deepEqual(lenses.slice(0, 6).map(({ command }) => command?.title), ['$(check)\u00A0Accept', '$(close)\u00A0Reject', 'Show diff', 'Accept all', 'Reject all', 'Later']);
    for (const lens of [lenses[6], lenses[1]]) {
      const command = [acceptHunk, rejectHunk].find(({ id }) => id === lens?.command?.command) ?? assert.fail(lens?.command?.command);
      await command.run({ reviews, inlineReview: inline } as unknown as CommandContext, ...((lens?.command?.arguments ?? []) as unknown[]));
    }
    assert.deepEqual(decided, [{ token: 'token-1', file: 0, hunk: 1, decision: 'accept' }, { token: 'token-1', file: 0, hunk: 0, decision: 'reject' }]);
    await editor.edit((edit) => edit.insert(new vscode.Position(3, 0), '// here\n\n'));
    const moved = await until('moved lenses', () => lensesOf(uri), (found) => found.some(({ range }) => range.start.line === 6));
    assert.deepEqual([...new Set(moved.map(({ range }) => range.start.line))], [0, 6]);
    await vscode.commands.executeCommand('undo');
  });

  it('decides nothing for a token that Rivulet itself did not give out, though the command is run', async () => {
    const uri = await write('token.txt', before);
    await vscode.window.showTextDocument(uri);
    wait([uri, before, after]);
    const [accept] = await until('lenses', () => lensesOf(uri), ({ length }) => length > 0);
    // The lens is of a review made by hand: the extension that runs the command knows another list.
    await vscode.commands.executeCommand(accept?.command?.command ?? '', ...((accept?.command?.arguments ?? []) as unknown[]));
    assert.equal((await vscode.workspace.openTextDocument(uri)).getText(), before);
    assert.deepEqual(decided, []);
  });

  it('has lenses in an untitled document and in a cell of a notebook', async () => {
    const untitled = await vscode.workspace.openTextDocument({ content: before, language: 'javascript' });
    wait([untitled.uri, before, after]);
    await until('lenses', () => lensesOf(untitled.uri), ({ length }) => length === 12);

    const data = new vscode.NotebookData([new vscode.NotebookCellData(vscode.NotebookCellKind.Code, before, 'javascript')]);
    const notebook = await vscode.workspace.openNotebookDocument('jupyter-notebook', data);
    await vscode.window.showNotebookDocument(notebook);
    const cell = notebook.cellAt(0).document;
    assert.equal(cell.uri.scheme, 'vscode-notebook-cell');
    wait([cell.uri, before, after]);
    await until('lenses', () => lensesOf(cell.uri), ({ length }) => length === 12);
  });

  it('scrolls to its first hunk without taking the cursor or the focus', async () => {
    const long = `${'line\n'.repeat(400)}${before}`;
    const uri = await write('long.txt', long);
    const editor = await vscode.window.showTextDocument(uri);
    wait([uri, long, `${'line\n'.repeat(400)}${after}`]);
    await until('the visible lines', () => editor.visibleRanges.map(({ start, end }) => [start.line, end.line]), (ranges) => ranges.some(([start = 0, end = 0]) => start <= 400 && end >= 400));
    assert.equal(editor.selection.active.line, 0);
    assert.equal(vscode.window.activeTextEditor, editor);
  });

  it('is shown in the diff editor with hidden characters written out on both sides, in the language of the file', async () => {
    const uri = await write('diffed.js', `${before}// \u200B\n`);
    await vscode.window.showTextDocument(uri);
    wait([uri, `${before}// \u200B\n`, `${after}// \u200B\n`]);
    await inline.diffs.show({ token: 'token-1', file: 0 });
    const input = await until('the tab', () => vscode.window.tabGroups.activeTabGroup.activeTab?.input, (found) => found instanceof vscode.TabInputTextDiff);
    assert.ok(input instanceof vscode.TabInputTextDiff);
    const [left, right] = await Promise.all([input.original, input.modified].map((side) => vscode.workspace.openTextDocument(side)));
    assert.equal(left?.getText(), `${before}// \\u{200B}\n`);
    assert.equal(right?.getText(), `${after.replace('\u202E', '\\u{202E}')}// \\u{200B}\n`);
    assert.deepEqual([left?.languageId, right?.languageId], ['javascript', 'javascript']);

    waiting = [];
    for (const listener of listeners) listener();
    await until('the tabs', () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter((tab) => tab.input instanceof vscode.TabInputTextDiff).length, (count) => count === 0);
  });

  it('is written anew in a diff that is open when a hunk is rejected elsewhere', async () => {
    const uri = await write('rejected.js', before);
    await vscode.window.showTextDocument(uri);
    wait([uri, before, after]);
    await inline.diffs.show({ token: 'token-1', file: 0 });
    const input = await until('the tab', () => vscode.window.tabGroups.activeTabGroup.activeTab?.input, (found) => found instanceof vscode.TabInputTextDiff);
    assert.ok(input instanceof vscode.TabInputTextDiff);
    const right = await vscode.workspace.openTextDocument(input.modified);
    waiting = waiting.map((review) => ({ ...review, files: review.files.map((file) => ({ ...file, hunks: file.hunks.map((hunk) => ({ ...hunk, decision: 'rejected' })) })) }));
    for (const listener of listeners) listener();
    assert.equal(await until('the text', () => right.getText(), (text) => text === before), before);
    assert.equal(right.languageId, 'javascript');
  });

  it('is gone to in the cell of a notebook, whether that is in sight or not', async function () {
    // VS Code starts what draws notebooks only now.
    this.timeout(60_000);
    const cells = [1, 2].map(() => new vscode.NotebookCellData(vscode.NotebookCellKind.Code, before, 'javascript'));
    const notebook = await vscode.workspace.openNotebookDocument('jupyter-notebook', new vscode.NotebookData(cells));
    const cell = notebook.cellAt(1).document;
    const other = await write('in-front.txt', 'x');
    wait([cell.uri, before, after]);
    for (const isInSight of [false, true]) {
      if (!isInSight) await vscode.window.showTextDocument(other);
      await nextHunk.run({ reviews, inlineReview: inline } as unknown as CommandContext);
      const selected = await until('the cell', () => vscode.window.activeNotebookEditor?.selections.map(({ start }) => start), (found) => found?.[0] === 1);
      assert.deepEqual(selected, [1]);
      assert.equal(vscode.window.activeNotebookEditor?.notebook, notebook);
    }
  });

  it('opens several files in one editor', async () => {
    const [one, two] = [await write('one.txt', before), await write('two.txt', before)];
    wait([one, before, after], [two, before, after]);
    await inline.diffs.show({ token: 'token-1' });
    const tab = await until('the tab', () => vscode.window.tabGroups.activeTabGroup.activeTab?.label, (label) => label?.includes('2 files') === true);
    assert.match(tab ?? '', /Proposed changes/);

    waiting = [];
    for (const listener of listeners) listener();
    await until('the tabs', () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(({ label }) => label.includes('Proposed changes')).length, (count) => count === 0);
  });
});

describe('the lightbulb in the real host', () => {
  it('offers its actions for a selection and where a function begins, and to fix a problem', async function () {
    this.timeout(60_000);
    const document = await vscode.workspace.openTextDocument({ content: 'let start = 1;\nfunction wave(tide: number) {\n  return tide;\n}\n', language: 'typescript' });
    await vscode.window.showTextDocument(document);
    assert.deepEqual(await own(document.uri, new vscode.Range(2, 2, 2, 8)), ['Rivulet: Explain', 'Rivulet: Document', 'Rivulet: Write Tests', 'Rivulet: Refactor…']);
    assert.deepEqual(await own(document.uri, new vscode.Range(2, 2, 2, 8), 'refactor'), ['Rivulet: Document', 'Rivulet: Write Tests', 'Rivulet: Refactor…']);

    const problems = vscode.languages.createDiagnosticCollection('rivulet-test');
    try {
      problems.set(document.uri, [new vscode.Diagnostic(new vscode.Range(0, 4, 0, 9), 'It never ends')]);
      await until('the fix', () => own(document.uri, new vscode.Range(0, 5, 0, 5)), (titles) => titles.length === 1 && titles[0] === 'Rivulet: Fix');
    } finally {
      problems.dispose();
    }
    // The language server takes a while to know the symbols.
    await until('the function', () => own(document.uri, new vscode.Range(1, 3, 1, 3)), (titles) => titles.length === 4);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
});
