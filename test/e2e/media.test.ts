import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { lastContent } from '../support/lastContent.ts';
import { onePixel, onePixelBase64 } from '../unit/support/pictures.ts';
import { openSession, type Session } from './support/session.ts';

const refusal = JSON.stringify({
  error: { message: 'Failed to deserialize the JSON body into the target type: messages[1]: unknown variant `image_url`, expected `text` at line 1 column 216', type: 'invalid_request_error', param: null, code: 'invalid_request_error' },
});

describe('Pictures in the real workbench', function () {
  this.timeout(120_000);
  let session: Session;

  before(async () => {
    session = await openSession({ settings: () => ({ 'rivulet.model': 'deepseek/deepseek-v4-flash-vision-exp' }) });
    await session.panel.open();
    await session.panel.setKey('DeepSeek', session.simulator.keys.deepseek);
  });
  after(() => session.close());
  beforeEach(async () => {
    // What a test before has left in the composer, if it failed.
    const left = (await session.panel.frame()).locator('.composer').getByRole('button', { name: /^Remove / });
    for (let index = (await left.count()) - 1; index >= 0; index -= 1) {
      await left.nth(index).click();
      await left.nth(index).waitFor({ state: 'detached' });
    }
  });
  afterEach(async function () {
    session.simulator.faults.clear();
    if (this.currentTest?.state === 'failed') await session.window.screenshot(`failed-media-${this.currentTest.title.replaceAll(/\W+/g, '-')}`);
  });

  async function paste(): Promise<Frame> {
    const frame = await session.panel.frame();
    await frame.evaluate((base64) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], 'image.png', { type: 'image/png' }));
      const area = document.querySelector('vscode-text-area')?.shadowRoot?.querySelector('textarea');
      area?.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, composed: true, cancelable: true, clipboardData: transfer }));
    }, onePixelBase64);
    await frame.locator('.composer').getByText('image.png').waitFor();
    return frame;
  }

  it('are attached with the dialog of VS Code, and the service gets them as a part', async () => {
    const { panel, window, folder } = session;
    const path = join(folder, 'dot.png');
    await writeFile(path, Buffer.from(onePixelBase64, 'base64'));
    const frame = await panel.frame();
    await frame.getByRole('button', { name: 'Attach a picture or video…' }).click();
    await window.chooseFile(path);
    await frame.locator('.composer').getByText('dot.png').waitFor();
    await window.screenshot('media-attached');
    const turn = await panel.ask('What is in the picture?');
    assert.equal(await turn.locator('.card.error').count(), 0);
    await turn.locator('.question').getByText('dot.png').waitFor();
    assert.deepEqual(lastContent(session.simulator.requests), [{ type: 'text', text: 'What is in the picture?' }, { type: 'image_url', image_url: { url: onePixel } }]);
    await frame.locator('.composer .media-chip').waitFor({ state: 'detached' });
  });

  it('that the service refuses are left out at the press of a button', async () => {
    const { panel, simulator, window } = session;
    simulator.faults.push({ kind: 'answer', status: 400, body: refusal });
    await paste();
    const turn = await panel.ask('And in this one?');
    const card = turn.locator('.card.error');
    await window.screenshot('media-refused-by-service');
    await card.getByRole('button', { name: 'Send without the pictures' }).click();
    await card.waitFor({ state: 'detached' });
    await panel.settled();
    assert.equal(lastContent(session.simulator.requests), 'And in this one?');
    assert.ok(!simulator.requests.at(-1)?.text.includes('image_url'), 'the picture of the first question is left out too');
  });

  it('are held back in place for a model that takes text only', async () => {
    const { panel, window, simulator } = session;
    const frame = await paste();
    await window.runCommand('Rivulet: Select Model', 'deepseek-v4-pro');
    await frame.locator('.composer').getByText('deepseek-v4-pro takes text only.').waitFor();
    const before = simulator.requests.length;
    const box = await panel.composer();
    await box.fill('What is it?');
    await box.press('Enter');
    await frame.locator('.hint').getByText('Nothing was sent').waitFor();
    await window.screenshot('media-held-back');
    assert.equal(simulator.requests.filter(({ path }, index) => index >= before && path.endsWith('/chat/completions')).length, 0);
    await frame.getByRole('button', { name: 'Remove image.png' }).click();
    await frame.locator('.composer .media-chip').waitFor({ state: 'detached' });
    await box.press('Enter');
    await frame.locator('.question').getByText('What is it?').waitFor();
    await panel.settled();
    assert.equal(lastContent(session.simulator.requests), 'What is it?');
  });
});
