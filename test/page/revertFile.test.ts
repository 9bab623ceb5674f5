import assert from 'node:assert/strict';
import type { ReviewItem } from '../../src/protocol/reviewItems.ts';
import type { Turn } from '../../src/protocol/viewState.ts';
import { closeUnharmed, openPage, stopBrowser, type OpenedPage } from './harness.ts';
import { askedWith, askingWith, fileWith, hunkWith, longHunk, reviewStates, reviewWith } from './reviewStates.ts';
import { stateWith } from './states.ts';

const accepted = (path: string): ReviewItem['files'][number] => fileWith(path, [longHunk(2, { decision: 'accepted' })]);
const one = reviewWith([accepted('src/a.ts')], { status: 'done' });
const two = reviewWith([accepted('src/a.ts'), accepted('src/b.ts'), fileWith('src/c.ts', [longHunk(2, { decision: 'rejected' })])], { status: 'done' });
const kept: Partial<Turn> = { changes: { files: 2, state: 'kept' } };

describe('The card of changes that were applied', () => {
  let page: OpenedPage;
  after(stopBrowser);
  beforeEach(async () => {
    page = await openPage({ width: 300 });
  });
  afterEach(async () => closeUnharmed(page));

  const reverts = (): Promise<readonly (string | null)[]> => page.browserPage.locator('.review [data-does=revert-file]').evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label')));
  const intents = async (): Promise<readonly unknown[]> => (await page.intents()).filter(({ type }) => type === 'revert-file' || type === 'revert-turn');

  it('offers to put its file back, by the keyboard too, once for a press, and says when it is done', async () => {
    await page.show(askedWith([one], kept));
    const revert = page.browserPage.getByRole('button', { name: 'Revert: Edit src/a.ts' });
    assert.equal(await revert.getAttribute('title'), 'Put src/a.ts back as it was before this turn');
    await revert.focus();
    await page.browserPage.keyboard.press('Enter');
    await page.browserPage.keyboard.press('Enter');
    assert.deepEqual(await intents(), [{ type: 'revert-file', turnId: 't1', itemId: 'v1', file: 0 }]);
    await page.push({ type: 'item-changed', turnId: 't1', item: { ...one, files: one.files.map((file) => ({ ...file, isReverted: true })) } }, { type: 'turn-changes', turnId: 't1', changes: { files: 1, state: 'reverted' } });
    assert.equal(await page.browserPage.locator('.review .review-status').textContent(), 'Reverted');
    assert.equal(await revert.count(), 0);
    assert.equal(await page.browserPage.evaluate(() => document.activeElement?.getAttribute('data-item')), 'v1', 'the card keeps the keyboard');
    await page.browserPage.locator('[aria-live=polite]', { hasText: 'Reverted: Edit src/a.ts' }).waitFor({ state: 'attached' });
  });

  it('says that all of it was put back where it does not show all of its files', async () => {
    const more = { ...one, moreFiles: 2, files: one.files.map((file) => ({ ...file, isReverted: true as const })) };
    for (const [item, words] of [[more, 'Applied'], [{ ...more, isReverted: true as const }, 'Reverted']] as const) {
      await page.show(askedWith([item], kept));
      assert.equal(await page.browserPage.locator('.review .review-status').textContent(), words);
    }
  });

  it('is spoken of once when it was reverted by the button of the turn', async () => {
    await page.show(askedWith([one], kept));
    await page.browserPage.locator('.turn-changes').getByRole('button', { name: 'Revert' }).click();
    await page.push({ type: 'item-changed', turnId: 't1', item: { ...one, files: one.files.map((file) => ({ ...file, isReverted: true })) } }, { type: 'turn-changes', turnId: 't1', changes: { files: 2, state: 'reverted' } });
    const live = page.browserPage.locator('[aria-live=polite]');
    await live.filter({ hasText: 'Reverted' }).waitFor({ state: 'attached' });
    assert.equal(await live.textContent(), 'Reverted: Changed 2 files');
  });

  it('offers it for each of several files that was accepted', async () => {
    await page.show(askedWith([two], kept));
    assert.deepEqual(await reverts(), ['Revert: Edit src/a.ts', 'Revert: Edit src/b.ts']);
    await page.browserPage.getByRole('button', { name: 'Revert: Edit src/b.ts' }).click();
    assert.deepEqual(await intents(), [{ type: 'revert-file', turnId: 't1', itemId: 'v1', file: 1 }]);
    await page.push({ type: 'item-changed', turnId: 't1', item: { ...two, files: two.files.map((file, index) => (index === 1 ? { ...file, isReverted: true } : file)) } }, { type: 'turn-changes', turnId: 't1', changes: { files: 1, state: 'kept' } });
    assert.deepEqual(await reverts(), ['Revert: Edit src/a.ts']);
    assert.deepEqual(await page.browserPage.locator('.review .decided').allTextContents(), ['Accepted', 'Reverted', 'Rejected']);
    await page.browserPage.locator('[aria-live=polite]', { hasText: 'Reverted: Edit src/b.ts' }).waitFor({ state: 'attached' });
  });

  it('offers nothing that the host could not do: before it is applied, in a copy, of a file that is gone back', async () => {
    for (const [item, parts] of [
      [one, {}],
      [one, { changes: { files: 1, state: 'forgotten' } }],
      [one, { changes: { files: 1, state: 'reverted' } }],
      [{ ...one, status: 'open' }, kept],
      [{ ...one, status: 'failed' }, kept],
      [{ ...one, files: one.files.map((file) => ({ ...file, isReverted: true as const })) }, kept],
    ] as const) {
      await page.show(askedWith([item], parts));
      assert.deepEqual(await reverts(), []);
    }
    await page.show(askedWith([reviewWith([accepted('src/a.ts'), fileWith('src/b.ts', [longHunk(2)])], { status: 'failed' })], kept));
    assert.deepEqual(await reverts(), ['Revert: Edit src/a.ts'], 'the part that was made');
    await page.show({ ...askedWith([one], kept), activity: { kind: 'running', phase: 'answering', since: 0 } });
    assert.equal(await page.browserPage.locator('[data-does=revert-file]').getAttribute('aria-disabled'), 'true');
  });
});

describe('The card of changes with characters that are not seen', () => {
  let page: OpenedPage;
  after(stopBrowser);
  beforeEach(async () => {
    page = await openPage();
  });
  afterEach(async () => closeUnharmed(page));

  const primary = (): Promise<readonly (string | null)[]> => page.browserPage.locator('.review-actions .push.primary').evaluateAll((buttons) => buttons.map((button) => button.getAttribute('data-does')));

  it('says so, and the button that stands out does not accept them (B20)', async () => {
    for (const item of [
      reviewWith([fileWith('a.ts', [hunkWith(1, 1, `+if (isAdmin\u200B) {`)])]),
      reviewWith([fileWith('a.ts', [hunkWith(1, 1, '+// \u202E end')])]),
      reviewWith([fileWith('src/a\\u{202E}cc.ts', [longHunk(1)])]),
      reviewWith([fileWith('docs/cart.md', [], { change: 'move', to: 'docs/\\u{200B}cart.md' })]),
    ]) {
      await page.show(askingWith([item]));
      assert.deepEqual(await primary(), ['reject']);
      assert.equal(await page.browserPage.locator('.review-actions [data-does=accept]').getAttribute('class'), 'push secondary');
      await page.browserPage.getByText('characters that are not seen in an editor').waitFor();
    }
    await page.show(reviewStates['review-hidden'] ?? stateWith({}));
    assert.deepEqual(await primary(), ['reject']);
  });

  it('has the ordinary button where such characters only go away', async () => {
    await page.show(askingWith([reviewWith([fileWith('a.ts', [hunkWith(1, 1, `-if (isAdmin\u200B) {\n+if (isAdmin) {`)])])]));
    assert.deepEqual(await primary(), ['accept']);
  });
});
