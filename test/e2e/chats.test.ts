import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { eventually } from '../workbench/eventually.ts';
import { openWindow } from '../workbench/window.ts';
import { createPanel } from './support/panel.ts';
import { openSession, type Session } from './support/session.ts';

describe('Chats that are kept, in the real workbench', function () {
  this.timeout(180_000);
  let session: Session;

  const list = async (): Promise<Locator> => (await session.panel.frame()).getByRole('dialog', { name: 'Chats' });
  const titles = async (): Promise<readonly string[]> => (await list()).locator('.chat-row .chat-title').allTextContents();
  /** Questions and answers. Not `innerText`: that is empty for a turn that is out of sight. */
  const questions = async (): Promise<string> => (await (await session.panel.frame()).locator('article.turn').locator('.question-text, .answer').allTextContents()).join('\n');

  /** Opens the list by command, and waits until its field has the cursor. */
  async function showList(): Promise<Locator> {
    await session.window.runCommand('Rivulet: Show Chats');
    const dialog = await list();
    await dialog.locator('input.find-field:focus').waitFor();
    return dialog;
  }

  async function press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await session.window.page.keyboard.press(key);
  }

  before(async () => {
    session = await openSession({ settings: () => ({ 'rivulet.model': 'deepseek/deepseek-v4-flash' }), window: { theme: 'light' } });
    await session.panel.open();
    await session.panel.setKey('DeepSeek', session.simulator.keys.deepseek);
    await session.panel.ask('What are tides?');
    await session.window.runCommand('Rivulet: New Chat');
    await (await session.panel.frame()).locator('article.turn').first().waitFor({ state: 'hidden' });
    await session.panel.ask('What is a seiche?');
  });
  after(() => session.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await session.window.screenshot(`failed-chats-${this.currentTest.title.replaceAll(/\W+/g, '-')}`);
  });

  it('a new chat leaves the old one in the list, and the keyboard leads from one to the other', async () => {
    await showList();
    assert.deepEqual(await eventually(titles, ({ length }) => length === 2), ['What is a seiche?', 'What are tides?']);
    await session.window.screenshot('chats-list-light');
    await press('ArrowDown', 'ArrowDown', 'Enter');
    await (await list()).waitFor({ state: 'hidden' });
    const text = await eventually(questions, (words) => words.includes('tides'));
    assert.ok(text.includes('What are tides?') && !text.includes('seiche'), text);
  });

  it('a chat is renamed, and found by the words of its texts', async () => {
    const dialog = await showList();
    await press('ArrowDown', 'ArrowDown', 'F2');
    await session.window.page.keyboard.type('The sea');
    await press('Enter');
    assert.ok((await eventually(titles, (all) => all.includes('The sea'))).includes('The sea'));
    await dialog.locator('input.find-field').focus();
    await session.window.page.keyboard.type('no file was');
    const found = await eventually(async () => dialog.locator('.chat-excerpt').count(), (count) => count > 0);
    assert.ok(found > 0);
    await session.window.screenshot('chats-search-light');
    await press('Escape', 'Escape');
    await dialog.waitFor({ state: 'hidden' });
  });

  it('a chat is deleted, and brought back', async () => {
    const dialog = await showList();
    await eventually(titles, ({ length }) => length === 2);
    await press('ArrowDown', 'ArrowDown', 'Delete');
    assert.equal((await eventually(titles, ({ length }) => length === 1)).length, 1);
    await session.window.screenshot('chats-deleted-light');
    await dialog.getByRole('button', { name: /^Undo/ }).press('Enter');
    assert.equal((await eventually(titles, ({ length }) => length === 2)).length, 2);
    await dialog.getByRole('button', { name: 'Close' }).press('Enter');
    await dialog.waitFor({ state: 'hidden' });
  });

  it('a chat is exported into a file', async () => {
    const { window, folder } = session;
    const target = join(folder, 'tides.md');
    await window.runCommand('Rivulet: Export Chat…', 'Markdown');
    await window.chooseFile(target);
    const text = await eventually(async () => readFile(target, 'utf8'), (words) => words.length > 0);
    assert.match(text, /^# .+\n\n## Question\n\nWhat (?:are tides|is a seiche)\?\n/);
    assert.match(text, /\n## Answer \(deepseek-v4-flash\)\n/);
    assert.match(text, /\n<details>\n<summary>Reasoning<\/summary>\n\n> /);
  });

  it('a window that is loaded again has everything, and the draft', async () => {
    const { panel, window } = session;
    await panel.open();
    const before = await questions();
    await (await panel.composer()).click();
    await window.page.keyboard.type('And what about the sun');
    // The host is told once nothing was typed for a moment.
    await window.page.waitForTimeout(1000);
    await window.reload();
    await panel.open();
    await eventually(questions, (words) => words !== '');
    assert.equal((await questions()).split('\n')[0], before.split('\n')[0]);
    const draft = async (): Promise<string> => (await panel.composer()).inputValue();
    assert.equal(await eventually(draft, (text) => text !== ''), 'And what about the sun');
    await showList();
    assert.equal((await eventually(titles, ({ length }) => length === 2)).length, 2);
    await press('Escape');
  });

  it('a second window on the folder says that a chat is open in the first, and opens a copy of it', async () => {
    const { server, folder, panel } = session;
    const window = await openWindow(server, { folder });
    try {
      const other = createPanel(window);
      await other.open();
      // A browser of its own keeps keys of its own.
      await other.setKey('DeepSeek', session.simulator.keys.deepseek);
      await window.runCommand('Rivulet: Show Chats');
      const row = (await other.frame()).locator('.chat-row').filter({ hasText: 'Open in another window' });
      await row.waitFor();
      await window.screenshot('chats-two-windows');
      await row.locator('.chat-open').press('Enter');
      await window.page.getByText('Here you go on in a copy of it.').first().waitFor();
      await (await other.frame()).locator('article.turn').first().waitFor();
      const before = await questions();
      await other.ask('Only here?');
      assert.equal(await questions(), before);
      assert.equal(await (await panel.frame()).getByText('Only here?').count(), 0);
    } catch (error) {
      await window.screenshot('failed-chats-second-window');
      throw error;
    } finally {
      await window.close();
    }
  });
});
