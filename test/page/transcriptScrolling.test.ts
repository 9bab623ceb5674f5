import assert from 'node:assert/strict';
import { eventually } from '../workbench/eventually.ts';
import { closeUnharmed, openPage, stopBrowser, type OpenedPage } from './harness.ts';
import { stateWith, turnWith } from './states.ts';

const running = (items: Parameters<typeof turnWith>[2]): ReturnType<typeof stateWith> =>
  stateWith({
    activity: { kind: 'running', phase: 'answering', since: Date.now() },
    turns: [turnWith('t1', 'Hi', items, { outcome: 'running', usage: undefined })],
  });

describe('The place in the transcript', () => {
  let page: OpenedPage;
  after(stopBrowser);
  beforeEach(async () => {
    page = await openPage();
  });
  afterEach(async () => closeUnharmed(page));

  const log = (): ReturnType<OpenedPage['browserPage']['getByRole']> => page.browserPage.getByRole('log');
  const distance = (): Promise<number> =>
    log().evaluate((scroller) => scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop);
  /** Waits until this many paragraphs of the answer are drawn. */
  const paragraphs = async (count: number): Promise<void> => void (await page.browserPage.waitForFunction((wanted) => document.querySelectorAll('.answer p').length === wanted, count));
  const isAtEnd = async (): Promise<boolean> => (await eventually(distance, (pixels) => pixels < 2)) < 2;

  it('follows its end, stays put for a reader who has scrolled up, and leads back', async () => {
    await page.show(running([{ kind: 'text', id: 'a1', text: 'line\n\n'.repeat(60) }]));
    await paragraphs(60);
    assert.ok(await isAtEnd());
    await page.push({ type: 'item-extended', turnId: 't1', itemId: 'a1', text: 'more\n\n'.repeat(30) });
    await paragraphs(90);
    assert.ok(await isAtEnd());
    const end = await log().evaluate((scroller) => scroller.scrollTop);
    await log().hover();
    await page.browserPage.mouse.wheel(0, -500);
    await page.browserPage.getByRole('button', { name: 'Jump to latest' }).waitFor();
    const top = await eventually(() => log().evaluate((scroller) => scroller.scrollTop), (now) => now === end - 500);
    assert.equal(top, end - 500);
    await page.push({ type: 'item-extended', turnId: 't1', itemId: 'a1', text: 'and more\n\n'.repeat(30) });
    await paragraphs(120);
    await page.browserPage.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    assert.equal(await log().evaluate((scroller) => scroller.scrollTop), top);
    await page.browserPage.getByRole('button', { name: 'Jump to latest' }).click();
    assert.ok(await isAtEnd());
    await page.browserPage.getByRole('button', { name: 'Jump to latest' }).waitFor({ state: 'detached' });
  });

  it('has followed what it draws before the next frame, which then is the only one', async () => {
    await page.show(running([{ kind: 'text', id: 'a1', text: 'line\n\n'.repeat(60) }]));
    await paragraphs(60);
    assert.equal(await growAndMeasure(0), 0);
  });

  it('does not take a reader back who has moved up a moment ago, of which it has not heard yet', async () => {
    await page.show(running([{ kind: 'text', id: 'a1', text: 'line\n\n'.repeat(60) }]));
    await paragraphs(60);
    assert.ok((await growAndMeasure(300)) > 300);
    await page.browserPage.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    assert.ok((await distance()) > 300);
  });

  /** Moves up, draws more in the same task, and answers how far the end is when that task is over. */
  const growAndMeasure = async (up: number): Promise<number> => {
    const revision = 2;
    return page.browserPage.evaluate(
      async ([by, number]) => {
        const scroller = document.querySelector('.transcript');
        if (scroller === null) return Number.NaN;
        scroller.scrollTop -= by;
        window.dispatchEvent(new MessageEvent('message', { data: { revision: number, changes: [{ type: 'item-extended', turnId: 't1', itemId: 'a1', text: 'more\n\n'.repeat(10) }] } }));
        await Promise.resolve();
        return Math.round(scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop);
      },
      [up, revision] as const,
    );
  };

  it('moves nothing under a reader in the middle of a long chat, whatever streams in below and is laid out above', async () => {
    const turns = Array.from({ length: 80 }, (_, index) => turnWith(`t${index}`, `Question ${index}`, [{ kind: 'text', id: `a${index}`, text: 'line\n\n'.repeat(10 + (index % 5) * 20) }]));
    const reasoning = { kind: 'reasoning', id: 'r1', text: 'Hm. '.repeat(300), durationMs: undefined } as const;
    await page.show(stateWith({ activity: { kind: 'running', phase: 'reasoning', since: Date.now() }, turns: [...turns, turnWith('last', 'Hi', [reasoning], { outcome: 'running', usage: undefined })] }));
    await log().hover();
    await page.browserPage.mouse.wheel(0, -6000);
    await page.browserPage.waitForFunction(() => document.querySelectorAll('.turn').length === 81);
    await page.browserPage.mouse.wheel(0, -700);
    await page.browserPage.getByRole('button', { name: 'Jump to latest' }).waitFor();
    // What is in the middle of the view, and where.
    const middle = (): Promise<string> =>
      page.browserPage.evaluate(() => {
        const part = document.elementFromPoint(100, 300)?.closest('p, .turn');
        return `${part?.closest('.turn')?.getAttribute('data-turn')} ${Math.round(part?.getBoundingClientRect().top ?? 0)}`;
      });
    await page.browserPage.evaluate(() => new Promise((drawn) => setTimeout(drawn, 200)));
    const before = await middle();
    assert.doesNotMatch(before, /^last/);
    await page.push({ type: 'item-extended', turnId: 'last', itemId: 'r1', text: 'More. '.repeat(500) });
    await page.push({ type: 'reasoning-ended', turnId: 'last', itemId: 'r1', durationMs: 9000 }, { type: 'item-added', turnId: 'last', item: { kind: 'text', id: 'a-last', text: 'So.\n\n'.repeat(50) } });
    await page.push({ type: 'turn-ended', turnId: 'last', outcome: 'done', usage: undefined }, { type: 'activity-changed', activity: { kind: 'idle' } });
    await page.browserPage.evaluate(() => new Promise((drawn) => setTimeout(drawn, 200)));
    assert.equal(await middle(), before);
  });

  it('opens a chat of 300 turns at its end and draws the older ones by and by', async () => {
    const turns = Array.from({ length: 300 }, (_, index) =>
      turnWith(`t${index}`, `Question ${index}`, [{ kind: 'text', id: `a${index}`, text: `Answer **${index}**\n\n- a\n- b` }]),
    );
    await page.show(stateWith({ turns }));
    await page.browserPage.getByText('Answer 299').waitFor();
    await page.browserPage.waitForFunction(() => document.querySelectorAll('.turn').length === 300);
    assert.ok(await isAtEnd());
    assert.equal(await page.browserPage.locator('.turn').first().getAttribute('data-turn'), 't0');
  });
});
