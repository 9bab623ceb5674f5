import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '../workbench/eventually.ts';
import { openSession, type Session } from './support/session.ts';

describe('The request inspector in the real workbench', function () {
  this.timeout(120_000);
  let session: Session;

  before(async () => {
    session = await openSession({ settings: () => ({ 'rivulet.model': 'deepseek/deepseek-v4-flash' }) });
    await session.panel.open();
    await session.panel.setKey('DeepSeek', session.simulator.keys.deepseek);
    await openRequest();
  });
  after(() => session.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await session.window.screenshot(`failed-inspect-${this.currentTest.title.replaceAll(/\W+/g, '-')}`);
  });

  async function clipboard(): Promise<string> {
    return session.window.page.evaluate(async () => navigator.clipboard.readText());
  }

  async function openRequest(): Promise<void> {
    const { panel, window } = session;
    const turn = await panel.ask('What does the inspector show?');
    await turn.getByRole('button', { name: 'Inspect request' }).click();
    await window.page.locator('.tabs-container .tab.active').filter({ hasText: 'Request.md' }).waitFor();
  }

  async function chooseAction(action: string): Promise<void> {
    const { window } = session;
    await window.page.locator('.part.editor .editor-actions').getByRole('button', { name: 'Copy, Save or Compare Request…' }).click();
    await window.pick(action);
  }

  it('opens the request of a turn from its foot: the model and the events are there, the key is not', async () => {
    const { window, simulator } = session;
    const lines = window.page.locator('.part.editor .view-line');
    await lines.filter({ hasText: '"deepseek-v4-flash"' }).first().waitFor();
    await lines.first().click();
    const copied = async (): Promise<string> => {
      await window.page.keyboard.press('ControlOrMeta+a');
      await window.page.keyboard.press('ControlOrMeta+c');
      return clipboard();
    };
    const text = await eventually(copied, (now) => now.includes('data: [DONE]'));
    for (const part of ['"model": "deepseek-v4-flash"', 'What does the inspector show?', 'HTTP 200', 'data: [DONE]', 'authorization: Bearer']) assert.ok(text.includes(part), `it says ${part}`);
    assert.ok(!text.includes(simulator.keys.deepseek.slice(0, 12)), 'the key is nowhere in it');
    await window.screenshot('inspect-request');
  });

  it('copies it as cURL from the menu of its title', async () => {
    const { window, simulator } = session;
    await chooseAction('Copy as cURL');
    await window.page.getByText('Copied for bash, zsh and the like. Set the variable API_KEY').waitFor();
    const text = await clipboard();
    assert.ok(text.startsWith('curl ') && text.includes(`${simulator.bases.deepseek}/chat/completions`), text.slice(0, 200));
    assert.ok(text.includes('Bearer $API_KEY') && !text.includes(simulator.keys.deepseek.slice(0, 12)));
  });

  it('saves the answer as a fixture with the dialog of VS Code, and what Rivulet makes of it beside it', async () => {
    const { window, folder, simulator } = session;
    await chooseAction('Save the answer as a fixture…');
    await window.chooseFile(join(folder, 'kept.wire'));
    await window.page.locator('.notification-toast').filter({ hasText: 'Saved, with what Rivulet makes of it beside it.' }).waitFor();
    const [wire, made] = await Promise.all(['kept.wire', 'kept.json'].map((name) => readFile(join(folder, name), 'utf8')));
    assert.ok(wire?.includes('data: [DONE]'), wire);
    assert.ok(made?.startsWith('{'), made);
    assert.ok(!`${wire}${made}`.includes(simulator.keys.deepseek.slice(0, 12)), 'the key is in neither');
  });
});
