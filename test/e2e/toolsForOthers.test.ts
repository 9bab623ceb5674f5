import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { eventually } from '../workbench/eventually.ts';
import { openSession, type Session } from './support/session.ts';

describe('A tool that another extension calls', function () {
  this.timeout(120_000);
  let session: Session;

  before(async () => {
    session = await openSession({ testExtensions: ['consumer'], files: { 'plan.txt': 'one\ntwo\nthree\n', '.env': 'TOKEN=1\n' } });
  });
  after(() => session.close());

  const at = (path: string): string => join(session.folder, path);
  const content = async (path: string): Promise<string | undefined> => readFile(at(path), 'utf8').then((text) => text, () => undefined);
  const dialog = (): Locator => session.window.page.locator('.monaco-dialog-box');

  async function invoke(name: string, input: object): Promise<void> {
    await rm(at('invoked.json'), { force: true });
    await session.write('invoke.json', JSON.stringify({ name, input }));
    await session.window.runCommand('Test consumer: Invoke');
  }

  async function answer(): Promise<{ readonly text?: string; readonly error?: string }> {
    return JSON.parse((await eventually(() => content('invoked.json'), (text) => text !== undefined && text !== '')) ?? '') as { readonly text?: string };
  }

  /** Answers the dialog with this title; another may come up behind it. VS Code itself asks nothing: each question comes once. */
  async function press(button: RegExp, title: string, ...words: readonly RegExp[]): Promise<void> {
    const box = dialog().filter({ hasText: title });
    await box.waitFor();
    const text = await box.innerText();
    for (const each of words) assert.match(text, each);
    await box.getByRole('button', { name: button }).click();
    await box.waitFor({ state: 'detached' });
  }

  it('reads a file of the workspace at once', async () => {
    await invoke('rivulet_read_file', { path: 'plan.txt' });
    assert.match((await answer()).text ?? '', /\n1\tone\n/);
    assert.equal(await dialog().count(), 0);
  });

  it('changes a file once its hunk was accepted in the editor and in a dialog, whatever VS Code has been told before', async () => {
    const { window } = session;
    await invoke('rivulet_edit_file', { path: 'plan.txt', edits: [{ search: 'two', replace: 'zwei' }] });
    await window.page.locator('.codelens-decoration').filter({ hasText: 'Accept' }).first().waitFor();
    await window.page.locator('.notification-toast, .notifications-toasts').filter({ hasText: 'Another agent would change plan.txt' }).first().waitFor();
    await window.screenshot('tools-for-others');
    assert.equal(await content('plan.txt'), 'one\ntwo\nthree\n');
    await window.page.locator('.codelens-decoration a').filter({ hasText: 'Accept' }).first().click();
    await press(/Change It/, 'Let the model change plan.txt?', /Another agent asks/);
    assert.equal((await answer()).text, 'Applied: plan.txt.');
    assert.equal(await content('plan.txt'), 'one\nzwei\nthree\n');
  });

  it('reads a secret only after a yes in a dialog of Rivulet, and Escape is a no', async () => {
    const { window } = session;
    await invoke('rivulet_read_file', { path: '.env' });
    await dialog().filter({ hasText: 'Let the model read .env?' }).waitFor();
    assert.match(await dialog().innerText(), /Another agent asks, through a tool of Rivulet/);
    await dialog().locator('.monaco-button:focus').waitFor();
    await window.page.keyboard.press('Escape');
    assert.match((await answer()).text ?? '', /the person has not allowed it/);
  });

  it('moves a file after a yes in a dialog', async () => {
    await invoke('rivulet_move_file', { path: 'plan.txt', new_path: 'plans/moved.txt' });
    await press(/Move It/, 'Let the model move plan.txt to plans/moved.txt?', /Another agent asks/);
    assert.match((await answer()).text ?? '', /^Applied: /);
    assert.deepEqual([await content('plan.txt'), await content('plans/moved.txt')], [undefined, 'one\nzwei\nthree\n']);
  });
});
