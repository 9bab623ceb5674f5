import assert from 'node:assert/strict';
import type { Intent } from '../../src/protocol/messages.ts';
import type { CallItem } from '../../src/protocol/viewState.ts';
import { closeUnharmed, openPage, stopBrowser, type OpenedPage } from './harness.ts';
import { askingWith, permissionWith, reviewStates } from './reviewStates.ts';
import { stateWith, thinkingSheet, turnWith } from './states.ts';

const callOf = (id: string, status: CallItem['status']): CallItem => ({ kind: 'call', id, tool: id, arguments: '{}', status, summary: undefined, result: undefined });

describe('What the person allows', () => {
  let page: OpenedPage;
  after(stopBrowser);
  beforeEach(async () => {
    page = await openPage();
  });
  afterEach(async () => closeUnharmed(page));

  const press = (name: string): Promise<void> => page.browserPage.getByRole('button', { name, exact: true }).click();
  const intents = async (): Promise<readonly Intent[]> => (await page.intents()).filter(({ type }) => type !== 'ready');

  it('is asked with the reasons, and the button that stands out is the no', async () => {
    await page.show(askingWith([permissionWith()]));
    const card = page.browserPage.getByRole('group', { name: 'Let the model read .env?' });
    await card.getByText('It may hold keys or passwords.').waitFor();
    assert.deepEqual(await card.getByRole('button').evaluateAll((all) => all.map((button) => [button.textContent, button.className])), [
      ["Don't allow", 'push primary'],
      ['Allow…', 'push secondary'],
    ]);
    await page.browserPage.locator('.activity').getByText('Waiting for your decision').waitFor();
  });

  it('is answered once for each question, and Escape is a no', async () => {
    await page.show(askingWith([permissionWith()]));
    await press('Allow…');
    await page.browserPage.getByRole('button', { name: "Don't allow", exact: true }).click({ force: true });
    await page.push({ type: 'item-changed', turnId: 't1', item: permissionWith({ token: 'token-q' }) });
    await page.browserPage.getByRole('button', { name: 'Allow…' }).focus();
    await page.browserPage.keyboard.press('Escape');
    await page.push({ type: 'item-changed', turnId: 't1', item: permissionWith({ token: 'token-r' }) });
    await press("Don't allow");
    assert.deepEqual(await intents(), [
      { type: 'permit', token: 'token-p', allow: true },
      { type: 'permit', token: 'token-q', allow: false },
      { type: 'permit', token: 'token-r', allow: false },
    ]);
  });

  it('lets the call that asks wait with it, and no other of the same message', async () => {
    const statuses = (): Promise<readonly string[]> => page.browserPage.locator('.card.call').evaluateAll((all) => all.map((card) => card.querySelector('.call-status')?.textContent ?? ''));
    await page.show(askingWith([callOf('one', 'running'), callOf('two', 'arriving'), permissionWith({ callId: 'one' })]));
    assert.deepEqual(await statuses(), ['', 'Preparing']);
    await page.show(askingWith([callOf('one', 'done'), callOf('two', 'running'), permissionWith({ callId: 'one', status: 'allowed' }), permissionWith({ id: 'p2', callId: 'two' })]));
    assert.deepEqual(await statuses(), ['Done', '']);
    assert.equal(await page.browserPage.locator('.card.call.asked').count(), 0, 'neither stands right above its question');
    await page.show(askingWith([callOf('one', 'running'), permissionWith({ callId: undefined })]));
    assert.deepEqual(await statuses(), ['Running'], 'a question that names no call is nobody\'s');
  });

  it('says how it was answered, and then has nothing to press', async () => {
    await page.show(reviewStates['permission-answered'] ?? stateWith({}));
    assert.deepEqual(await page.browserPage.locator('.permission .review-status').allTextContents(), ['Allowed', 'Not allowed', 'Nobody answered in time: not allowed']);
    assert.equal(await page.browserPage.locator('.permission button').count(), 0);
  });

  it('is shown all the time while edits are made without asking, over the model settings too, and can be ended there', async () => {
    await page.show(reviewStates['edits-allowed'] ?? stateWith({}));
    await page.push({ type: 'sheet-changed', sheet: thinkingSheet });
    const chip = page.browserPage.getByText('Edits allowed in this chat');
    await page.browserPage.getByRole('button', { name: 'Close' }).waitFor();
    const top = await chip.evaluate((element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return document.elementFromPoint(left + width / 2, top + height / 2) === element;
    });
    assert.ok(top, 'something lies over it');
    await press('Ask again');
    assert.deepEqual(await intents(), [{ type: 'allow-edits', allow: false }]);
    await page.push({ type: 'edits-changed', edits: 'ask' });
    await chip.waitFor({ state: 'detached' });
  });

  it('takes back what a turn did to files, once, and only while nothing runs', async () => {
    const turn = turnWith('t1', 'Hi', [{ kind: 'text', id: 'a1', text: 'Done.' }], { changes: { files: 3, state: 'kept' } });
    await page.show(stateWith({ turns: [turn, turnWith('t2', 'And?', [], { outcome: 'running', usage: undefined })], activity: { kind: 'running', phase: 'answering', since: 0 } }));
    await page.browserPage.getByText('Changed 3 files').waitFor();
    const revert = page.browserPage.getByRole('button', { name: 'Revert', exact: true });
    assert.equal(await revert.isDisabled(), true);
    await revert.click({ force: true });
    assert.deepEqual(await intents(), []);
    await page.push({ type: 'turn-ended', turnId: 't2', outcome: 'done', usage: undefined }, { type: 'activity-changed', activity: { kind: 'idle' } });
    await revert.click();
    await revert.click({ force: true });
    assert.deepEqual(await intents(), [{ type: 'revert-turn', turnId: 't1' }]);
    await page.push({ type: 'turn-changes', turnId: 't1', changes: { files: 3, state: 'reverted' } });
    await page.browserPage.getByText('Reverted').waitFor();
    assert.equal(await revert.count(), 0);
  });
});
