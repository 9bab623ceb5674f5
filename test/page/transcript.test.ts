import assert from 'node:assert/strict';
import { say } from '../../src/protocol/localText.ts';
import { openPage, stopBrowser, type OpenedPage } from './harness.ts';
import { answeredTurn, errorItems, stateWith, states, turnWith } from './states.ts';

const running = (items: Parameters<typeof turnWith>[2]): ReturnType<typeof stateWith> =>
  stateWith({
    activity: { kind: 'running', phase: 'answering', since: Date.now() },
    turns: [turnWith('t1', 'Hi', items, { outcome: 'running', usage: undefined })],
  });

describe('Transcript', () => {
  let page: OpenedPage;
  after(stopBrowser);
  beforeEach(async () => {
    page = await openPage();
  });
  afterEach(async () => {
    assert.deepEqual(page.failures, []);
    assert.deepEqual(await page.violations(), []);
    assert.deepEqual(page.requests, []);
    await page.close();
  });

  const log = (): ReturnType<OpenedPage['browserPage']['getByRole']> => page.browserPage.getByRole('log');
  const distance = (): Promise<number> =>
    log().evaluate((scroller) => scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop);
  const settled = (): Promise<void> => page.browserPage.waitForTimeout(80);

  it('asks for the state again, once, after a push was missed', async () => {
    await page.show(running([{ kind: 'text', id: 'a1', text: 'One' }]));
    await page.push({ type: 'item-extended', turnId: 't1', itemId: 'a1', text: ' two' });
    await page.pushAs(4, { type: 'item-extended', turnId: 't1', itemId: 'a1', text: ' four' });
    await page.pushAs(5, { type: 'item-extended', turnId: 't1', itemId: 'a1', text: ' five' });
    assert.equal((await page.intents()).filter((intent) => intent.type === 'ready').length, 2);
    assert.equal((await log().textContent())?.includes('four'), false);
    await page.show({ ...running([{ kind: 'text', id: 'a1', text: 'One two three four five' }]), revision: 9 });
    await page.push({ type: 'item-extended', turnId: 't1', itemId: 'a1', text: ' six' });
    await page.browserPage.getByText('One two three four five six').waitFor();
  });

  it('opens the reasoning while it comes and folds it when the answer begins', async () => {
    await page.show(running([{ kind: 'reasoning', id: 'r1', text: 'Let me see.', durationMs: undefined }]));
    await page.browserPage.getByText('Let me see.').waitFor();
    await page.push({ type: 'item-extended', turnId: 't1', itemId: 'r1', text: ' Yes.' });
    await page.browserPage.getByText('Let me see. Yes.').waitFor();
    await page.push(
      { type: 'item-changed', turnId: 't1', item: { kind: 'reasoning', id: 'r1', text: 'Let me see. Yes.', durationMs: 12_000 } },
      { type: 'item-added', turnId: 't1', item: { kind: 'text', id: 'a1', text: 'So:' } },
    );
    const title = page.browserPage.getByRole('button', { name: 'Thought for 12 s' });
    assert.equal(await title.getAttribute('aria-expanded'), 'false');
    await title.click();
    await page.browserPage.getByText('Let me see. Yes.').waitFor();
    await page.push({ type: 'item-extended', turnId: 't1', itemId: 'a1', text: ' that' });
    assert.equal(await title.getAttribute('aria-expanded'), 'true');
  });

  it('follows its end, stays put for a reader who has scrolled up, and leads back', async () => {
    await page.show(running([{ kind: 'text', id: 'a1', text: 'line\n\n'.repeat(60) }]));
    await settled();
    assert.ok((await distance()) < 2);
    await page.push({ type: 'item-extended', turnId: 't1', itemId: 'a1', text: 'more\n\n'.repeat(30) });
    await settled();
    assert.ok((await distance()) < 2);
    await log().hover();
    await page.browserPage.mouse.wheel(0, -500);
    await settled();
    const top = await log().evaluate((scroller) => scroller.scrollTop);
    await page.push({ type: 'item-extended', turnId: 't1', itemId: 'a1', text: 'and more\n\n'.repeat(30) });
    await settled();
    assert.equal(await log().evaluate((scroller) => scroller.scrollTop), top);
    await page.browserPage.getByRole('button', { name: 'Jump to latest' }).click();
    await settled();
    assert.ok((await distance()) < 2);
    assert.equal(await page.browserPage.getByRole('button', { name: 'Jump to latest' }).count(), 0);
  });

  it('opens a chat of 300 turns at its end and draws the older ones by and by', async () => {
    const turns = Array.from({ length: 300 }, (_, index) =>
      turnWith(`t${index}`, `Question ${index}`, [{ kind: 'text', id: `a${index}`, text: `Answer **${index}**\n\n- a\n- b` }]),
    );
    await page.show(stateWith({ turns }));
    await page.browserPage.getByText('Answer 299').waitFor();
    await page.browserPage.waitForFunction(() => document.querySelectorAll('.turn').length === 300);
    await settled();
    assert.ok((await distance()) < 2);
    assert.equal(await page.browserPage.locator('.turn').first().getAttribute('data-turn'), 't0');
  });

  it('gives the exact code to Copy and Insert, hidden characters and all', async () => {
    const code = 'if (a < b) {\n\treturn "\u202E";\n}\n\n中文';
    await page.show(stateWith({ turns: [turnWith('t1', 'Hi', [{ kind: 'text', id: 'a1', text: `\`\`\`js\n${code}\n\`\`\`` }])] }));
    await page.browserPage.getByRole('button', { name: 'Copy code' }).click();
    await page.browserPage.getByRole('button', { name: 'Copied' }).waitFor();
    await page.browserPage.getByRole('button', { name: 'Insert at cursor' }).click();
    const intents = await page.intents();
    assert.deepEqual(intents.slice(-2), [
      { type: 'copy', text: code },
      { type: 'insert', text: code },
    ]);
    assert.equal(await page.browserPage.locator('.code-block .hidden-character').textContent(), String.raw`\u{202E}`);
  });

  it('draws code that comes in pieces as it is', async () => {
    await page.show(running([{ kind: 'text', id: 'a1', text: 'So:\n\n```ts\n' }]));
    const lines = Array.from({ length: 300 }, (_, index) => `const value${index} = ${index};`);
    for (let index = 0; index < lines.length; index += 7) {
      await page.push({ type: 'item-extended', turnId: 't1', itemId: 'a1', text: `${lines.slice(index, index + 7).join('\n')}\n` });
    }
    await page.push({ type: 'item-extended', turnId: 't1', itemId: 'a1', text: '```\nDone.' });
    await page.browserPage.getByText('Done.').waitFor();
    const shown = await page.browserPage.locator('.code-piece').allTextContents();
    assert.equal(shown.join('\n'), lines.join('\n'));
  });

  it('offers only links that the host could open, and posts their target', async () => {
    const links = ['https://a.b/c?d=e', 'mailto:a@b.c', 'src/a.ts:3', 'command:x', 'javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'vscode:extension/x', '\\\\\\\\host\\\\share', '//host/x', '../up', '#x'];
    const text = links.map((target, index) => `[link${index}](<${target}>)`).join('\n\n');
    await page.show(stateWith({ turns: [turnWith('t1', 'Hi', [{ kind: 'text', id: 'a1', text }])] }));
    const shown = await page.browserPage.getByRole('link').allTextContents();
    assert.deepEqual(shown, ['link0', 'link1', 'link2']);
    for (const name of shown) await page.browserPage.getByRole('link', { name }).click();
    await page.browserPage.getByRole('link', { name: 'link0' }).press('Enter');
    const targets = (await page.intents()).flatMap((intent) => (intent.type === 'open-link' ? [intent.href] : []));
    assert.deepEqual(targets, ['https://a.b/c?d=e', 'mailto:a@b.c', 'src/a.ts:3', 'https://a.b/c?d=e']);
    assert.equal(await page.browserPage.getByText('link3').getAttribute('title'), 'command:x');
  });

  it('shows a call with its arguments and its result, hidden characters written out', async () => {
    await page.show(stateWith({ turns: [answeredTurn] }));
    await page.browserPage.getByRole('button', { name: 'read_file Read src/http/retry.ts, lines 1 to 40 Done' }).click();
    await page.browserPage.getByRole('region', { name: 'Arguments' }).getByText('"path"').waitFor();
    const result = page.browserPage.getByRole('region', { name: 'Result' });
    assert.match((await result.textContent()) ?? '', /\\u\{202E\}hidden order/);
  });

  it('posts what the buttons of a card are for', async () => {
    const [card] = errorItems;
    assert.ok(card !== undefined);
    await page.show(stateWith({ turns: [turnWith('t1', 'Hi', [card], { outcome: 'failed', usage: undefined })] }));
    await page.browserPage.getByRole('button', { name: 'Set API key…' }).click();
    await page.browserPage.getByRole('button', { name: 'Get an API key' }).click();
    assert.deepEqual((await page.intents()).slice(-2), [
      { type: 'act', action: 'set-key', turnId: 't1' },
      { type: 'act', action: 'open-key-page', turnId: 't1' },
    ]);
    await page.browserPage.getByRole('button', { name: 'Details' }).click();
    await page.browserPage.getByText('Authentication Fails').waitFor();
  });

  it('speaks the answer sentence by sentence, apart from the streamed text', async () => {
    await page.show(running([{ kind: 'text', id: 'a1', text: '' }]));
    await settled();
    for (const text of ['The **first', '** sentence. And ', 'the second one! The th', 'ird']) {
      await page.push({ type: 'item-extended', turnId: 't1', itemId: 'a1', text });
    }
    const region = page.browserPage.locator('[aria-live=polite]');
    await region.getByText('The first sentence. And the second one!').waitFor();
    assert.equal((await region.textContent())?.includes('The th'), false);
    assert.equal(await log().getAttribute('aria-live'), 'off');
  });

  it('speaks the language of its strings, and leaves what is not translated in English', async () => {
    const translated = await openPage({ language: 'zh-cn', strings: { 'Waiting for {0}…': '正在等待 {0}…', Send: '发送' } });
    await translated.show(stateWith({ turns: [turnWith('t1', 'Hi', [{ kind: 'notice', id: 'n1', text: say('Send'), actions: ['retry'] }])] }));
    await translated.browserPage.getByRole('button', { name: '发送' }).waitFor();
    await translated.browserPage.getByRole('button', { name: 'Try again' }).waitFor();
    await translated.push({ type: 'activity-changed', activity: { kind: 'running', phase: 'waiting', since: 0 } });
    await translated.browserPage.locator('.activity').getByText('正在等待 DeepSeek…').waitFor();
    await translated.close();
  });

  it('fits into 200 pixels', async () => {
    await page.browserPage.setViewportSize({ width: 200, height: 700 });
    for (const name of ['empty', 'needs-key', 'answered', 'calls', 'errors']) {
      const state = states[name];
      assert.ok(state !== undefined);
      await page.show(state);
      const overflow = await page.browserPage.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(overflow <= 0, `${name} is ${overflow} pixels too wide`);
    }
  });
});
