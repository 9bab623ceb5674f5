import assert from 'node:assert/strict';
import { openPage, stopBrowser, type OpenedPage, type OpenOptions } from './harness.ts';
import { stateWith, states, turnWith } from './states.ts';

const cost = { amount: 0.000_42, currency: 'CNY', pricesOf: '2026-11-15' };
const usage = { promptTokens: 100, completionTokens: 10, cachedTokens: undefined, reasoningTokens: undefined, cost };

describe('What a chat costs', () => {
  let page: OpenedPage;
  after(stopBrowser);
  afterEach(async () => {
    assert.deepEqual(page.failures, []);
    await page.close();
  });

  const open = async (options: OpenOptions = {}): Promise<void> => void (page = await openPage(options));
  const textOf = async (selector: string): Promise<readonly string[]> => page.browserPage.locator(selector).allInnerTexts();
  const titleOf = async (selector: string): Promise<string | null> => page.browserPage.locator(selector).first().getAttribute('title');

  it('stands under each answer, however little it is, with the day of the prices', async () => {
    await open({ language: 'en' });
    await page.show(stateWith({ turns: [turnWith('t1', 'Hi', [], { usage })] }));
    assert.deepEqual(await textOf('.usage'), ['100 in · 10 out · CN¥0.00042']);
    assert.match((await titleOf('.turn-words')) ?? '', /from these tokens with the prices of 2026-11-15; the bill of the service counts\.$/m);
    assert.equal(await page.browserPage.locator('.chat-total').count(), 0, 'one answer says it all');
  });

  it('is said to be unknown where it is, never to be nothing', async () => {
    await open({ language: 'en' });
    await page.show(stateWith({ turns: [turnWith('t1', 'Hi', [], { usage: { ...usage, cost: undefined } }), turnWith('t2', 'Hi', [], { usage: { ...usage, cost: undefined } })] }));
    assert.deepEqual(await textOf('.usage'), Array(2).fill('100 in · 10 out · cost unknown'));
    assert.match((await titleOf('.turn-words')) ?? '', /there is no price for the model/);
    assert.equal(await page.browserPage.locator('.chat-total').count(), 0, 'of nothing known there is no sum');
  });

  it('is summed up by currency, and says how much is not in the sum because it is unknown', async () => {
    await open({ language: 'en' });
    await page.show(states['costs'] ?? stateWith({}));
    assert.deepEqual(await textOf('.chat-total'), ['This chat: CN¥0.0094 + $1.23 + 1 uncounted answer']);
    assert.equal(await titleOf('.chat-total'), 'The cost of 2 answers; that of 1 more is unknown');
  });

  it('counts an answer that was stopped before it was counted, and not one that runs or failed', async () => {
    await open({ language: 'en' });
    const turns = [turnWith('t1', 'Hi', [], { usage }), turnWith('t2', 'Hi', [], { usage }), turnWith('t3', 'Hi', [], { outcome: 'failed', usage: undefined })];
    const running = turnWith('t4', 'Hi', [], { outcome: 'running', usage: undefined });
    await page.show(stateWith({ turns: [...turns, running], activity: { kind: 'running', phase: 'waiting', since: Date.now() } }));
    assert.deepEqual(await textOf('.chat-total'), ['This chat: CN¥0.00084']);
    assert.equal(await titleOf('.chat-total'), 'The cost of 2 answers');
    await page.push({ type: 'turn-ended', turnId: 't4', outcome: 'stopped', usage: undefined });
    await page.browserPage.getByText('This chat: CN¥0.00084 + 1 uncounted answer').waitFor();
  });

  it('lists what it was made of in two columns, the values in the colour of the text, at 200 pixels too', async () => {
    await open({ width: 200 });
    await page.show(stateWith({ turns: [turnWith('t1', 'Hi', [], { usage })] }));
    await page.browserPage.locator('.turn-words').click();
    const list = page.browserPage.locator('.turn-details dl');
    const [label, value] = [await list.locator('dt').first().boundingBox(), await list.locator('dd').first().boundingBox()];
    assert.ok(label !== null && value !== null && label.x + label.width <= value.x && Math.abs(label.y - value.y) < 1, 'they stand side by side');
    assert.equal(await list.locator('dd').first().evaluate((element) => getComputedStyle(element).color), await page.browserPage.evaluate(() => getComputedStyle(document.body).color));
    assert.ok(await list.evaluate((element) => element.scrollWidth <= element.clientWidth));
  });

  it('is written as the language writes it', async () => {
    await open({ language: 'zh-cn', strings: { 'This chat: {0}': '本对话：{0}', '{0} + 1 uncounted answer': '{0}，另有 1 个回答未计入', 'cost unknown': '费用未知' } });
    await page.show(states['costs'] ?? stateWith({}));
    assert.deepEqual(await textOf('.chat-total'), ['本对话：¥0.0094 + US$1.23，另有 1 个回答未计入']);
    assert.match((await textOf('.usage'))[2] ?? '', /费用未知$/);
  });
});
