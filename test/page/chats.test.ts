import assert from 'node:assert/strict';
import { say } from '../../src/protocol/localText.ts';
import { chatEntries, entryWith } from './chatStates.ts';
import { closeUnharmed, openPage, stopBrowser, type OpenedPage } from './harness.ts';
import { stateWith, turnWith } from './states.ts';

const openChat = { id: 'c2', title: 'Tides of the Wadden Sea', draft: '' };
const listed = stateWith({ chat: openChat, chats: { entries: chatEntries, found: undefined }, turns: [turnWith('t1', 'Hi', [{ kind: 'text', id: 'a1', text: 'Hello.' }])] });

describe('The list of chats', () => {
  let page: OpenedPage;
  after(stopBrowser);
  beforeEach(async () => {
    page = await openPage();
  });
  afterEach(async () => closeUnharmed(page));

  const sheet = (): ReturnType<OpenedPage['browserPage']['getByRole']> => page.browserPage.getByRole('dialog', { name: 'Chats' });
  const search = (): ReturnType<OpenedPage['browserPage']['getByRole']> => page.browserPage.getByRole('searchbox', { name: 'Search chats' });
  const titles = (): Promise<readonly string[]> => page.browserPage.locator('.chat-title > [dir]').allTextContents();
  const row = (title: string): ReturnType<OpenedPage['browserPage']['locator']> => page.browserPage.locator('.chat-row', { hasText: title });
  const focusedTitle = (): Promise<string | null | undefined> => page.browserPage.evaluate(() => document.activeElement?.querySelector('.chat-title > [dir]')?.textContent);
  const press = (key: string): Promise<void> => page.browserPage.keyboard.press(key);
  const last = async (): Promise<unknown> => (await page.intents()).at(-1);
  const asked = async (): Promise<readonly unknown[]> => (await page.intents()).filter(({ type }) => type !== 'ready' && type !== 'search-chats');

  it('and cards write hidden characters out (B20)', async () => {
    const notice = { kind: 'notice' as const, id: 'n1', text: say('Put {0} back', 'a\u202Eb'), actions: [] };
    const entries = [entryWith('c9', 'pay\u202Etxt'), entryWith('c2', 'Plain')];
    await page.show(stateWith({ chat: openChat, turns: [turnWith('t1', 'Hi', [notice])] }));
    await page.browserPage.locator('.card.notice').waitFor();
    assert.equal(await page.browserPage.locator('.card.notice .card-advice').textContent(), 'Put a\\u{202E}b back');
    await page.show(stateWith({ chat: openChat, chats: { entries, found: undefined } }));
    await search().fill('needle');
    await page.push({ type: 'chats-changed', chats: { entries, found: { query: 'needle', matches: [{ id: 'c9', excerpt: 'needle \u202Etxt.exe' }], isDone: true } } });
    await page.browserPage.locator('.chat-excerpt').waitFor();
    assert.equal(await page.browserPage.locator('.chat-excerpt').textContent(), 'needle \\u{202E}txt.exe');
    assert.deepEqual(await titles(), ['pay\\u{202E}txt']);
    assert.equal(await row('pay').getByRole('toolbar').getAttribute('aria-label'), 'Actions for pay\\u{202E}txt');
  });

  it('is opened by a button, covers the chat, and gives the focus back', async () => {
    await page.show(stateWith({ chat: openChat }));
    await page.browserPage.getByRole('button', { name: 'Chats' }).focus();
    await press('Enter');
    assert.deepEqual(await last(), { type: 'open-chats' });
    await page.push({ type: 'chats-changed', chats: { entries: chatEntries, found: undefined } });
    await sheet().waitFor();
    assert.equal(await search().evaluate((field) => document.activeElement === field), true);
    assert.equal(await page.browserPage.locator('.page').evaluate((covered) => (covered as HTMLElement).inert), true);
    await press('Escape');
    assert.deepEqual(await last(), { type: 'close-chats' });
    await page.push({ type: 'chats-changed', chats: undefined });
    await sheet().waitFor({ state: 'detached' });
    assert.equal(await page.browserPage.evaluate(() => document.activeElement?.getAttribute('data-does')), 'chats');
  });

  it('says of each chat what it is, when it was used, and what is the matter with it', async () => {
    const entries = chatEntries.map((entry) => (entry.id === 'c2' ? { ...entry, updatedAt: Date.now() } : entry));
    await page.show({ ...listed, chats: { entries, found: undefined } });
    assert.match((await row('How the retry works').textContent()) ?? '', /3 days ago · 12 questions/);
    assert.equal(await row('How the retry works').getByRole('img', { name: 'Pinned' }).count(), 1);
    assert.equal(await row('Tides').locator('.chat-meta').textContent(), 'open here · now · 1 question');
    assert.equal(await row('Tides').getByRole('button', { name: /^Tides/ }).getAttribute('aria-current'), 'true');
    assert.match((await row('A question with a title').textContent()) ?? '', /yesterday.*Open in another window; here you get a copy\./);
    assert.match((await row('Broken').textContent()) ?? '', /Its files could not be read and were set aside\./);
  });

  it('is gone through with the arrow keys, and opens, pins, renames and deletes by key', async () => {
    await page.show(listed);
    await press('ArrowDown');
    assert.equal(await focusedTitle(), 'How the retry works');
    await press('ArrowDown');
    await press('ArrowDown');
    await press('ArrowUp');
    assert.equal(await focusedTitle(), 'Tides of the Wadden Sea');
    await press('End');
    assert.equal(await focusedTitle(), 'Broken');
    await press('Home');
    await press('p');
    assert.deepEqual(await last(), { type: 'pin-chat', chatId: 'c1', isPinned: false });
    await press('F2');
    const box = page.browserPage.getByRole('textbox', { name: 'New name of How the retry works' });
    await box.fill('  Retry  ');
    await press('Enter');
    assert.deepEqual(await last(), { type: 'rename-chat', chatId: 'c1', title: 'Retry' });
    await page.browserPage.waitForFunction(() => document.activeElement?.classList.contains('chat-open'));
    await press('F2');
    await box.fill('Not this');
    await press('Escape');
    assert.deepEqual(await last(), { type: 'rename-chat', chatId: 'c1', title: 'Retry' });
    await page.browserPage.waitForFunction(() => document.activeElement?.classList.contains('chat-open'));
    await press('Delete');
    assert.deepEqual(await last(), { type: 'delete-chat', chatId: 'c1' });
    await press('ArrowDown');
    await press('Enter');
    assert.deepEqual(await last(), { type: 'open-chat', chatId: 'c2' });
    await press('ArrowUp');
    await press('ArrowUp');
    assert.equal(await search().evaluate((field) => document.activeElement === field), true);
  });

  it('moves on to the next chat when one is deleted, and offers to bring it back', async () => {
    await page.show(listed);
    for (const key of ['ArrowDown', 'ArrowDown', 'Delete']) await press(key);
    await page.push(
      { type: 'chats-changed', chats: { entries: chatEntries.filter(({ id }) => id !== 'c2'), found: undefined } },
      { type: 'undo-changed', undo: { id: 'u1', text: say('The chat was deleted.') } },
    );
    await page.browserPage.getByRole('button', { name: 'Undo: The chat was deleted.' }).waitFor();
    assert.equal(await focusedTitle(), chatEntries[2]?.title);
    await page.browserPage.getByRole('button', { name: 'Undo: The chat was deleted.' }).click();
    assert.deepEqual(await last(), { type: 'undo', id: 'u1' });
    await page.push({ type: 'undo-changed', undo: undefined });
    await page.browserPage.locator('.undo-strip').waitFor({ state: 'detached' });
    assert.equal(await search().evaluate((field) => document.activeElement === field), true, 'the focus stays in the list');
  });

  it('exports a chat, and deletes, pins and renames it by buttons that are one Tab stop', async () => {
    await page.show(listed);
    await press('ArrowDown');
    await press('Tab');
    for (const does of ['pin', 'rename', 'export-markdown', 'export-json', 'delete-chat']) {
      assert.equal(await page.browserPage.evaluate(() => document.activeElement?.getAttribute('data-does')), does);
      if (does.startsWith('export')) await press('Enter');
      await press('ArrowRight');
    }
    assert.deepEqual((await asked()).slice(-2), [
      { type: 'export-chat', chatId: 'c1', format: 'markdown' },
      { type: 'export-chat', chatId: 'c1', format: 'json' },
    ]);
  });

  it('opens and exports no damaged chat', async () => {
    await page.show(listed);
    const before = (await asked()).length;
    await row('Broken').getByRole('button', { name: /^Broken/ }).press('Enter');
    assert.equal((await asked()).length, before);
    assert.deepEqual(await row('Broken').locator('.chat-actions button').evaluateAll((all) => all.map((button) => button.dataset['does'])), ['pin', 'delete-chat']);
  });

  it('filters titles at once, and shows where the words are in the texts once that is known', async () => {
    await page.show(listed);
    await search().pressSequentially('RETRY');
    assert.deepEqual(await titles(), ['How the retry works']);
    await page.browserPage.waitForFunction(() => (globalThis as unknown as { intents: { type: string; query?: string }[] }).intents.some(({ type, query }) => type === 'search-chats' && query === 'RETRY'));
    assert.equal((await page.intents()).filter((intent) => intent.type === 'search-chats' && intent.query !== '').length, 1, 'not for every letter');
    await page.push({ type: 'chats-changed', chats: { entries: chatEntries, found: { query: 'RETRY', matches: [{ id: 'c3', excerpt: '… the retry <b>waits</b> …' }], isDone: true } } });
    await page.browserPage.getByText('2 chats', { exact: true }).waitFor();
    assert.deepEqual(await titles(), ['How the retry works', '缓存是怎么命中的？请简短说明。']);
    assert.equal(await page.browserPage.locator('.chat-excerpt').textContent(), '… the retry <b>waits</b> …');
    assert.equal(await page.browserPage.locator('.chat-excerpt mark').textContent(), 'retry');
    await press('Escape');
    assert.equal((await titles()).length, chatEntries.length);
    assert.equal(await search().inputValue(), '');
    assert.equal((await page.intents()).some(({ type }) => type === 'close-chats'), false, 'the words go first');
  });

  it('says when there is nothing', async () => {
    await page.show(stateWith({ chats: { entries: [], found: undefined } }));
    await page.browserPage.getByText('Chats are kept here once something was asked.').waitFor();
    await page.push({ type: 'chats-changed', chats: { entries: chatEntries, found: { query: 'zebra', matches: [], isDone: true } } });
    await search().fill('zebra');
    await page.browserPage.locator('.chats-empty').getByText('No chat has these words.').waitFor();
  });

  it('leaves the keys of an input method alone while a chat is renamed', async () => {
    await page.show(listed);
    await press('ArrowDown');
    await press('F2');
    const box = page.browserPage.getByRole('textbox', { name: /^New name of/ });
    await box.fill('潮汐');
    await box.evaluate((element) => {
      element.dispatchEvent(new CompositionEvent('compositionstart'));
      element.dispatchEvent(new CompositionEvent('compositionend', { data: '' }));
      element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
    });
    assert.equal((await page.intents()).some(({ type }) => type === 'rename-chat'), false);
    await box.dispatchEvent('keyup', { key: 'Enter' });
    await press('Enter');
    assert.deepEqual(await last(), { type: 'rename-chat', chatId: 'c1', title: '潮汐' });
  });

  it('leads to the composer of the chat that was opened', async () => {
    await page.show(listed);
    await press('ArrowDown');
    await press('Enter');
    await page.push({ type: 'chat-opened', chat: { id: 'c1', title: 'How the retry works', draft: '' }, turns: [] }, { type: 'chats-changed', chats: undefined });
    await sheet().waitFor({ state: 'detached' });
    assert.equal(await page.browserPage.evaluate(() => document.activeElement?.classList.contains('composer-text')), true);
  });

  it('fits into 200 pixels with hundreds of chats', async () => {
    await page.browserPage.setViewportSize({ width: 200, height: 700 });
    await page.show(stateWith({ chats: { entries: Array.from({ length: 400 }, (_, index) => entryWith(`c${index}`, `A chat about something with a long name ${index}`)), found: undefined } }));
    assert.ok((await page.browserPage.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)) <= 0);
    const { right } = await page.browserPage.locator('.chat-row').first().evaluate((element) => element.getBoundingClientRect());
    assert.ok(right <= 200);
  });
});
