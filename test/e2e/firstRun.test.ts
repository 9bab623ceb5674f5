import assert from 'node:assert/strict';
import { openSession, type Session } from './support/session.ts';

describe('From nothing to the first answer', function () {
  this.timeout(180_000);
  let session: Session;

  before(async () => {
    session = await openSession({ settings: () => ({ 'rivulet.model': 'deepseek/deepseek-flash' }), server: { environment: { DEEPSEEK_API_KEY: 'sk-simulated-deepseek', JIEKOU_API_KEY: undefined, IFLOW_API_KEY: undefined } }, keys: { deepseek: 'sk-simulated-deepseek' } });
  });
  after(() => session?.close());

  it('needs a choice, a yes, a question that is there already, and Enter, all by keyboard', async () => {
    const { window, panel, simulator } = session;
    const frame = await panel.open();
    const choice = frame.getByRole('button', { name: /Use the key of DEEPSEEK_API_KEY/ });
    await choice.waitFor();
    await window.screenshot('first-run-welcome');
    assert.ok(!(await frame.locator('body').innerText()).includes('sk-simulated'), 'the key is not shown');
    await choice.focus();
    await window.page.keyboard.press('Enter');
    const dialog = window.page.locator('.monaco-dialog-box');
    await dialog.getByText('Use the key of DEEPSEEK_API_KEY for DeepSeek?').waitFor();
    await window.screenshot('first-run-question');
    await dialog.getByRole('button', { name: 'Use this key' }).press('Enter');
    const prompt = frame.locator('.prompt:not(.choice)').first();
    await prompt.waitFor();
    await prompt.press('Enter');
    await frame.getByRole('textbox', { name: 'Message' }).press('Enter');
    await panel.settled();
    await frame.locator('article.turn .answer').first().waitFor();
    await window.screenshot('first-run-answer');
    assert.ok(simulator.requests.length > 0);
  });

  it('is led through by a walkthrough, whose first steps are then done', async () => {
    const { window } = session;
    await window.runCommand('Rivulet: Open Walkthrough');
    const page = window.page.locator('.gettingStartedContainer, .gettingStarted');
    await page.getByText('First steps with Rivulet').filter({ visible: true }).first().waitFor();
    for (const title of ['Choose a model and set its key', 'Ask the first question', 'Have code explained and changed', 'Say what goes along', 'Know where things are and what they cost']) await page.getByText(title).filter({ visible: true }).first().waitFor();
    await window.screenshot('walkthrough');
  });
});
