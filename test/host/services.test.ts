import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { ViewState } from '../../src/protocol/viewState.ts';
import { answers, called, fired, folder, handlers, picks, reset, secrets, settings, window, workspace } from './fakeVscode.ts';
import { Range } from './fakeTypes.ts';
import { activated, fakeEditor, settle, type FakePage } from './fakes.ts';
import { stateOf } from './pageState.ts';

const changed = { affectsConfiguration: (section: string) => section === 'rivulet' };

function symbol(name: string, from: number, to: number, children: readonly unknown[] = []): unknown {
  return { name, range: new Range(from, 0, to, 0), children };
}

describe('the window around the chat', () => {
  let page: FakePage;

  beforeEach(async () => {
    reset();
    ({ page } = await activated());
  });

  const state = async (): Promise<ViewState> => stateOf(page);

  it('shows the default model until another is set', async () => {
    assert.deepEqual([(await state()).model.model, (await state()).model.readiness], ['deepseek-flash', 'needs-key']);
    settings.set('rivulet.model', 'iflow/tstars2.0');
    fired.settings.fire(changed);
    const { model } = await state();
    assert.deepEqual([model.service, model.model, model.notice?.message.slice(0, 5)], ['iflow', 'tstars2.0', 'iFlow']);
  });

  it('follows keys that are set and removed, in this window or another', async () => {
    secrets.set('rivulet.key.deepseek', JSON.stringify({ origin: 'https://api.deepseek.com', key: 'sk-0123456789' }));
    assert.equal((await state()).model.readiness, 'needs-key');
    fired.secrets.fire({ key: 'rivulet.key.deepseek' });
    assert.equal((await state()).model.readiness, 'ready');
    secrets.clear();
    fired.secrets.fire({ key: 'another.extension' });
    assert.equal((await state()).model.readiness, 'ready');
    fired.secrets.fire({ key: 'rivulet.key.deepseek' });
    assert.equal((await state()).model.readiness, 'needs-key');
  });

  it('does not take a key for another address (B17)', async () => {
    secrets.set('rivulet.key.deepseek', JSON.stringify({ origin: 'https://api.deepseek.com', key: 'sk-0123456789' }));
    settings.set('rivulet.baseUrls', { deepseek: 'https://evil.example.invalid' });
    fired.settings.fire(changed);
    assert.equal((await state()).model.readiness, 'key-for-other-address');
  });

  it('follows folders and trust (B15)', async () => {
    assert.equal((await state()).model.tools, 'on');
    workspace.isTrusted = false;
    fired.folders.fire(undefined);
    assert.equal((await state()).model.tools, 'untrusted');
    workspace.isTrusted = true;
    fired.trust.fire(undefined);
    assert.equal((await state()).model.tools, 'on');
    workspace.workspaceFolders = undefined;
    fired.folders.fire(undefined);
    assert.equal((await state()).model.tools, 'no-folder');
  });

  it('writes settings that cannot be used into the log and goes on without them', async () => {
    settings.set('rivulet.endpoints', [{ id: 'Bad Id' }]);
    settings.set('rivulet.baseUrls', { jiekou: 'ftp://x' });
    fired.settings.fire(changed);
    assert.equal((await state()).model.service, 'deepseek');
    const lines = called('log.warn').map(([line]) => String(line));
    assert.ok(lines.some((line) => line.includes('rivulet.endpoints')) && lines.some((line) => line.includes('jiekou.ai')), lines.join('\n'));
  });

  it('lets the person choose a model of any service, or type the name of another', async () => {
    answers.set('quickPick.show', [({ label }: { label: string }) => label === 'deepseek/deepseek-r1-turbo', ({ label }: { label: string }) => label === '$(edit) Another model of DeepSeek…']);
    await handlers.get('rivulet.selectModel')?.();
    assert.deepEqual(called('update'), [['rivulet.model', 'jiekou/deepseek/deepseek-r1-turbo', 1]]);
    assert.deepEqual([(await state()).model.service, (await state()).model.model], ['jiekou', 'deepseek/deepseek-r1-turbo']);
    answers.set('showInputBox', [' deepseek-v9 ']);
    await handlers.get('rivulet.selectModel')?.();
    assert.equal(settings.get('rivulet.model'), 'deepseek/deepseek-v9');
    const dismissed = handlers.get('rivulet.selectModel')?.();
    await settle();
    picks.at(-1)?.hide.fire(undefined);
    await dismissed;
    assert.equal(called('update').length, 2);
  });

  it('explains a selection with its place, its symbols and the lines around it', async () => {
    const text = Array.from({ length: 30 }, (_, index) => `line ${index + 1}`).join('\n');
    window.activeTextEditor = fakeEditor(join(folder, 'src/tide.ts'), text, new Range(11, 0, 13, 0));
    answers.set('executeCommand', [() => [symbol('Other', 0, 3), symbol('Tide', 5, 25, [symbol('high', 10, 20), symbol('low', 21, 24)])]]);
    await handlers.get('rivulet.explainSelection')?.();
    const [turn] = (await state()).turns;
    assert.deepEqual([turn?.question.text, turn?.question.attachments[0]?.label], ['Explain this code.', 'src/tide.ts:12-13']);
    const sent = turn?.question.attachments[0]?.text ?? '';
    assert.match(sent, /^File: src\/tide\.ts\nLanguage: typescript\nLines: 12 to 13\nInside: Tide > high\n/);
    assert.match(sent, /```typescript\nline 12\nline 13\n/);
    assert.match(sent, /Lines above[^]*<<<DATA\nline 2\n[^]*line 11\nDATA>>>/);
    assert.match(sent, /Lines below[^]*<<<DATA\nline 14\n[^]*line 23\nDATA>>>/);
    assert.ok(!sent.includes('line 24'));
  });

  it('does not wait for a symbol provider that is slow or fails', async () => {
    window.activeTextEditor = fakeEditor(join(folder, 'a.ts'), 'const a = 1;', new Range(0, 0, 0, 12));
    answers.set('executeCommand', [() => new Promise(() => undefined)]);
    const before = performance.now();
    await handlers.get('rivulet.explainSelection')?.();
    assert.ok(performance.now() - before < 3000);
    answers.set('executeCommand', [() => Promise.reject(new Error('no provider'))]);
    await handlers.get('rivulet.explainSelection')?.();
    assert.deepEqual((await state()).turns.map(({ question }) => question.attachments[0]?.label), ['a.ts:1', 'a.ts:1']);
  });

  it('asks for a selection when there is none', async () => {
    for (const editor of [undefined, fakeEditor('/x', '   \n', new Range(0, 0, 0, 0))]) {
      window.activeTextEditor = editor;
      await handlers.get('rivulet.explainSelection')?.();
    }
    assert.deepEqual(called('showInformationMessage').map(([text]) => text), Array(2).fill('Select the code to explain in an editor first.'));
    assert.deepEqual((await state()).turns, []);
  });
});
