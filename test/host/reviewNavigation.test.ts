import assert from 'node:assert/strict';
import type { PendingReview } from '../../src/core/reviews/reviews.ts';
import type { Command, CommandContext } from '../../src/host/commands/command.ts';
import { acceptAll, acceptHunk, decideLater, nextHunk, previousHunk, rejectAll, rejectHunk } from '../../src/host/commands/reviewCommands.ts';
import { showWaiting } from '../../src/host/commands/showWaiting.ts';
import { createInlineReview, type InlineReview } from '../../src/host/review/inlineReview.ts';
import { showReview } from '../../src/host/review/navigation.ts';
import type { Item } from '../../src/protocol/viewState.ts';
import { answers, called, reset, Uri, window, workspace } from './fakeVscode.ts';
import { fakeDocument, fakeEditorOn, fakeReviews, placeOf, reviewOf, type FakeDocument, type FakeEditor, type FakeReviews } from './reviewFakes.ts';

const before = ['one', 'two', 'three', ''].join('\n');
const after = before.replace('two', 'zwei');

const hunk = { oldStart: 1, oldLines: [], newStart: 1, newLines: ['n'], decision: 'open' } as const;
const created = (path: string): PendingReview['files'][number] => ({ change: { kind: 'create', place: placeOf(path), after: 'n' }, hunks: [hunk] });
const moved = (path: string): PendingReview['files'][number] => ({ change: { kind: 'move', place: placeOf(path), to: placeOf(`${path}.old`) }, hunks: [] });
const asks = (token: string, ...files: PendingReview['files']): PendingReview => ({ token, turnId: 'x', files });

function open(document: FakeDocument): FakeEditor {
  const editor = fakeEditorOn(document);
  window.visibleTextEditors = [editor];
  window.activeTextEditor = editor;
  workspace.textDocuments = [document];
  return editor;
}

const asked = (token: string): Item => ({ kind: 'review', id: token, token, status: 'open', files: [], moreFiles: 0, note: undefined });

const path = (uri: unknown): string => (uri instanceof Uri ? uri.path : '');

/** What the person was shown: commands of the workbench, documents and notebooks, by name and path. */
function shown(): readonly string[] {
  const run = called('executeCommand').filter(([id]) => id !== 'setContext').map(([id, , right]) => `${String(id)} ${path(right)}`.trim());
  return [...run, ...called('showTextDocument').map(([uri]) => `show ${path(uri)}`)];
}

describe('the way to a change that waits', () => {
  let reviews: FakeReviews;
  let inline: InlineReview;
  let items: Item[];
  let now: number;

  beforeEach(() => {
    reset();
    items = [];
    reviews = fakeReviews();
    now = 0;
    inline = createInlineReview(reviews, () => now);
  });

  afterEach(() => inline.dispose());

  async function run(command: Command, ...args: readonly unknown[]): Promise<void> {
    await command.run({ reviews, inlineReview: inline, chat: { state: { turns: [{ items }] } } } as unknown as CommandContext, ...args);
  }

  it('leads to the hunk of a file that is not open', async () => {
    const editor = fakeEditorOn(fakeDocument('/w/a.ts', before));
    answers.set('showTextDocument', [editor]);
    reviews.wait(asks('put-off', created('/w/z.ts')), reviewOf('t', { path: '/w/a.ts', before, after }));
    items.push({ ...asked('put-off'), status: 'later' } as Item, asked('t'));
    await run(showWaiting);
    assert.deepEqual(shown(), ['show /w/a.ts']);
    assert.equal(editor.selection.start.line, 1);
  });

  it('leads to a diff of a new file, and to the panel for a move and for a permission', async () => {
    reviews.wait(asks('t', moved('/w/m.ts'), created('/w/new.ts')), asks('u', moved('/w/m.ts')));
    items.push(asked('t'));
    await run(showWaiting);
    assert.deepEqual(shown(), ['vscode.diff /t/1/after/new.ts']);
    items.push(asked('u'));
    await run(showWaiting);
    assert.deepEqual(shown().slice(1), ['rivulet.focus']);
    items.push({ kind: 'permission', id: 'p', token: 'p', question: { message: '', args: [] }, reasons: [], status: 'open' });
    await run(showWaiting);
    assert.deepEqual(shown().slice(2), ['rivulet.focus']);
    assert.deepEqual(reviews.decided, []);
  });

  it('says that nothing waits only when nothing does', async () => {
    reviews.wait(asks('t', moved('/w/m.ts')));
    await run(nextHunk);
    assert.deepEqual([shown(), called('showInformationMessage')], [['rivulet.focus'], []]);
    reviews.wait();
    for (const command of [nextHunk, showWaiting]) await run(command);
    assert.deepEqual(called('showInformationMessage'), [['No change waits for a decision.'], ['No change waits for a decision.']]);
  });

  it('goes on from file to file by key, forwards and back, new files among them', async () => {
    reviews.wait(asks('t', ...reviewOf('t', { path: '/w/a.ts', before, after }).files, created('/w/new.ts'), moved('/w/m.ts'), ...reviewOf('t', { path: '/w/b.ts', before, after }).files));
    open(fakeDocument('/w/else.ts', ''));
    await run(previousHunk);
    open(fakeDocument('/w/else.ts', ''));
    await run(nextHunk);
    open(fakeDocument('/w/a.ts', 'one'));
    window.activeTextEditor = fakeEditorOn(fakeDocument('/w/a.ts', before), 1);
    await run(nextHunk);
    open(fakeDocument('rivulet-review:/t/1/after/new.ts', 'n'));
    await run(nextHunk);
    assert.deepEqual(called('showTextDocument').map(([uri]) => (uri as Uri).path), ['/w/b.ts', '/w/a.ts', '/w/b.ts']);
    assert.deepEqual(shown()[0], 'vscode.diff /t/1/after/new.ts');
  });

  it('decides no files that the person does not see', async () => {
    open(fakeDocument('/w/else.ts', ''));
    reviews.wait(reviewOf('t', { path: '/w/a.ts', before, after }, { path: '/w/b.ts', before, after }));
    for (const command of [acceptAll, rejectAll]) await run(command);
    assert.deepEqual(reviews.decided, []);
    assert.deepEqual(shown(), ['show /w/a.ts', 'show /w/a.ts']);
  });

  it('opens no second editor on a file that is open under the name that a link leads to', async () => {
    const place = { ...placeOf('/w/link.ts'), canonical: '/real/a.ts' };
    const [{ hunks } = assert.fail()] = reviewOf('t', { path: '/w/link.ts', before, after }).files;
    const editor = open(fakeDocument('/real/a.ts', before));
    editor.selection = fakeEditorOn(editor.document, 1).selection;
    reviews.wait(asks('t', { change: { kind: 'edit', place, before, after }, hunks }));
    await run(nextHunk);
    assert.deepEqual([shown(), editor.selection.start.line], [[], 1]);
    window.activeTextEditor = undefined;
    await run(nextHunk);
    assert.deepEqual(shown(), ['show /real/a.ts']);
  });

  it('shows the cell of a notebook in its notebook', async () => {
    const address = 'vscode-notebook-cell:/w/n.ipynb#W1';
    const cell = fakeDocument(address, before);
    const notebook = { getCells: () => [{ document: fakeDocument('vscode-notebook-cell:/w/n.ipynb#W0', '') }, { document: cell }] };
    workspace.notebookDocuments = [notebook];
    const editor = fakeEditorOn(cell);
    window.visibleTextEditors = [editor];
    reviews.wait(reviewOf('t', { path: address, before, after }));
    await run(nextHunk);
    const [[own, options] = []] = called('showNotebookDocument');
    assert.equal(own, notebook);
    assert.deepEqual(JSON.parse(JSON.stringify(options)), { selections: [{ start: 1, end: 2 }] });
    assert.equal(editor.selection.start.line, 1);
    assert.deepEqual(called('showTextDocument'), []);
  });

  describe('that another agent proposes', () => {
    const lines = ['1', '2', '3', '4', '5', '6', '7', '8', '9', ''].join('\n');
    const chats = reviewOf('chat', { path: '/w/a.ts', before: lines, after: lines.replace('7', 'seven') });
    const outside = (token: string, from: string, where = '/w/a.ts'): PendingReview => ({ ...reviewOf(token, { path: where, before: lines, after: lines.replace(from, 'new') }), isOutside: true });

    it('leaves the cursor where it is, and a key that was on its way goes to what the person is at', async () => {
      const editor = open(fakeDocument('/w/a.ts', lines));
      editor.selection = fakeEditorOn(editor.document, 6).selection;
      reviews.wait(chats);
      reviews.wait(chats, outside('other', '2'));
      await showReview(inline, 'other', { preserveFocus: true });
      assert.equal(editor.selection.start.line, 6);
      await run(acceptHunk);
      assert.deepEqual(reviews.decided, [{ token: 'chat', file: 0, hunk: 0, decision: 'accept' }]);
    });

    it('is scrolled to at its own hunk, not at the first that waits in its file', async () => {
      const editor = open(fakeDocument('/w/a.ts', lines));
      reviews.wait(outside('one', '2'));
      reviews.wait(outside('one', '2'), outside('other', '8'));
      await showReview(inline, 'other', { preserveFocus: true });
      assert.equal(editor.revealed.at(-1)?.start.line, 7);
    });

    it('does not take the tab of what waits beside it', async () => {
      answers.set('showTextDocument', [fakeEditorOn(fakeDocument('/w/a.ts', lines)), fakeEditorOn(fakeDocument('/w/b.ts', lines))]);
      reviews.wait(outside('one', '2'));
      await showReview(inline, 'one', { preserveFocus: true });
      reviews.wait(outside('one', '2'), outside('other', '2', '/w/b.ts'), { ...asks('new', created('/w/new.ts')), isOutside: true });
      await showReview(inline, 'other', { preserveFocus: true });
      await showReview(inline, 'new', { preserveFocus: true });
      assert.deepEqual(called('showTextDocument').map(([, options]) => options), [{ preserveFocus: true }, { preserveFocus: true, preview: false }]);
      assert.deepEqual(called('executeCommand').find(([id]) => id === 'vscode.diff')?.at(-1), { preserveFocus: true, preview: false });
    });

    it('leaves the cell of a notebook selected in which the person is', async () => {
      const address = 'vscode-notebook-cell:/w/n.ipynb#W1';
      const cells = [fakeDocument('vscode-notebook-cell:/w/n.ipynb#W0', ''), fakeDocument(address, lines)];
      workspace.notebookDocuments = [{ getCells: () => cells.map((document) => ({ document })) }];
      const revealed: unknown[] = [];
      answers.set('showNotebookDocument', [{ revealRange: (range: unknown) => revealed.push(range) }]);
      reviews.wait(outside('other', '2', address));
      await showReview(inline, 'other', { preserveFocus: true });
      assert.deepEqual(called('showNotebookDocument').map(([, options]) => options), [{ preserveFocus: true }]);
      assert.deepEqual(JSON.parse(JSON.stringify(revealed)), [{ start: 1, end: 2 }]);
    });

    it('is decided by no key before it has been there for a second', async () => {
      open(fakeDocument('/w/a.ts', lines));
      window.activeTextEditor = fakeEditorOn(fakeDocument('/w/a.ts', lines), 1);
      reviews.wait(outside('other', '2'));
      now = 900;
      await showReview(inline, 'other', { preserveFocus: true });
      now = 1800;
      for (const command of [acceptHunk, acceptAll, rejectHunk, rejectAll, decideLater]) await run(command);
      assert.deepEqual(reviews.decided, []);
      assert.deepEqual(called('setStatusBarMessage').map(([words]) => words), Array.from({ length: 5 }, () => 'Another agent has proposed this just now. Look at it first.'));
      // Whoever clicks its own lens has seen it.
      await run(rejectHunk, 'other', 0, 0);
      now = 1900;
      await run(acceptHunk);
      assert.deepEqual(reviews.decided.map(({ decision }) => decision), ['reject', 'accept']);
    });

    it('is decided by a key at once where the chat of this window has proposed it', async () => {
      open(fakeDocument('/w/a.ts', lines));
      reviews.wait(chats);
      await run(acceptAll);
      assert.deepEqual(reviews.decided, [{ token: 'chat', decision: 'accept' }]);
    });
  });
});
