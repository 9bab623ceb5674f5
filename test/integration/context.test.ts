import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { createViewStore, initialState } from '../../src/core/chat/viewStore.ts';
import { createPathGuard } from '../../src/core/guard/pathGuard.ts';
import { createContextWork, type ContextWork } from '../../src/host/context/contextWork.ts';
import { putCommitMessage } from '../../src/host/context/commitMessage.ts';
import { documents } from '../../src/host/documents.ts';
import { editorWindow } from '../../src/host/editorWindow.ts';
import { files } from '../../src/host/files.ts';
import { languages } from '../../src/host/languages/languages.ts';
import { createOfferedDocuments } from '../../src/host/offeredDocuments.ts';
import { createSearch } from '../../src/host/search/search.ts';
import { commitBox, sourceControl } from '../../src/host/sourceControl.ts';
import { workspace } from '../../src/host/workspace.ts';
import type { ViewState } from '../../src/protocol/viewState.ts';
import { git, hasGit } from './git.ts';

const folder = (): string => join(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '', 'wares');
const at = (path: string): string => join(folder(), path);
const never = new AbortController().signal;

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(at(path)), { recursive: true });
  await writeFile(at(path), text);
}

describe('Context in the real host', function () {
  this.timeout(90_000);
  let work: ContextWork;
  let state: () => ViewState;
  const disposables: vscode.Disposable[] = [];

  before(async () => {
    await write('tsconfig.json', '{ "compilerOptions": { "strict": true }, "include": ["src"] }\n');
    await write('src/priceOfTea.ts', 'export function priceOfTea(cups: number): number {\n  return cups * 3;\n}\n');
    await write('src/wrong.ts', "export const wrongPrice: number = 'text';\n");
    await write('ignored/priceOfTea.ts', 'ignored\n');
    await write('.gitignore', 'ignored/\n');
    await write('.env', 'KEY=secret\n');
    const store = createViewStore(initialState({ service: '', serviceLabel: '', model: '', readiness: 'ready', hasKeyPage: false, notice: undefined, tools: 'on' }), (change) => work?.note(change));
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const offered = createOfferedDocuments(async (path) => guard.resolve(path, 'write'));
    const guard = createPathGuard(workspace, files, { offered: () => offered.places() });
    const ports = { workspace, files, guard, documents, search: createSearch(log), languages, editorWindow, sourceControl };
    work = createContextWork({ store, ports, offered, storage: vscode.Uri.file(at('storage')), log });
    state = () => store.state;
    disposables.push(work, offered);
  });
  after(async () => {
    for (const each of disposables) each.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await rm(at('src'), { recursive: true, force: true });
  });
  afterEach(() => work.tray.clear());

  async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
    for (const end = Date.now() + 60_000; Date.now() < end; ) {
      if (await condition()) return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    assert.fail(JSON.stringify([state().context, state().attention, state().suggestions]));
  }

  async function labels(query: string): Promise<readonly string[]> {
    await work.suggestions.suggest('mention', query);
    return state().suggestions?.items.map(({ kind, label }) => `${kind} ${label}`) ?? [];
  }

  it('finds files by a few letters with the ignore files honoured, and the symbols of language servers', async () => {
    const found = await labels('pricetea');
    assert.deepEqual(found.filter((item) => item.startsWith('file')), ['file priceOfTea.ts']);
    await vscode.window.showTextDocument(vscode.Uri.file(at('src/priceOfTea.ts')));
    // The language server takes a while to start; until then there are no symbols.
    await until(async () => (await labels('#priceOfTea')).includes('symbol priceOfTea'));
    const symbol = state().suggestions?.items.find(({ kind, label }) => kind === 'symbol' && label === 'priceOfTea');
    assert.match(String(symbol?.detail?.args[0]), /wares\/src\/priceOfTea\.ts:1$/);
    await work.add({ kind: 'symbol', path: at('src/priceOfTea.ts'), name: 'priceOfTea', lines: { first: 1, last: 1 } });
    const [attached] = await work.tray.attachments(never);
    assert.match(attached?.text ?? '', /^function priceOfTea of wares\/src\/priceOfTea\.ts, lines 1 to 3 of 3 [^]*return cups \* 3;/);
  });

  it('attaches unsaved text, new documents, folders and problems', async () => {
    const editor = await vscode.window.showTextDocument(vscode.Uri.file(at('src/priceOfTea.ts')));
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '// not saved\n'));
    await work.add({ kind: 'file', path: at('src/priceOfTea.ts') });
    await vscode.commands.executeCommand('workbench.action.files.revert');
    const fresh = await vscode.workspace.openTextDocument({ content: 'a new document\n' });
    await vscode.window.showTextDocument(fresh);
    await until(() => state().attention.file?.label.startsWith('Untitled-') === true);
    await work.add({ kind: 'file', path: fresh.uri.toString() });
    await work.add({ kind: 'folder', path: folder() });
    assert.deepEqual(state().context.map(({ problem }) => problem), [undefined, undefined, undefined]);
    const [, untitled, tree] = await work.tray.attachments(never);
    assert.match(untitled?.text ?? '', /a new document/);
    assert.match(tree?.text ?? '', /\nsrc\/\nsrc\/priceOfTea\.ts\nsrc\/wrong\.ts\n/);
    assert.doesNotMatch(tree?.text ?? '', /ignored\//);
    work.tray.clear();
    await vscode.window.showTextDocument(vscode.Uri.file(at('src/wrong.ts')));
    await until(() => vscode.languages.getDiagnostics(vscode.Uri.file(at('src/wrong.ts'))).length > 0);
    await work.add({ kind: 'problems' });
    assert.match((await work.tray.attachments(never))[0]?.text ?? '', /wares\/src\/wrong\.ts:1:14: error \(ts 2322\): Type 'string' is not assignable/);
  });

  it('attaches what Git knows as changed, and writes a message into its box without committing', async function () {
    if (!hasGit()) return this.skip();
    git(folder(), 'init');
    git(folder(), 'add', '.');
    git(folder(), 'commit', '-m', 'First');
    interface GitApi {
      openRepository(root: vscode.Uri): Promise<unknown>;
    }
    const extension = vscode.extensions.getExtension<{ getAPI(version: 1): GitApi }>('vscode.git');
    await (await extension?.activate())?.getAPI(1).openRepository(vscode.Uri.file(folder()));
    await write('src/priceOfTea.ts', 'export function priceOfTea(cups: number): number {\n  return cups * 4;\n}\n');
    await write('.env', 'KEY=other-secret\n');
    git(folder(), 'add', 'src/priceOfTea.ts');
    await work.add({ kind: 'changes' });
    const text = (await work.tray.attachments(never)).map((each) => each.text).join('\n');
    assert.match(text, /-  return cups \* 3;\n\+  return cups \* 4;/);
    assert.doesNotMatch(text, /other-secret/);
    const before = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: folder() }).toString();
    const box = await commitBox(never);
    assert.ok(box !== undefined);
    box.value = '';
    void putCommitMessage('Raise the price of tea');
    await until(async () => (await commitBox(never))?.value === 'Raise the price of tea');
    assert.equal(execFileSync('git', ['rev-parse', 'HEAD'], { cwd: folder() }).toString(), before);
    box.value = '';
    return undefined;
  });
});
