import assert from 'node:assert/strict';
import type { ReviewItem } from '../../src/protocol/reviewItems.ts';
import type { CallItem } from '../../src/protocol/viewState.ts';
import { closeUnharmed, openPage, stopBrowser, type OpenedPage } from './harness.ts';
import { askedWith, cart, fileWith, longHunk, reviewWith } from './reviewStates.ts';

const callOf = (file: string, parts: Partial<CallItem>): CallItem => ({ kind: 'call', id: `call-${file}`, tool: 'edit_file', arguments: `{"path":"${file}"}`, status: 'done', summary: undefined, result: undefined, ...parts });
const cardOf = (file: string, parts: Partial<ReviewItem>): ReviewItem => reviewWith([fileWith(file, [longHunk(1)])], { id: `review-${file}`, callId: `call-${file}`, status: 'done', ...parts });

describe('The card of a review', () => {
  let page: OpenedPage;
  after(stopBrowser);
  beforeEach(async () => {
    page = await openPage();
  });
  afterEach(async () => closeUnharmed(page));

  it('has the call that wants it and no other, where one message holds several', async () => {
    const calls = [callOf('a.ts', { result: 'Applied to a.ts.' }), callOf('b.ts', { status: 'refused', result: 'Nothing in b.ts is like that.' }), callOf('c.ts', { status: 'refused', result: 'c.ts was not saved.' })];
    await page.show(askedWith([...calls, cardOf('a.ts', {}), cardOf('c.ts', { status: 'failed', note: { message: 'Not saved.', args: [] } })]));
    const wordsOf = async (item: string): Promise<readonly string[]> => {
      const card = page.browserPage.locator(`[data-item="${item}"]`);
      await card.getByRole('button', { name: 'edit_file' }).click();
      return card.locator('.call-within pre').allTextContents();
    };
    assert.deepEqual(await wordsOf('review-a.ts'), ['{"path":"a.ts"}', 'Applied to a.ts.']);
    assert.deepEqual(await wordsOf('review-c.ts'), ['{"path":"c.ts"}', 'c.ts was not saved.']);
    assert.deepEqual(await page.browserPage.locator('.card.call .call-words').allTextContents(), ['edit_fileNothing in b.ts is like that.'], 'the call that led to no card, with why');
  });

  it('stands apart from the call in chats that do not say which one wants it', async () => {
    const call: CallItem = { kind: 'call', id: 'c1', tool: 'edit_file', arguments: '{}', status: 'done', summary: undefined, result: undefined };
    await page.show(askedWith([call, reviewWith([cart], { callId: undefined, status: 'done' })]));
    assert.deepEqual([await page.browserPage.locator('.card.call').count(), await page.browserPage.locator('.review').count(), await page.browserPage.locator('.call-within').count()], [1, 1, 0]);
  });
});
