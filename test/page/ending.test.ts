import assert from 'node:assert/strict';
import type { Activity, Turn } from '../../src/protocol/viewState.ts';
import { closeUnharmed, openPage, stopBrowser, type OpenedPage } from './harness.ts';
import { stateWith, turnWith } from './states.ts';

const running = (phase: Extract<Activity, { kind: 'running' }>['phase']): Activity => ({ kind: 'running', phase, since: Date.now() });
const halfway = (parts: Partial<Turn> = {}): Turn => turnWith('t1', 'Tell me of the tides.', [{ kind: 'text', id: 'a1', text: 'They rise, and' }], { outcome: 'running', usage: undefined, details: undefined, ...parts });

describe('The end of an answer that was stopped', () => {
  let page: OpenedPage;
  after(stopBrowser);
  beforeEach(async () => {
    page = await openPage({ width: 300 });
  });
  afterEach(async () => closeUnharmed(page));

  const ending = () => page.browserPage.locator('.ending');

  it('is marked right behind what was kept, as soon as it is being stopped', async () => {
    await page.show(stateWith({ turns: [halfway()], activity: running('answering') }));
    assert.equal(await ending().count(), 0);
    await page.push({ type: 'activity-changed', activity: running('stopping') });
    assert.equal(await ending().innerText(), 'Stopped\nWhat had come is kept.');
    assert.equal(await ending().evaluate((element) => element.previousElementSibling?.classList.contains('answer')), true);
    const [text, mark] = [await page.browserPage.locator('.answer').boundingBox(), await ending().boundingBox()];
    assert.ok(text !== null && mark !== null && mark.y - (text.y + text.height) <= 10, 'nothing stands between them');
    await page.push({ type: 'turn-ended', turnId: 't1', outcome: 'stopped', usage: undefined }, { type: 'activity-changed', activity: { kind: 'idle' } });
    assert.deepEqual(await ending().locator('.outcome, .ending-kept, button').allInnerTexts(), ['Stopped', 'What had come is kept.', 'Continue']);
  });

  it('offers to go on from there, by the keyboard too, and is gone when it does', async () => {
    await page.show(stateWith({ turns: [halfway({ outcome: 'stopped' })] }));
    await page.browserPage.getByRole('button', { name: 'Continue' }).press('Enter');
    assert.deepEqual((await page.intents()).at(-1), { type: 'act', action: 'continue', turnId: 't1' });
    await page.push({ type: 'turn-resumed', turnId: 't1' }, { type: 'activity-changed', activity: running('answering') });
    await ending().waitFor({ state: 'detached' });
  });

  it('says nothing of what is kept where nothing had come', async () => {
    await page.show(stateWith({ turns: [halfway({ outcome: 'stopped', items: [] })] }));
    assert.equal(await ending().locator('.ending-kept').count(), 0);
    assert.equal(await ending().locator('.outcome').innerText(), 'Stopped');
  });
});

describe('The buttons of an answer', () => {
  let page: OpenedPage;
  after(stopBrowser);
  beforeEach(async () => {
    page = await openPage({ width: 300 });
  });
  afterEach(async () => closeUnharmed(page));

  it('say in words what is pressed most at 300 pixels, in one line, and each has a tooltip and a name', async () => {
    await page.show(stateWith({ turns: [halfway({ outcome: 'done' })] }));
    const buttons = page.browserPage.locator('.turn-actions button');
    assert.deepEqual(await page.browserPage.locator('.turn-actions .tool-word:visible').allInnerTexts(), ['Copy', 'Quote', 'New version']);
    for (const button of await buttons.all()) assert.equal(await button.getAttribute('title'), await button.getAttribute('aria-label'));
    const tops = await buttons.evaluateAll((all) => all.map((button) => button.getBoundingClientRect().top));
    assert.equal(new Set(tops).size, 1, tops.join());
  });
});
