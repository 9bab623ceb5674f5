import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '../workbench/eventually.ts';
import { oldestVersion } from '../workbench/prepare.ts';
import { openSession, type Session } from './support/session.ts';

interface Report {
  readonly turns?: number;
  readonly code?: string;
  readonly message?: string;
}

describe('Models of Rivulet for another extension in the real workbench', function () {
  this.timeout(240_000);
  let session: Session;

  before(async () => {
    session = await openSession({
      // What VS Code has for language models is off in the other tests, where it only takes time.
      settings: () => ({ 'rivulet.model': 'deepseek/deepseek-flash', 'chat.disableAIFeatures': false }),
      testExtensions: ['consumer'],
    });
    await session.panel.open();
    await session.panel.setKey('DeepSeek', session.simulator.keys.deepseek);
  });
  after(() => session.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await session.window.screenshot(`failed-models-for-others-${this.currentTest.title.replaceAll(/\W+/g, '-')}`);
  });

  const file = (): string => join(session.folder, 'consumer.json');
  const report = async (): Promise<Report> => eventually(async () => JSON.parse(await readFile(file(), 'utf8')) as Report, () => true, 60_000);
  const start = async (): Promise<void> => {
    await rm(file(), { force: true });
    await session.window.runCommand('Test consumer: Converse');
  };
  const dialog = (): ReturnType<Session['window']['page']['locator']> => session.window.page.locator('.monaco-dialog-box').filter({ hasText: 'wants to use the models' });

  it('asks the person before anything is sent, and a no is a no', async () => {
    await start();
    await dialog().waitFor();
    assert.match(await dialog().innerText(), /The extension rivulet-test\.consumer wants[\s\S]*“Rivulet test: consumer”[\s\S]*DeepSeek with your key, and you pay/);
    await session.window.screenshot('language-model-leave');
    await session.window.page.keyboard.press('Enter');
    const { code, message } = await report();
    assert.equal(code, 'NoPermissions', message);
    assert.equal(session.simulator.requests.length, 0);
  });

  it('holds a conversation with tools over a reload of the window, without one refusal', async () => {
    // A no holds until the window closes.
    await session.window.reload();
    await start();
    await dialog().waitFor();
    await dialog().getByRole('button', { name: 'Allow', exact: true }).click();
    assert.deepEqual(await report(), { turns: 5 });
    await session.window.reload();
    await start();
    assert.deepEqual(await report(), { turns: 10 });
    const { requests } = session.simulator;
    assert.equal(requests.length, 20);
    assert.deepEqual([...new Set(requests.map(({ verdict }) => verdict))], ['accepted']);
    const { messages } = JSON.parse(requests.at(-1)?.text ?? '') as { readonly messages: readonly { readonly reasoning_content?: string; readonly tool_calls?: unknown }[] };
    const calling = messages.filter(({ tool_calls: calls }) => calls !== undefined);
    assert.equal(calling.length, 10);
    assert.ok(calling.every(({ reasoning_content: reasoning }) => reasoning !== undefined && reasoning !== ''), 'the reasoning of before the reload goes back too');
  });

  it('counts among what was spent today', async () => {
    await session.panel.open();
    const today = (await session.panel.frame()).locator('.today-total');
    assert.match(await eventually(() => today.innerText(), (text) => text !== ''), /^Today: CN¥0\.\d+$/);
  });

  it('stands in VS Code’s own list of models, with limits and abilities', async function () {
    // VS Code 1.104 offers no command for such a list here.
    if (process.env['RIVULET_SERVER_VERSION'] === oldestVersion) return this.skip();
    const { window } = session;
    await window.runCommand('Chat: Manage Language Models');
    const row = (name: string): ReturnType<typeof window.page.locator> => window.page.locator('.monaco-table .monaco-list-row').filter({ hasText: name }).first();
    assert.match(await eventually(() => row('deepseek-flash').innerText(), (text) => text.includes('1M')), /1M[\s\S]*Tools[\s\S]*Vision/);
    assert.doesNotMatch(await row('deepseek-v4-pro').innerText(), /Vision/);
    await window.screenshot('language-models-list');
    await window.page.keyboard.press('Escape');
  });
});
