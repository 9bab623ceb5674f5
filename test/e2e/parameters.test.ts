import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { openSession, type Session } from './support/session.ts';

describe('The model settings in the real workbench', function () {
  this.timeout(180_000);
  let session: Session;

  before(async () => {
    session = await openSession({ settings: () => ({ 'rivulet.model': 'deepseek/deepseek-v4-pro' }) });
    await session.panel.open();
    await session.panel.setKey('DeepSeek', session.simulator.keys.deepseek);
  });
  after(() => session.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await session.window.screenshot(`failed-parameters-${this.currentTest.title.replaceAll(/\W+/g, '-')}`);
  });

  const bodyOf = (question: string): Readonly<Record<string, unknown>> => {
    const request = session.simulator.requests.findLast(({ text }) => text.includes(question));
    assert.ok(request !== undefined, `"${question}" was not sent`);
    return request.body as Readonly<Record<string, unknown>>;
  };

  it('carry what a person sets to the service, and nothing else', async () => {
    const { panel, window } = session;
    await panel.ask('As it comes, please.');
    const before = bodyOf('As it comes');
    assert.deepEqual([before['temperature'], before['thinking'], before['response_format']], [undefined, { type: 'enabled' }, undefined]);

    const frame = await panel.frame();
    await frame.getByRole('button', { name: 'Model settings' }).click();
    const temperature = frame.locator('[data-parameter="temperature"] input');
    await temperature.waitFor();
    assert.equal(await temperature.isDisabled(), true, 'it has no effect while the model thinks');
    await choose(frame, 'thinking.type', 'disabled');
    await temperature.fill('0.3');
    await temperature.press('Tab');
    await frame.locator('[data-parameter="temperature"].changed').waitFor();
    await choose(frame, 'response_format.type', 'json_object');
    await frame.locator('.sheet-body').evaluate((body) => body.scrollTo(0, 0));
    await window.screenshot('model-settings');
    await frame.getByRole('button', { name: 'Close', exact: true }).click();
    await frame.getByRole('dialog').waitFor({ state: 'detached' });

    const turn = await panel.ask('Now as JSON, please.');
    assert.equal(await turn.locator('.card.error').count(), 0);
    const { messages: _, ...after } = bodyOf('Now as JSON');
    const { messages: __, ...unchanged } = before;
    assert.deepEqual(after, { ...unchanged, temperature: 0.3, thinking: { type: 'disabled' }, response_format: { type: 'json_object' } });
  });

  it('refuse a value in place, naming its range and its page, and send nothing of it', async () => {
    const { panel, window } = session;
    await window.runCommand('Rivulet: Model Settings');
    const frame = await panel.frame();
    const temperature = frame.locator('[data-parameter="temperature"] input');
    // It cannot be set while the model thinks.
    await choose(frame, 'thinking.type', 'disabled');
    await temperature.fill('2.5');
    await temperature.press('Enter');
    // The row says it; the page's announcements for screen readers do too.
    await frame.locator('[data-parameter="temperature"]').getByText(/temperature must be ≥ 0, ≤ 2 \(https:\/\/api-docs\.deepseek\.com\//).waitFor();
    assert.equal(await temperature.inputValue(), '2.5');
    await window.screenshot('model-settings-refused');
    await frame.getByRole('button', { name: 'Reset all' }).click();
    await frame.locator('.parameter.changed').first().waitFor({ state: 'detached' });
    await frame.getByRole('button', { name: 'Close', exact: true }).press('Escape');
    await frame.getByRole('dialog').waitFor({ state: 'detached' });
    await panel.ask('And as it was.');
    const body = bodyOf('And as it was');
    assert.deepEqual([body['temperature'], body['thinking'], body['response_format']], [undefined, { type: 'enabled' }, undefined]);
  });
});

/** Chooses an option of a parameter's list, and waits until the host has stored it. */
async function choose(frame: Frame, name: string, option: string): Promise<void> {
  const list = frame.locator(`[data-parameter="${name}"]`).getByRole('combobox');
  await list.click();
  await list.getByRole('option', { name: option, exact: true }).click();
  await frame.locator(`[data-parameter="${name}"].changed`).waitFor();
}
