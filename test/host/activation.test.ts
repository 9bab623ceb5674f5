import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { handlers, registered, reset, called, calls, answers, createContext, window } from './fakeVscode.ts';
import { activate } from '../../src/extension.ts';
import { commands } from '../../src/host/commands/commands.ts';
import { activated, settle } from './fakes.ts';

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly keybindings: readonly { readonly command: string; readonly when: string }[];
    readonly menus: { readonly [menu: string]: readonly { readonly command: string; readonly submenu?: string }[] };
    readonly languageModelTools: readonly { readonly name: string }[];
    readonly views: { readonly [container: string]: readonly { readonly id: string; readonly type: string }[] };
    readonly configuration: { readonly properties: { readonly [name: string]: { readonly scope?: string; readonly default?: unknown } } };
  };
}

const { contributes } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as Manifest;
const contributed = contributes.commands.map(({ command }) => command);

const tools = contributes.languageModelTools.map(({ name }) => name);

const contexts = ['rivulet.running', 'rivulet.refactoring', 'rivulet.reviewing', 'rivulet.reviewPending'];

describe('activation', () => {
  beforeEach(reset);

  it('registers every command of the manifest, and no other', async () => {
    await activated();
    assert.deepEqual([...handlers.keys()].sort(), contributed.toSorted());
  });

  it('can run every command of the manifest, and has none besides', () => {
    assert.deepEqual(commands.map(({ id }) => id).sort(), contributed.toSorted());
  });

  it('registers the view of the manifest', async () => {
    await activated();
    assert.deepEqual(called('registerWebviewViewProvider').map(([id]) => id), Object.values(contributes.views).flat().map(({ id }) => id));
    assert.ok(Object.values(contributes.views).flat().every(({ type }) => type === 'webview'));
  });

  it('puts only commands of its own into menus', () => {
    for (const { command, submenu } of Object.values(contributes.menus).flat()) {
      assert.ok(submenu === undefined ? contributed.includes(command) : Object.hasOwn(contributes.menus, submenu), submenu ?? command);
    }
  });

  it('registers every tool of the manifest, for whatever agent', async () => {
    await activated();
    assert.deepEqual(called('registerTool').map(([name]) => name), tools);
  });

  it('has only settings that a workspace cannot set (B15, B17, B24)', () => {
    for (const [name, { scope }] of Object.entries(contributes.configuration.properties)) assert.equal(scope, 'application', name);
  });

  it('builds nothing until the view is shown or a command is run', () => {
    activate(createContext() as never);
    assert.deepEqual(calls.map(([name]) => name), ['registerWebviewViewProvider', 'registerCodeActionsProvider', 'registerLanguageModelChatProvider', ...tools.map(() => 'registerTool'), ...contexts.map(() => 'executeCommand')]);
    assert.deepEqual([...registered].sort(), ['code actions', 'models rivulet', 'onDidChangeConfiguration', 'onDidChangeWorkspaceFolders', 'secrets.onDidChange', ...tools.map((name) => `tool ${name}`), 'view rivulet.chat'].sort());
  });

  it('takes back the contexts of keys that a window keeps when the extension host is started again', () => {
    activate(createContext() as never);
    assert.deepEqual(called('executeCommand'), contexts.map((name) => ['setContext', name, false]));
    const named = JSON.stringify(contributes).match(/\brivulet\.(?:running|refactoring|review\w+)\b/g);
    assert.deepEqual([...new Set(named)].sort(), contexts.toSorted());
  });

  it('takes its keys from no terminal and no debug console', () => {
    for (const { command, when } of contributes.keybindings) assert.match(when, /^editorTextFocus && !inDebugRepl && /, command);
  });

  it('asks the person nothing and opens nothing by itself', async () => {
    await activated();
    await settle();
    const loud = calls.filter(([name, id]) => id !== 'setContext' && /^show|^open|^executeCommand$|^clipboard/.test(name) && !name.startsWith('showText'));
    assert.deepEqual(loud, []);
  });

  it('takes everything back when it is disposed of, and can be activated again', async () => {
    const { context, page } = await activated();
    page.dispose();
    assert.ok(registered.has('view rivulet.chat') && registered.has('code actions') && registered.has('secrets.onDidChange'));
    for (const subscription of context.subscriptions) subscription.dispose();
    assert.equal(handlers.size, 0);
    // VS Code ends the page's own events with the page.
    assert.deepEqual([...registered].filter((name) => name !== 'onDidReceiveMessage' && !name.startsWith('view.')), []);
    await activated();
    assert.equal(handlers.size, contributed.length);
  });

  it('tells the person and the log when a command fails, and does not throw', async () => {
    await activated();
    window.activeTextEditor = { get document() { throw new Error('a bug'); } };
    await handlers.get('rivulet.explainSelection')?.();
    assert.match(String(called('log.error')[0]?.[0]), /rivulet\.explainSelection failed: .*a bug/);
    assert.equal(called('showErrorMessage').length, 1);
  });

  it('writes no control characters into the log (B21)', async () => {
    const { page } = await activated();
    page.send({ type: 'page-failed', message: 'a\u001B]52;c;AAAA\u0007b\u009Bc\td\ne' });
    await settle();
    assert.match(String(called('log.error')[0]?.[0]), /a\]52;c;AAAAbc\td\n    e$/);
  });

  it('shows the log, focuses the view and clears the chat by command', async () => {
    await activated();
    answers.clear();
    for (const id of ['rivulet.showLog', 'rivulet.focus', 'rivulet.newChat', 'rivulet.stop']) await handlers.get(id)?.();
    assert.equal(called('log.show').length, 1);
    assert.deepEqual(called('executeCommand').filter(([id]) => id !== 'setContext'), [['rivulet.chat.focus'], ['rivulet.chat.focus']]);
    assert.deepEqual(called('showErrorMessage'), []);
  });
});
