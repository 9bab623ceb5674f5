import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../support/until.ts';
import { answers, called, calls, folder, reset, window, workspace } from './fakeVscode.ts';
import { Range, Uri } from './fakeTypes.ts';
import { activated, fakeEditor, settle, type FakePage } from './fakes.ts';

/** What was opened as VS Code opens it itself: a picture in its viewer, a notebook as one. */
function opened(): readonly (readonly unknown[])[] {
  return called('executeCommand').flatMap(([id, ...args]) => (id === 'vscode.open' ? [args] : []));
}

/** The disk answers in its own time. */
const come = async (isSo: () => boolean): Promise<unknown> => until(isSo, undefined, () => calls);
const asks = (): boolean => called('showWarningMessage').length > 0;
const opens = (): boolean => opened().length > 0;

/** A symbol as a language server names it. */
function symbol(name: string, containerName: string, line: number, path = join(folder, 'src', 'a b.ts')): object {
  return { name, containerName, kind: 11, location: { uri: Uri.file(path), range: new Range(line, 0, line, 5) } };
}

/** What is selected in the file that was opened. */
function selectionOf(index: number): Range {
  const [, options] = opened()[index] ?? [];
  return (options as { readonly selection: Range }).selection;
}

describe('what the page may have done', () => {
  let page: FakePage;

  before(() => {
    mkdirSync(join(folder, 'src'), { recursive: true });
    writeFileSync(join(folder, 'src', 'a b.ts'), 'x\n'.repeat(9));
    writeFileSync(join(folder, '.env'), 'KEY=1');
    symlinkSync('/', join(folder, 'root'));
  });

  beforeEach(async () => {
    reset();
    ({ page } = await activated());
    await settle();
    calls.length = 0;
  });

  async function open(href: string, isSo: () => boolean): Promise<void> {
    page.send({ type: 'open-link', href });
    await come(isSo);
    await settle();
  }

  for (const href of ['https://example.invalid/a?b=1#c', 'http://127.0.0.1/', 'mailto:a@example.invalid']) {
    it(`opens ${href} outside`, async () => {
      await open(href, () => calls.length > 0);
      assert.deepEqual(calls, [['openExternal', href]]);
    });
  }

  const inert = [
    'command:workbench.action.terminal.new', 'COMMAND:x', 'vscode:extension/x.y', 'vscode-insiders:x', 'file:///etc/passwd', 'javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'data:text/html,x',
    '\\\\host\\share\\x', '//host/share/x', 'ms-msdt:/id', 'ssh://x', '../../../etc/passwd', '..%2f..%2f..%2fetc%2fpasswd', 'src/gone.ts', 'src', '', '#top', ' https://x', 'java\nscript:x',
    'https%3A//example.invalid',
  ];
  for (const href of inert) {
    it(`opens nothing for ${JSON.stringify(href)}, and says so (B14)`, async () => {
      await open(href, asks);
      assert.deepEqual(calls.filter(([name]) => name !== 'log.error').map(([name]) => name), ['showWarningMessage']);
    });
  }

  for (const [href, line] of [['src/a b.ts', 0], ['src/a%20b.ts', 0], ['src/a b.ts:7', 6], ['src/a b.ts:7:3', 6], ['src/a b.ts:7-9', 6], ['src/a b.ts#L7', 6], ['src/a b.ts#L7-L9', 6]] as const) {
    it(`opens the file of the workspace for ${href} at its line`, async () => {
      await open(href, opens);
      const [uri, options] = opened()[0] ?? [];
      assert.equal((uri as { path: string }).path, join(folder, 'src', 'a b.ts'));
      assert.equal((options as { selection: Range }).selection.start.line, line);
    });
  }

  it('selects the lines that a link names', async () => {
    await open('src/a b.ts:7-9', opens);
    const { start, end } = selectionOf(0);
    assert.deepEqual([start.line, start.character, end.line], [6, 0, 8]);
  });

  it('opens the symbol of that name, and no other that the server thinks of', async () => {
    answers.set('executeCommand', [[symbol('createChats', '', 1), symbol('createChat()', 'chat', 4)]]);
    await open('symbol:createChat', opens);
    assert.equal(selectionOf(0).start.line, 4);
    assert.deepEqual(called('executeCommand')[0], ['vscode.executeWorkspaceSymbolProvider', 'createChat']);
  });

  it('opens the symbol of the container that is named, and lets the person pick among several', async () => {
    const several = [symbol('send', 'Mail', 1), symbol('send', 'Chat', 2), symbol('send', 'Fax', 3)];
    answers.set('executeCommand', [several]);
    await open('symbol:Chat.send', opens);
    assert.equal(selectionOf(0).start.line, 2);
    answers.set('executeCommand', [several]);
    answers.set('showQuickPick', [({ label }: { readonly label: string }) => label === 'Fax.send']);
    await open('symbol:send', () => opened().length > 1);
    assert.equal(selectionOf(1).start.line, 3);
    answers.clear();
  });

  it('says so when no symbol has the name', async () => {
    for (const href of ['symbol:nothing', 'symbol:', 'symbol:$(x).y']) {
      calls.length = 0;
      await open(href, () => called('showInformationMessage').length > 0);
      assert.match(String(called('showInformationMessage')[0]?.[0]), /^No symbol /);
      assert.deepEqual(opened(), []);
    }
  });

  it('asks before it opens a symbol outside the workspace', async () => {
    answers.set('executeCommand', [[symbol('passwd', '', 1, '/etc/passwd')]]);
    await open('symbol:passwd', asks);
    assert.deepEqual(called('showWarningMessage'), [['Open a file outside the workspace?', { modal: true, detail: '/etc/passwd' }, 'Open']]);
    assert.deepEqual(opened(), []);
    answers.clear();
  });

  for (const href of ['.env', '%2eenv']) {
    it(`opens ${href}, which only the person sees`, async () => {
      await open(href, opens);
      assert.equal((opened()[0]?.[0] as { path: string } | undefined)?.path, join(folder, '.env'));
    });
  }

  for (const href of ['/etc/passwd', 'root/etc/passwd', '%2fetc%2fpasswd']) {
    it(`asks before it opens ${href}, and shows where it leads (B14)`, async () => {
      await open(href, asks);
      assert.deepEqual(called('showWarningMessage'), [['Open a file outside the workspace?', { modal: true, detail: '/etc/passwd' }, 'Open']]);
      assert.deepEqual(opened(), []);
      calls.length = 0;
      answers.set('showWarningMessage', ['Open']);
      await open(href, opens);
      assert.equal(opened().length, 1);
      answers.clear();
    });
  }

  it('says so when what the page asks for fails', async () => {
    answers.set('executeCommand', [() => Promise.reject(new Error('no editor for it'))]);
    await open('src/a b.ts', () => called('showErrorMessage').length > 0);
    assert.deepEqual(called('showErrorMessage').map(([words]) => words), ['Rivulet could not do that. The log (Rivulet: Show Log) says why.']);
    assert.match(String(called('log.error')[0]?.[0]), /^open-link failed: Error: no editor for it/);
  });

  it('puts text in place of the selection, and into a new document when there is no editor', async () => {
    const editor = fakeEditor(join(folder, 'x.ts'), 'one two', new Range(0, 0, 0, 3));
    window.activeTextEditor = editor;
    page.send({ type: 'insert', text: 'three' });
    await come(() => editor.replaced.length > 0);
    assert.deepEqual(editor.replaced, [[editor.selection, 'three']]);
    assert.deepEqual(called('showWarningMessage'), []);
    window.activeTextEditor = undefined;
    page.send({ type: 'insert', text: 'new' });
    await come(() => called('openTextDocument').length > 0);
    assert.deepEqual(called('openTextDocument'), [[{ content: 'new' }]]);
  });

  for (const path of ['.vscode/settings.json', '.env', 'package.json', '/etc/hosts']) {
    it(`asks before it puts text into ${path}, for a page may send what nobody clicked (B1)`, async () => {
      const editor = fakeEditor(path.startsWith('/') ? path : join(folder, path), '{}', new Range(0, 0, 0, 2));
      window.activeTextEditor = editor;
      page.send({ type: 'insert', text: '{"chat.tools.autoApprove":true}' });
      await come(asks);
      await settle();
      assert.match(String(called('showWarningMessage')[0]?.[0]), /^Insert into /);
      assert.deepEqual(editor.replaced, []);
      answers.set('showWarningMessage', ['Insert']);
      page.send({ type: 'insert', text: 'x' });
      await come(() => editor.replaced.length > 0);
      answers.clear();
      window.activeTextEditor = undefined;
    });
  }

  it('says so when the text cannot be inserted', async () => {
    window.activeTextEditor = { ...fakeEditor(join(folder, 'x.ts'), 'a', new Range(0, 0, 0, 1)), edit: async () => false };
    page.send({ type: 'insert', text: 'three' });
    await come(asks);
    assert.match(String(called('showWarningMessage')[0]?.[0]), /could not be inserted/);
  });

  it('copies, and runs only commands of its own', async () => {
    page.send({ type: 'copy', text: 'abc' });
    page.send({ type: 'select-model' });
    page.send({ type: 'set-key' });
    page.send({ type: 'act', action: 'open-settings', turnId: 't' });
    page.send({ type: 'act', action: 'show-log', turnId: 't' });
    await settle();
    assert.deepEqual(called('clipboard.writeText'), [['abc']]);
    assert.deepEqual(called('executeCommand'), [['rivulet.selectModel'], ['rivulet.setApiKey', 'deepseek'], ['workbench.action.openSettings', '@ext:rivulet.rivulet'], ['rivulet.showLog']]);
  });

  it('opens the pages of the service that is chosen, for its buttons', async () => {
    for (const action of ['open-key-page', 'top-up', 'status-page']) page.send({ type: 'act', action, turnId: 't' });
    await settle();
    assert.deepEqual(called('openExternal').flat(), ['https://platform.deepseek.com/api_keys', 'https://platform.deepseek.com/top_up', 'https://status.deepseek.com']);
  });

  it('opens nothing of the workspace when no folder is open', async () => {
    workspace.workspaceFolders = undefined;
    answers.clear();
    await open('src/a b.ts', asks);
    assert.deepEqual(opened(), []);
  });
});
