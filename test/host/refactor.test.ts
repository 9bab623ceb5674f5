import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ViewState } from '../../src/protocol/viewState.ts';
import { until } from '../support/until.ts';
import { startLoopback, type Loopback } from '../unit/support/loopback.ts';
import { answers, called, diagnostics, fired, folder, handlers, l10n, picks, reset, settings, statuses, window, workspace } from './fakeVscode.ts';
import { Range } from './fakeTypes.ts';
import { activated, type FakePage } from './fakes.ts';
import { stateOf } from './pageState.ts';
import { fakeDocument, fakeEditorOn, type FakeEditor } from './reviewFakes.ts';

const code = ['// tides', 'function total(tides) {', '  let sum = 0;', '  for (const tide of tides) sum += tide;', '  return sum;', '}', ''].join('\n');
const symbols = [{ name: 'total', kind: 11, range: new Range(1, 0, 5, 1), selectionRange: new Range(1, 9, 1, 14), children: [{ name: 'sum', kind: 12, range: new Range(2, 6, 2, 13), selectionRange: new Range(2, 6, 2, 9), children: [] }] }];

interface Sent {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly tools?: readonly { readonly function: { readonly name: string } }[];
}

const chunk = (delta: object, reason: string | null = null): string => `data: ${JSON.stringify({ id: '1', choices: [{ index: 0, delta, finish_reason: reason }] })}\n\n`;

function open(address = join(folder, 'src/tide.js'), selection = new Range(3, 2, 3, 2)): FakeEditor {
  const editor = fakeEditorOn(fakeDocument(address, code, 'javascript'));
  editor.selection = selection;
  window.activeTextEditor = editor;
  window.visibleTextEditors = [editor];
  workspace.textDocuments = [editor.document];
  // The document's symbols are the only thing asked for by a command before the question is put.
  answers.set('executeCommand', [() => symbols]);
  return editor;
}

async function refactor(words: string): Promise<void> {
  const running = handlers.get('rivulet.refactorSelection')?.();
  await until(() => picks.length > 0);
  const pick = picks.at(-1) ?? assert.fail();
  pick.value = words;
  pick.change.fire(words);
  pick.selectedItems = [pick.items[0]];
  pick.accept.fire(undefined);
  await running;
}

describe('code that is worked on from the editor', () => {
  let page: FakePage | undefined;
  let loopback: Loopback;
  let sent: Sent[];
  let respond: (send: (piece: string) => void, end: () => void) => void;

  beforeEach(async () => {
    reset();
    sent = [];
    respond = (send, end) => {
      send(chunk({ role: 'assistant', content: 'It is fine as it is. [x](command:y)' }) + chunk({}, 'stop') + 'data: [DONE]\n\n');
      end();
    };
    loopback = await startLoopback((response, _request, body) => {
      sent.push(JSON.parse(body) as Sent);
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      respond((piece) => response.write(piece), () => response.end());
    });
    settings.set('rivulet.endpoints', [{ id: 'own', label: 'Own', baseUrl: loopback.url, auth: 'none', models: [{ id: 'm' }] }]);
    settings.set('rivulet.model', 'own/m');
    ({ page } = await activated());
    answers.set('executeCommand', []);
  });

  afterEach(async () => {
    page?.dispose();
    await loopback.close();
  });

  const state = async (): Promise<ViewState> => stateOf(page ?? assert.fail());

  it('asks what to do, suggests what fits the function and its problems, and takes any words', async () => {
    const { document } = open();
    diagnostics.set(document.uri.toString(), [
      { range: new Range(2, 6, 2, 9), severity: 1, message: "'sum' is never [x](command:y)", source: 'ts', code: 6133 },
      { range: new Range(0, 0, 0, 1), severity: 0, message: 'elsewhere' },
    ]);
    const running = handlers.get('rivulet.refactorSelection')?.();
    await until(() => picks.length > 0);
    const [pick] = picks;
    assert.ok(pick);
    assert.deepEqual(pick.items.map(({ label }) => label), ["$(wrench) Fix: 'sum' is never [x] (command:y)", '$(sparkle) Simplify', '$(symbol-method) Extract a function', '$(symbol-key) Rename for clarity', '$(symbol-interface) Add types', '$(shield) Handle errors and edge cases']);
    assert.deepEqual([pick.title, pick.busy], ['Refactor', false]);
    pick.value = 'make $(it) async';
    pick.change.fire(pick.value);
    assert.equal(pick.items[0]?.label, '$(edit) make $ (it) async');
    pick.hide.fire(undefined);
    await running;
    assert.deepEqual(sent, []);
  });

  it('puts the words to the model with the function around the cursor, and stays in the editor', async () => {
    const { document } = open();
    diagnostics.set(document.uri.toString(), [{ range: new Range(2, 6, 2, 9), severity: 1, message: 'unused', source: 'ts', code: { value: 'E1' } }]);
    await refactor('  make it async ');
    const [turn] = (await state()).turns;
    assert.equal(turn?.question.text, 'make it async');
    assert.equal(turn?.question.attachments[0]?.label, 'src/tide.js:2-6');
    const content = sent[0]?.messages.at(-1)?.content ?? '';
    assert.match(content, /^File: src\/tide\.js\n/);
    assert.match(content, /- Line 3: warning \(ts E1\): unused\n/);
    assert.match(content, /change to src\/tide\.js, lines 2 to 6\. Make it with the tools/);
    assert.match(content, /make it async$/);
    assert.ok(!called('executeCommand').some(([id]) => String(id).endsWith('.focus')));
    assert.deepEqual(called('showTextDocument'), []);
  });

  it('takes what is typed even before it is a line of the list', async () => {
    open();
    const running = handlers.get('rivulet.refactorSelection')?.();
    await until(() => picks.length > 0);
    const [pick] = picks;
    assert.ok(pick);
    pick.value = 'quickly';
    pick.selectedItems = [];
    pick.accept.fire(undefined);
    await running;
    assert.equal((await state()).turns[0]?.question.text, 'quickly');
  });

  it('says in the status bar what goes on, and stops on a click', async () => {
    open();
    respond = (send) => send(chunk({ role: 'assistant', reasoning_content: 'Hm' }));
    const running = refactor('simplify');
    await until(() => statuses.some(({ text }) => text === '$(loading~spin) Rivulet thinks'));
    const [status] = statuses;
    assert.deepEqual([status?.isShown, status?.['command'], status?.['tooltip']], [true, 'rivulet.stop', 'Click to stop']);
    assert.ok(called('executeCommand').some(([id, name, value]) => id === 'setContext' && name === 'rivulet.refactoring' && value === true));
    await handlers.get('rivulet.stop')?.();
    await running;
    assert.equal(status?.isShown, false);
    assert.deepEqual(called('setStatusBarMessage').map(([words]) => words), ['Rivulet was stopped.']);
    assert.deepEqual(called('showInformationMessage'), []);
  });

  it('shows on a click what it asks instead of stopping, though the panel was never opened', async () => {
    page?.dispose();
    await writeFile(join(folder, '.env'), 'KEY=1');
    open();
    respond = (send, end) => {
      const call = { index: 0, id: 'c1', type: 'function', function: { name: 'read_file', arguments: '{"path":".env"}' } };
      if (sent.length === 1) send(chunk({ role: 'assistant', tool_calls: [call] }) + chunk({}, 'tool_calls') + 'data: [DONE]\n\n');
      end();
    };
    const running = refactor('simplify');
    await until(() => statuses.some(({ text }) => text === '$(question) Rivulet waits for your decision'));
    assert.deepEqual([statuses[0]?.['command'], statuses[0]?.['tooltip']], ['rivulet.showWaiting', 'Click to show what waits']);
    await handlers.get('rivulet.showWaiting')?.();
    assert.ok(statuses[0]?.isShown === true && called('executeCommand').some(([id]) => id === 'rivulet.focus'));
    await handlers.get('rivulet.stop')?.();
    await running;
  });

  it('tells what the model answered when it changed nothing, with the way to the chat', async () => {
    open();
    answers.set('showInformationMessage', ['Show chat']);
    await refactor('simplify');
    assert.deepEqual(called('showInformationMessage'), [['It is fine as it is. [x] (command:y)', 'Show chat']]);
    assert.ok(called('executeCommand').some(([id]) => id === 'rivulet.focus'));
  });

  it('tells of a failure in the editor', async () => {
    open();
    await loopback.close();
    loopback = await startLoopback((response) => response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":{"message":"bad key"}}'));
    settings.set('rivulet.endpoints', [{ id: 'own', label: 'Own', baseUrl: loopback.url, auth: 'none', models: [{ id: 'm' }] }]);
    l10n.bundle = { '{0} {1}': '{0}|{1}' };
    await refactor('simplify');
    const [words, ...buttons] = called('showErrorMessage')[0] ?? [];
    assert.match(String(words), /^[^|]*Own[^|]*\|[^|]+$/, 'sentences are put together by the language');
    assert.ok(buttons.includes('Show chat'));
  });

  it('asks for a missing key where the person is, and does not ask the model without one', async () => {
    settings.delete('rivulet.model');
    open();
    answers.set('showWarningMessage', ['Set API Key']);
    await handlers.get('rivulet.refactorSelection')?.();
    assert.deepEqual(called('showWarningMessage').map(([words]) => words), ['DeepSeek needs a key before the model can be asked.']);
    assert.ok(called('executeCommand').some(([id, service]) => id === 'rivulet.setApiKey' && service === 'deepseek'));
    assert.deepEqual([picks.length, (await state()).turns], [0, []]);
  });

  it('changes nothing in a window that is not trusted, nor with a model without tools, and says so', async () => {
    open();
    workspace.isTrusted = false;
    answers.set('showWarningMessage', ['Manage Trust']);
    await handlers.get('rivulet.documentSelection')?.();
    assert.ok(called('executeCommand').some(([id]) => id === 'workbench.trust.manage'));
    workspace.isTrusted = true;
    settings.set('rivulet.endpoints', [{ id: 'own', label: 'Own', baseUrl: loopback.url, auth: 'none', models: [{ id: 'm', tools: false }] }]);
    open();
    await handlers.get('rivulet.writeTests')?.();
    assert.deepEqual(called('showWarningMessage').map(([words]) => String(words).slice(0, 20)), ['This window is in re', 'm cannot call tools,']);
    assert.deepEqual(sent, []);
  });

  it('documents, tests and fixes with words of its own', async () => {
    const { document } = open();
    await handlers.get('rivulet.documentSelection')?.();
    open();
    await handlers.get('rivulet.writeTests')?.();
    open(join(folder, 'src/tide.js'), new Range(0, 0, 0, 0));
    diagnostics.set(document.uri.toString(), [{ range: new Range(3, 2, 3, 5), severity: 0, message: 'No such\nname' }]);
    await handlers.get('rivulet.fixProblem')?.(document.uri.toString(), 3, 2, 3, 5);
    const { turns } = await state();
    assert.deepEqual(turns.map(({ question }) => [question.text, question.attachments[0]?.label]), [['Document this code.', 'src/tide.js:2-6'], ['Write tests for this code.', 'src/tide.js:2-6'], ['Fix: No such name', 'src/tide.js:2-6']]);
  });

  it('says so when there is nothing to fix or to work on, whatever the arguments are', async () => {
    open();
    for (const args of [[], ['file:///elsewhere', 1, 1, 1, 1], [null, 'a', -1, 0.5, {}]]) await handlers.get('rivulet.fixProblem')?.(...args);
    assert.deepEqual(called('showInformationMessage').map(([words]) => words), Array.from({ length: 3 }, () => 'There is no problem at the cursor.'));
    window.activeTextEditor = undefined;
    await handlers.get('rivulet.refactorSelection')?.();
    assert.equal(called('showInformationMessage').at(-1)?.[0], 'Select code in an editor first, or put the cursor into it.');
  });

  it('fixes a problem in a document that is open and out of sight, never in another one', async () => {
    const { document } = open();
    const hidden = fakeDocument(join(folder, 'src/ebb.js'), code, 'javascript');
    workspace.textDocuments = [document, hidden];
    answers.set('showTextDocument', [fakeEditorOn(hidden)]);
    const problem = { range: new Range(3, 2, 3, 5), severity: 0, message: 'No such name' };
    for (const { uri } of [document, hidden]) diagnostics.set(uri.toString(), [problem]);
    await handlers.get('rivulet.fixProblem')?.(hidden.uri.toString(), 3, 2, 3, 5);
    await handlers.get('rivulet.fixProblem')?.('file:///elsewhere.js', 3, 2, 3, 5);
    const { turns } = await state();
    assert.deepEqual(turns.map(({ question }) => question.attachments[0]?.label), ['src/ebb.js:2-6']);
    assert.deepEqual(called('showInformationMessage').at(-1), ['There is no problem at the cursor.']);
  });

  it('says at once that a place is blank, before a whole instruction is typed', async () => {
    window.activeTextEditor = fakeEditorOn(fakeDocument(join(folder, 'src/blank.js'), '\n\n', 'javascript'));
    await handlers.get('rivulet.refactorSelection')?.();
    assert.deepEqual(called('showInformationMessage'), [['Select code in an editor first, or put the cursor into it.']]);
    assert.equal(called('quickPick.dispose').length, 1);
  });

  it('offers to open a folder in a saved workspace that has none', async () => {
    open();
    workspace.workspaceFolders = [];
    answers.set('showWarningMessage', ['Open Folder']);
    await handlers.get('rivulet.documentSelection')?.();
    assert.ok(called('executeCommand').some(([id]) => id === 'workbench.action.files.openFolder'));
    assert.deepEqual(sent, []);
  });

  it('offers tools for an unsaved document in a window without a folder, which the model can read by its name', async () => {
    workspace.workspaceFolders = undefined;
    const { document } = open('untitled:Untitled-1');
    let round = 0;
    respond = (send, end) => {
      round += 1;
      const call = { index: 0, id: 'c1', type: 'function', function: { name: 'read_file', arguments: '{"path":"Untitled-1"}' } };
      send(round === 1 ? chunk({ role: 'assistant', tool_calls: [call] }) + chunk({}, 'tool_calls') : chunk({ content: 'Read.' }) + chunk({}, 'stop'));
      send('data: [DONE]\n\n');
      end();
    };
    await refactor('simplify');
    const names = sent[0]?.tools?.map((tool) => tool.function.name) ?? [];
    assert.ok(names.includes('read_file') && names.includes('edit_file') && !names.includes('create_file') && !names.includes('search_text'), names.join());
    assert.match(sent[1]?.messages.at(-1)?.content ?? '', /2\tfunction total\(tides\) \{/);

    // VS Code says that a document is closed and opened when its language changes.
    fired.closed.fire({ uri: document.uri, isClosed: false });
    page?.send({ type: 'send', text: 'Once more' });
    await until(() => sent.length === 3);
    assert.ok((sent[2]?.tools ?? []).length > 0);

    // Once the chat is cleared, nothing of it is offered any more.
    await handlers.get('rivulet.newChat')?.();
    page?.send({ type: 'send', text: 'And now?' });
    await until(() => sent.length === 4);
    assert.deepEqual(sent[3]?.tools ?? [], []);
    assert.equal(document.uri.scheme, 'untitled');
  });

  it('offers nothing in a window that is not trusted, folder or not', async () => {
    workspace.workspaceFolders = undefined;
    workspace.isTrusted = false;
    page?.send({ type: 'send', text: 'Hello' });
    await until(() => sent.length === 1);
    assert.deepEqual(sent[0]?.tools ?? [], []);
  });
});
