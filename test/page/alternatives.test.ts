import assert from 'node:assert/strict';
import { closeUnharmed, openPage, stopBrowser, type OpenedPage } from './harness.ts';
import { rareStates } from './rareStates.ts';
import { stateWith } from './states.ts';

describe('Several answers to the same question', () => {
  let page: OpenedPage;
  beforeEach(async () => {
    page = await openPage();
  });
  afterEach(async () => closeUnharmed(page));
  after(stopBrowser);

  const show = async (width: number): Promise<void> => {
    await page.browserPage.setViewportSize({ width, height: 700 });
    await page.show(rareStates['alternatives'] ?? stateWith({}));
  };

  it('stand side by side where there is room', async () => {
    await show(900);
    const panels = page.browserPage.locator('.answer-panel');
    assert.deepEqual(await page.browserPage.locator('.answer-panel .answer').allTextContents(), ['Call it stream.', 'Call it rill.', 'Call it brook.']);
    const tops = await panels.evaluateAll((all) => all.map((panel) => panel.getBoundingClientRect().top));
    assert.equal(new Set(tops).size, 1);
    await page.browserPage.getByRole('group', { name: 'Answer 2' }).getByRole('button', { name: 'Thought' }).click();
    await page.browserPage.getByText('Short is good.').waitFor();
  });

  it('are behind tabs that the arrow keys go through where there is none', async () => {
    await show(300);
    const tab = (name: string): ReturnType<OpenedPage['browserPage']['getByRole']> => page.browserPage.getByRole('tab', { name });
    assert.equal(await tab('Answer 1').getAttribute('aria-selected'), 'true');
    assert.deepEqual(await page.browserPage.locator('.answer-panel .answer:visible').allTextContents(), ['Call it stream.']);
    await tab('Answer 1').press('ArrowRight');
    assert.equal(await tab('Answer 2').evaluate((element) => document.activeElement === element), true);
    assert.deepEqual(await page.browserPage.locator('.answer-panel .answer:visible').allTextContents(), ['Call it rill.']);
    await tab('Answer 2').press('ArrowLeft');
    await tab('Answer 1').press('ArrowLeft');
    assert.deepEqual(await page.browserPage.locator('.answer-panel .answer:visible').allTextContents(), ['Call it brook.']);
  });

  it('lead on with the one that is chosen, while nothing runs', async () => {
    await show(900);
    await page.browserPage.getByRole('button', { name: 'Go on with answer 3' }).click();
    assert.deepEqual((await page.intents()).at(-1), { type: 'choose-alternative', turnId: 't1', itemId: 'n3' });
    await page.push({ type: 'activity-changed', activity: { kind: 'running', phase: 'waiting', since: Date.now() } });
    await page.browserPage.getByRole('button', { name: 'Go on with answer 3' }).waitFor({ state: 'detached' });
  });
});
