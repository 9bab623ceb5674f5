import assert from 'node:assert/strict';
import { openPage, stopBrowser, type OpenedPage } from './harness.ts';
import { rareStates } from './rareStates.ts';
import { stateWith } from './states.ts';

describe('Other answers to the same question', () => {
  let page: OpenedPage;
  beforeEach(async () => {
    page = await openPage();
    await page.show(rareStates['alternatives'] ?? stateWith({}));
  });
  afterEach(() => page.close());
  after(stopBrowser);

  it('are folded, and keep what is in them off the edge of their card', async () => {
    const { browserPage } = page;
    assert.equal(await browserPage.locator('.alternative .answer').count(), 0);
    await browserPage.getByRole('button', { name: 'Answer 2' }).click();
    await browserPage.getByRole('button', { name: 'Thought' }).click();
    const insets = await browserPage.locator('.alternative').first().evaluate((card) => {
      const left = card.getBoundingClientRect().left;
      return [...card.querySelectorAll('.reasoning > .disclosure-title, .answer')].map((part) => part.getBoundingClientRect().left - left);
    });
    assert.equal(insets.length, 2);
    assert.ok(insets.every((inset) => inset >= 4), `${insets.join(' and ')} pixels`);
  });
});
