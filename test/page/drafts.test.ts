import assert from 'node:assert/strict';
import type { OpenChat } from '../../src/protocol/chatsView.ts';
import { eventually } from '../workbench/eventually.ts';
import { closeUnharmed, openPage, stopBrowser, type OpenedPage, type OpenOptions } from './harness.ts';
import { stateWith, turnWith } from './states.ts';

const chat = (id: string, draft = ''): OpenChat => ({ id, title: '', draft });

describe('Drafts', () => {
  let page: OpenedPage;
  after(stopBrowser);
  afterEach(async () => closeUnharmed(page));

  async function open(shown: OpenChat, options: OpenOptions = {}): Promise<void> {
    page = await openPage(options);
    await page.show(stateWith({ chat: shown }));
    await message().waitFor();
  }

  const message = (): ReturnType<OpenedPage['browserPage']['getByRole']> => page.browserPage.getByRole('textbox', { name: 'Message' });
  const kept = async (): Promise<unknown[]> => (await page.intents()).flatMap((intent) => (intent.type === 'keep-draft' ? [[intent.chatId, intent.text]] : []));
  const type = async (text: string): Promise<void> => {
    await message().click();
    await page.browserPage.keyboard.type(text);
  };

  async function keptIs(chatId: string, text: string): Promise<void> {
    await page.browserPage.waitForFunction(
      (wanted) => {
        const last = (globalThis as unknown as { intents: { type: string; chatId?: string; text?: string }[] }).intents.findLast((intent) => intent.type === 'keep-draft');
        return `${last?.chatId} ${last?.text}` === wanted;
      },
      `${chatId} ${text}`,
    );
  }

  it('are told to the host after a pause, not at each key', async () => {
    await open(chat('c1'));
    await type('half a thought');
    await keptIs('c1', 'half a thought');
    assert.ok((await kept()).length < 5, 'once for many keys');
  });

  it('are told at once when the composer loses the focus, and when the page is hidden', async () => {
    await open(chat('c1'));
    await type('one');
    await page.browserPage.getByRole('button', { name: /^Model:/ }).focus();
    assert.deepEqual((await kept()).at(-1), ['c1', 'one']);
    await type(' two');
    await page.browserPage.evaluate(() => window.dispatchEvent(new Event('pagehide')));
    assert.deepEqual((await kept()).at(-1), ['c1', 'one two']);
  });

  it('come up with their chat, and the one before is kept', async () => {
    await open(chat('c1', 'of the first'));
    await page.browserPage.evaluate((now) => void (Date.now = () => now), 1000);
    assert.equal(await message().inputValue(), 'of the first');
    await type('!');
    await page.push({ type: 'chat-opened', chat: chat('c2', 'of the second'), turns: [] });
    await page.browserPage.waitForFunction(() => document.querySelector('vscode-text-area')?.shadowRoot?.querySelector('textarea')?.value === 'of the second');
    assert.deepEqual((await kept()).at(-1), ['c1', 'of the first!']);
    // What the host says of the first may be from before it was told.
    await page.push({ type: 'chat-opened', chat: chat('c1', 'of the first'), turns: [] });
    await page.browserPage.waitForFunction(() => document.querySelector('vscode-text-area')?.shadowRoot?.querySelector('textarea')?.value === 'of the first!');
    await page.push({ type: 'chat-opened', chat: chat('c3'), turns: [] });
    await page.browserPage.waitForFunction(() => document.querySelector('vscode-text-area')?.shadowRoot?.querySelector('textarea')?.value === '');
  });

  it('are never overwritten by what the host says late of the same chat', async () => {
    await open(chat('c1'));
    await type('typed here');
    await page.push({ type: 'chat-changed', chat: { id: 'c1', title: 'Named', draft: 'older' } });
    await page.push({ type: 'chat-opened', chat: chat('c1', 'older'), turns: [turnWith('t1', 'Hi', [])] });
    await page.show(stateWith({ chat: chat('c1', 'older still') }));
    assert.equal(await message().inputValue(), 'typed here');
    await keptIs('c1', 'typed here');
  });

  it('are taken away from the host as soon as the question is a turn', async () => {
    await open(chat('c1'));
    await type('What?');
    await page.browserPage.keyboard.press('Enter');
    await page.push({ type: 'turn-added', turn: turnWith('t1', 'What?', [], { outcome: 'running' }) });
    await keptIs('c1', '');
    await page.push({ type: 'chat-changed', chat: { id: 'c1', title: 'What?', draft: 'What?' } });
    assert.equal(await message().inputValue(), '');
  });

  it('of a chat that had no name yet stay when it gets one', async () => {
    await open(chat(''));
    await type('before anything was asked');
    assert.deepEqual(await kept(), []);
    await page.push({ type: 'chat-opened', chat: chat('c1'), turns: [] });
    await keptIs('c1', 'before anything was asked');
    assert.equal(await message().inputValue(), 'before anything was asked');
  });

  it('that the host has not heard of come back from the page\'s own memory', async () => {
    await open(chat('c1', 'what the host had'), { stored: { draft: 'what was typed last', chatId: 'c1' } });
    assert.equal(await message().inputValue(), 'what was typed last');
    await keptIs('c1', 'what was typed last');
  });

  it('come from the host where the page remembers nothing', async () => {
    await open(chat('c1', 'what the host had'), { stored: { draft: '', chatId: 'c1' } });
    assert.equal(await message().inputValue(), 'what the host had');
    assert.deepEqual(await kept(), []);
  });

  it('that the host has heard of are shown as the host has them: what the page remembers may be older', async () => {
    await open(chat('c1', 'half a thought'), { stored: { draft: '/', chatId: 'c1', isTold: true } });
    assert.equal(await message().inputValue(), 'half a thought');
  });

  it('are shown as the page has them where the host has not heard of them', async () => {
    await open(chat('c1', 'half'), { stored: { draft: 'half a thought', chatId: 'c1', isTold: false } });
    assert.equal(await message().inputValue(), 'half a thought');
    await keptIs('c1', 'half a thought');
  });

  it('of another chat are told to the host again, and do not move into the one that is shown', async () => {
    await open(chat('c2', ''), { stored: { draft: 'for the first', chatId: 'c1', isTold: true } });
    assert.equal(await message().inputValue(), '');
    await keptIs('c1', 'for the first');
  });

  it('that no host has heard of stay to be seen, until their chat is opened again', async () => {
    await open(chat('c2'), { stored: { draft: 'typed last', chatId: 'c1', isTold: false } });
    assert.equal(await message().inputValue(), 'typed last');
    assert.deepEqual(await kept(), [['c1', 'typed last']]);
    // It was told to the host, whose next word of it may be from before that.
    await page.browserPage.evaluate(() => void (Date.now = () => 0));
    await page.push({ type: 'chat-opened', chat: chat('c1', 'typed'), turns: [] });
    await page.browserPage.waitForTimeout(100);
    assert.equal(await message().inputValue(), 'typed last');
    assert.ok(!(await kept()).some((told) => (told as string[])[0] === 'c2'), 'the chat in between has no draft of its own');
  });

  for (const isTold of [true, false]) {
    it(`that were sent do not come up again, though the page remembers them, ${isTold ? 'told to the host' : 'from before the host was told'}`, async () => {
      await open({ ...chat('c1'), draftMark: 20, heardMark: 20 }, { stored: { draft: 'What?', chatId: 'c1', isTold, mark: 10 } });
      assert.equal(await message().inputValue(), '');
      assert.deepEqual(await kept(), []);
    });
  }

  it('that were sent in another chat do not come up in this one', async () => {
    await open({ ...chat('c2'), heardMark: 20 }, { stored: { draft: 'What?', chatId: 'c1', isTold: false, mark: 10 } });
    assert.equal(await message().inputValue(), '');
    assert.deepEqual((await page.intents()).filter(({ type }) => type === 'keep-draft'), [{ type: 'keep-draft', chatId: 'c1', text: 'What?', mark: 10 }], 'the host knows which is newer');
  });

  for (const last of ['', 'before']) {
    it(`that a host was told of which ended before it kept them come up again, ${last === '' ? 'where it has none' : 'newer than what it has'}`, async () => {
      await open({ ...chat('c1', last), draftMark: 5 }, { stored: { draft: 'written', chatId: 'c1', isTold: true, mark: 10 } });
      assert.equal(await message().inputValue(), 'written');
      await keptIs('c1', 'written');
    });
  }

  it('that were taken out are not brought back by a host that ended before it heard of that', async () => {
    await open({ ...chat('c1', 'What?'), draftMark: 5 }, { stored: { draft: '', chatId: 'c1', isTold: true, mark: 10 } });
    assert.equal(await message().inputValue(), '');
    await keptIs('c1', '');
  });

  it('have a higher mark than all before, also when the clock was put back', async () => {
    await open({ ...chat('c1', 'a'), draftMark: Number.MAX_SAFE_INTEGER - 1000 });
    await type('b');
    await page.browserPage.getByRole('button', { name: /^Model:/ }).focus();
    const [intent] = (await page.intents()).filter((each) => each.type === 'keep-draft');
    assert.ok(intent?.type === 'keep-draft' && intent.mark > Number.MAX_SAFE_INTEGER - 1000);
  });

  it('stay where they are written when the chat goes on as a copy', async () => {
    await open(chat('c1'));
    await type('in the middle of a wo');
    await page.push({ type: 'chat-changed', chat: chat('c1-copy', 'in the') });
    await keptIs('c1-copy', 'in the middle of a wo');
    assert.equal(await message().inputValue(), 'in the middle of a wo');
  });

  it('with a command are taken away by its own turn, not by one that somebody else has asked for', async () => {
    await open(chat('c1'));
    await type('/explain');
    await page.browserPage.waitForTimeout(150);
    await page.browserPage.keyboard.press('Escape');
    await page.browserPage.keyboard.press('Enter');
    assert.deepEqual((await page.intents()).filter(({ type }) => type === 'keep-draft' || type === 'send').map(({ type }) => type), ['keep-draft', 'send'], 'the host knows of the draft before it is sent');
    await page.push({ type: 'turn-added', turn: turnWith('t1', 'Fix this problem', []) });
    await page.browserPage.waitForTimeout(100);
    assert.equal(await message().inputValue(), '/explain');
    await page.push({ type: 'turn-added', turn: turnWith('t2', '/explain', [], { outcome: 'running' }) });
    await keptIs('c1', '');
    assert.equal(await message().inputValue(), '');
  });

  it('with the command for a summary are taken away by the summary', async () => {
    await open(chat('c1'));
    await type('/compact');
    await page.browserPage.waitForTimeout(150);
    await page.browserPage.keyboard.press('Escape');
    await page.browserPage.keyboard.press('Enter');
    await page.push({ type: 'turn-added', turn: { ...turnWith('t1', 'Summarise this', [], { outcome: 'running' }), isSummary: true } });
    await keptIs('c1', '');
  });

  it('survive a host that is gone and comes back with the chat as it was', async () => {
    await open(chat('c1'));
    await type('written while nobody listened');
    await page.browserPage.reload();
    await page.show(stateWith({ chat: chat('c1') }));
    assert.equal(await message().inputValue(), 'written while nobody listened');
  });

  it('begin with the last question at a press of the arrow up, which sends nothing and spares what is written', async () => {
    await open(chat('c1'));
    await page.show(stateWith({ chat: chat('c1'), turns: [turnWith('t1', 'First?', []), turnWith('t2', 'Second?', [])] }));
    await message().click();
    await page.browserPage.keyboard.press('ArrowUp');
    assert.equal(await eventually(async () => message().inputValue(), (value) => value !== ''), 'Second?');
    await page.browserPage.keyboard.type('!');
    await page.browserPage.keyboard.press('ArrowUp');
    assert.match(await message().inputValue(), /^!?Second\?!?$/);
    assert.deepEqual((await page.intents()).filter(({ type }) => type === 'send'), []);
  });

  it('are never lost to a new chat that is asked for with a command', async () => {
    await open(chat('c1'));
    await type('/new');
    await page.browserPage.waitForTimeout(150);
    await page.browserPage.keyboard.press('Enter');
    assert.deepEqual((await page.intents()).filter(({ type }) => type === 'send' || type === 'new-chat'), [{ type: 'new-chat' }]);
    await keptIs('c1', '');
  });
});
