import assert from 'node:assert/strict';
import { eventually } from '../workbench/eventually.ts';
import { openSession, type Session } from './support/session.ts';

describe('The buttons of cards in the real workbench', function () {
  this.timeout(120_000);
  let session: Session;

  before(async () => {
    session = await openSession({ settings: () => ({ 'rivulet.model': 'deepseek/deepseek-chat', 'rivulet.retries': 0 }) });
    await session.panel.open();
    await session.panel.setKey('DeepSeek', session.simulator.keys.deepseek);
  });
  after(() => session.close());
  afterEach(async function () {
    session.simulator.faults.clear();
    if (this.currentTest?.state === 'failed') await session.window.screenshot(`failed-card-buttons-${this.currentTest.title.replaceAll(/\W+/g, '-')}`);
  });

  it('an empty balance: Top up leads to the page of the service, and Try again works once there is money', async () => {
    const { panel, simulator, window } = session;
    simulator.faults.push({ kind: 'refuse', reason: 'balance' });
    const turn = await panel.ask('Is there money left?');
    await turn.getByText('The balance at DeepSeek is used up.').waitFor();
    await window.screenshot('card-balance');
    await turn.getByRole('button', { name: 'Top up balance' }).click();
    // VS Code asks before it opens a page, and shows which.
    await window.page.getByText('platform.deepseek.com/top_up').waitFor();
    const asking = window.page.locator('.monaco-dialog-box');
    const isOpen = await eventually(
      async () => {
        await window.page.keyboard.press('Escape');
        return asking.isVisible();
      },
      (isVisible) => !isVisible,
    );
    assert.equal(isOpen, false);
    await turn.getByRole('button', { name: 'Try again' }).click();
    await turn.locator('.answer').getByText('Is there money left?').first().waitFor();
    await panel.settled();
    assert.equal(await turn.locator('.card.error').count(), 0);
  });

  it('a retired model: the card says so, another is chosen from it, and Try again works', async () => {
    const { panel, simulator, window } = session;
    simulator.faults.push({ kind: 'retired', repeat: true, match: { body: '"deepseek-chat"' } });
    const turn = await panel.ask('Are you still there?');
    await turn.getByText('DeepSeek does not offer the model deepseek-chat.').waitFor();
    await window.screenshot('card-retired-model');
    await turn.getByRole('button', { name: 'Choose another model' }).click();
    await window.pick('deepseek-v4-pro');
    await (await panel.frame()).getByRole('button', { name: /^Model: DeepSeek deepseek-v4-pro/ }).waitFor();
    await turn.getByRole('button', { name: 'Try again' }).click();
    await turn.locator('.answer').getByText('Are you still there?').first().waitFor();
    await panel.settled();
    assert.equal(await turn.locator('.card.error').count(), 0);
    assert.equal((simulator.requests.at(-1)?.body as { readonly model?: string } | undefined)?.model, 'deepseek-v4-pro');
  });

  it('an answer cut by its length goes on in its place, and the seam does not show', async () => {
    const { panel, simulator, window } = session;
    await window.changeSettings({ 'rivulet.parameters': { deepseek: { max_tokens: 120 } } });
    const turn = await panel.ask('[[simulate: long 14]] [[simulate: no-reasoning]] Tell me of the tides.');
    await turn.getByText('The answer reached the limit on its length and was cut off.').waitFor();
    const half = (await turn.locator('.answer').textContent()) ?? '';
    await window.changeSettings({ 'rivulet.parameters': {} });
    await turn.getByRole('button', { name: 'Continue' }).click();
    await turn.locator('.answer').getByText('sentence 14 of 14').waitFor();
    await panel.settled();
    assert.equal(await turn.locator('.answer').count(), 1, 'one answer, not two');
    const whole = (await turn.locator('.answer').textContent()) ?? '';
    assert.ok(whole.startsWith(half.trimEnd()), 'what there was is still in front');
    for (let number = 1; number <= 14; number += 1) assert.equal(whole.split(`sentence ${number} of 14`).length, 2, `sentence ${number} stands there once`);
    assert.ok(simulator.requests.at(-1)?.path.includes('/beta/'));
  });
});
