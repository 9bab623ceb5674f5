import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { say } from '../../src/protocol/localText.ts';
import type { ParameterRow, ParameterSheet } from '../../src/protocol/parameterSheet.ts';
import { sheetOf } from '../../src/core/parameters/sheet.ts';
import { deepseek } from '../../src/core/providers/deepseek.ts';
import { eventually } from '../workbench/eventually.ts';
import { closeUnharmed, openPage, stopBrowser, type OpenedPage } from './harness.ts';
import { answeredTurn, longSheet, stateWith, thinkingSheet } from './states.ts';

const pro = { service: 'deepseek', model: 'deepseek-v4-pro' };

/** DeepSeek's settings with thinking off, so that everything can be set. */
const plainSheet = sheetOf({ provider: deepseek, model: pro.model }, { ofService: {}, ofModel: { thinking: { type: 'disabled' }, temperature: 0.3 } });

function withRow(sheet: ParameterSheet, name: string, change: Partial<ParameterRow>): ParameterSheet {
  return { ...sheet, rows: sheet.rows.map((row) => (row.name === name ? { ...row, ...change } : row)) };
}

describe('Model settings', () => {
  let page: OpenedPage;
  after(stopBrowser);
  beforeEach(async () => {
    page = await openPage({ width: 320 });
    await page.show(stateWith({ turns: [answeredTurn] }));
  });
  afterEach(async () => closeUnharmed(page));

  const dialog = (): Locator => page.browserPage.getByRole('dialog', { name: 'Model settings' });
  const row = (name: string): Locator => page.browserPage.locator(`[data-parameter="${name}"]`);
  const field = (name: string): Locator => row(name).locator('input, textarea').first();
  const keyboard = (): OpenedPage['browserPage']['keyboard'] => page.browserPage.keyboard;
  const posted = async (): Promise<unknown[]> => (await page.intents()).filter(({ type }) => type !== 'ready');
  const chosen = async (name: string): Promise<string> => row(name).locator('vscode-dropdown').evaluate((element) => (element as HTMLInputElement).value);
  const open = async (sheet: ParameterSheet): Promise<void> => {
    await page.push({ type: 'sheet-changed', sheet });
    await dialog().waitFor();
  };

  it('are asked for with a button that says so', async () => {
    await page.browserPage.getByRole('button', { name: 'Model settings' }).click();
    assert.deepEqual(await posted(), [{ type: 'open-sheet' }]);
  });

  it('take the focus, close with Escape, and give the focus back', async () => {
    const button = page.browserPage.getByRole('button', { name: 'Model settings' });
    await button.focus();
    await open(plainSheet);
    assert.equal(await page.browserPage.evaluate(() => document.activeElement?.closest('[role=dialog]') !== null), true);
    await keyboard().press('Escape');
    assert.deepEqual(await posted(), [{ type: 'close-sheet' }]);
    await page.push({ type: 'sheet-changed', sheet: undefined });
    await dialog().waitFor({ state: 'detached' });
    assert.equal(await page.browserPage.evaluate(() => document.activeElement?.className), 'icon-button settings-button');
  });

  it('lie over the chat, which can neither be seen nor reached while they are open', async () => {
    await open(plainSheet);
    for (let presses = 0; presses < 60; presses += 1) {
      await keyboard().press('Tab');
      assert.equal(await page.browserPage.evaluate(() => document.activeElement === document.body || document.activeElement?.closest('.sheet') !== null), true);
    }
    assert.equal(await page.browserPage.getByRole('textbox', { name: 'Message', exact: true }).isVisible(), false);
    await page.push({ type: 'sheet-changed', sheet: undefined });
    await page.browserPage.getByRole('textbox', { name: 'Message', exact: true }).fill('still here');
  });

  it('tell a number when the field is left, as JSON, and not while it is typed', async () => {
    await open(plainSheet);
    await field('temperature').fill('');
    await keyboard().type('１.25');
    assert.deepEqual(await posted(), []);
    await keyboard().press('Tab');
    assert.deepEqual(await posted(), [{ type: 'set-parameter', ...pro, name: 'temperature', value: '1.25' }]);
  });

  it('tell it with Enter too, and an empty field as null', async () => {
    await open(plainSheet);
    await field('temperature').fill('');
    await keyboard().press('Enter');
    await field('user_id').fill('team');
    await keyboard().press('Enter');
    assert.deepEqual(await posted(), [
      { type: 'set-parameter', ...pro, name: 'temperature', value: 'null' },
      { type: 'set-parameter', ...pro, name: 'user_id', value: '"team"' },
    ]);
  });

  it('keep what was typed beside the reason why it is refused, and mark the field', async () => {
    await open(plainSheet);
    await field('temperature').fill('9');
    await keyboard().press('Enter');
    await page.push({ type: 'sheet-changed', sheet: withRow(plainSheet, 'temperature', { value: '9', problem: say('{0} must be {1} ({2}).', 'temperature', '≥ 0, ≤ 2', 'https://page.invalid/') }) });
    await row('temperature').getByText('temperature must be ≥ 0, ≤ 2 (https://page.invalid/).').waitFor();
    assert.equal(await field('temperature').inputValue(), '9');
    assert.equal(await field('temperature').getAttribute('aria-invalid'), 'true');
    await page.browserPage.locator('[aria-live=polite]').getByText(/temperature must be/).waitFor({ state: 'attached' });
    await page.push({ type: 'sheet-changed', sheet: plainSheet });
    assert.equal(await field('temperature').inputValue(), '0.3', 'the host has the last word');
  });

  it('stay open when the last thing typed is refused, however they are closed', async () => {
    await open(plainSheet);
    const refused = withRow(plainSheet, 'temperature', { value: '9', problem: say('No.') });
    for (const close of [() => keyboard().press('Escape'), () => page.browserPage.getByRole('button', { name: 'Close' }).click()]) {
      const before = (await posted()).length;
      await field('temperature').fill('9');
      await close();
      assert.deepEqual((await posted()).slice(before), [{ type: 'set-parameter', ...pro, name: 'temperature', value: '9' }], 'it is told before anything is closed');
      await page.push({ type: 'sheet-changed', sheet: refused });
      assert.equal((await posted()).length, before + 1, 'and not closed, for it was refused');
      await page.push({ type: 'sheet-changed', sheet: plainSheet });
    }
    await field('temperature').fill('1');
    await keyboard().press('Escape');
    await page.push({ type: 'sheet-changed', sheet: withRow(plainSheet, 'temperature', { value: '1' }) });
    assert.deepEqual((await posted()).at(-1), { type: 'close-sheet' });
  });

  it('leave what is being typed alone when another value changes', async () => {
    await open(plainSheet);
    await field('max_tokens').fill('40');
    await page.push({ type: 'sheet-changed', sheet: withRow(plainSheet, 'temperature', { value: '0.7' }) });
    const values = async (): Promise<readonly string[]> => [await field('max_tokens').inputValue(), await field('temperature').inputValue()];
    assert.deepEqual(await eventually(values, ([, temperature]) => temperature === '0.7'), ['40', '0.7']);
  });

  it('let an input method finish: its Escape closes nothing', async () => {
    await open(plainSheet);
    await field('user_id').focus();
    await field('user_id').evaluate((input) => {
      input.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true, composed: true }));
      input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', keyCode: 229, isComposing: true, bubbles: true, composed: true }));
    });
    assert.deepEqual(await posted(), []);
  });

  it('let a choice be made by keyboard alone, and by mouse', async () => {
    await open(plainSheet);
    const type = page.browserPage.getByRole('combobox', { name: 'response_format.type' });
    await type.focus();
    await keyboard().press('Enter');
    await keyboard().press('Escape');
    assert.deepEqual(await posted(), [], 'Escape closes the list only');
    await keyboard().press('Enter');
    await keyboard().press('End');
    await keyboard().press('Enter');
    assert.deepEqual(await posted(), [{ type: 'set-parameter', ...pro, name: 'response_format.type', value: '"json_object"' }]);
    const stream = page.browserPage.getByRole('combobox', { name: 'Stream the answer (stream)', exact: true });
    await stream.click();
    await stream.getByRole('option', { name: 'Off', exact: true }).click();
    assert.deepEqual((await posted()).at(-1), { type: 'set-parameter', ...pro, name: 'stream', value: 'false' });
  });

  it('show in a list what is set now, also after it changed outside', async () => {
    await open(plainSheet);
    assert.deepEqual([await chosen('thinking.type'), await chosen('tool_choice')], ['"disabled"', 'null']);
    await page.push({ type: 'sheet-changed', sheet: thinkingSheet });
    await page.browserPage.waitForFunction(() => document.querySelector<HTMLInputElement>('[data-parameter="thinking.type"] vscode-dropdown')?.value === '"enabled"');
    assert.equal(await chosen('reasoning_effort'), '"max"');
  });

  it('take lists a line each, and JSON as it is written', async () => {
    await open(longSheet);
    await field('stop').fill('END\n\\n\\n');
    await field('logit_bias').fill('{"7": ');
    await keyboard().press('Tab');
    assert.deepEqual(await posted(), [
      { type: 'set-parameter', service: 'jiekou', model: 'zai-org/glm-4.5', name: 'stop', value: '["END","\\n\\n"]' },
      { type: 'set-parameter', service: 'jiekou', model: 'zai-org/glm-4.5', name: 'logit_bias', value: '{"7": ' },
    ]);
  });

  it('let one of several choices be written as JSON', async () => {
    await open(plainSheet);
    const choice = page.browserPage.getByRole('combobox', { name: 'tool_choice' });
    await choice.click();
    await choice.getByRole('option', { name: 'JSON…' }).click();
    const named = '{"type":"function","function":{"name":"read_file"}}';
    await field('tool_choice').fill(named);
    await keyboard().press('Tab');
    assert.deepEqual(await posted(), [{ type: 'set-parameter', ...pro, name: 'tool_choice', value: named }]);
  });

  it('cannot be changed where the model does not take it, and say why', async () => {
    await open(thinkingSheet);
    assert.equal(await field('temperature').isDisabled(), true);
    await row('temperature').getByText(/no effect while the model thinks/).waitFor();
    await row('tool_choice').getByText(/may only be none or auto/).waitFor();
  });

  it('give back one value or all, and lead to the page that documents them', async () => {
    await open(plainSheet);
    await page.browserPage.getByRole('button', { name: 'Reset Temperature (temperature)' }).click();
    await page.browserPage.getByRole('button', { name: 'Reset all' }).click();
    await page.browserPage.getByRole('button', { name: 'Reference page of DeepSeek' }).click();
    assert.deepEqual(await posted(), [
      { type: 'reset-parameter', ...pro, name: 'temperature' },
      { type: 'reset-parameters', ...pro },
      { type: 'open-link', href: deepseek.pageUrl },
    ]);
    assert.equal(await row('stop').getByRole('button', { name: 'Reset' }).count(), 0, 'what is as it was cannot be reset');
  });

  it('lead to the settings for what is set for all models of the service, also where it is not sent', async () => {
    await open(sheetOf({ provider: deepseek, model: 'deepseek-chat' }, { ofService: { user_id: 'team', stop: 'END' }, ofModel: {} }));
    await row('user_id').getByText('so what is set for all models of DeepSeek is not sent').waitFor();
    await row('stop').getByText('Set for all models of DeepSeek').waitFor();
    for (const name of ['user_id', 'stop']) await row(name).getByRole('button', { name: 'Open settings' }).click();
    assert.deepEqual(await posted(), [1, 2].map(() => ({ type: 'act', action: 'open-settings', turnId: '' })));
    assert.equal(await row('temperature').getByRole('button').count(), 0);
  });

  it('say where to go for a service that nothing is known of', async () => {
    await open({ ...plainSheet, service: 'local', serviceLabel: 'My server', model: 'qwen3', page: undefined, rows: [] });
    await dialog().getByText('under "local/qwen3"').waitFor();
    await dialog().getByRole('button', { name: 'Open settings' }).click();
    assert.deepEqual(await posted(), [{ type: 'act', action: 'open-settings', turnId: '' }]);
  });

  it('fit into 240 pixels without scrolling sideways', async () => {
    await page.browserPage.setViewportSize({ width: 240, height: 500 });
    await open(longSheet);
    const wider = await page.browserPage.evaluate(() => [...document.querySelectorAll('.sheet *')].filter((element) => element.getBoundingClientRect().right > 240.5).map((element) => element.className));
    assert.deepEqual(wider, []);
  });

  it('call a parameter what people call it, with its name in the body behind, and one that nobody knows by that name alone', async () => {
    await open({ ...plainSheet, rows: [...plainSheet.rows, ...plainSheet.rows.slice(0, 1).map((each) => ({ ...each, name: 'new_one', label: undefined }))] });
    assert.equal(await row('max_tokens').locator('.parameter-title').innerText(), 'Answer length limit max_tokens');
    assert.equal(await row('new_one').locator('.parameter-title').innerText(), 'new_one');
    await page.browserPage.getByRole('group', { name: 'Answer length limit (max_tokens)', exact: true }).waitFor();
  });

  it('name every control for screen readers', async () => {
    await open(longSheet);
    const unnamed = await page.browserPage.evaluate(() => [...document.querySelectorAll('.sheet button, .sheet vscode-dropdown, .sheet vscode-text-field, .sheet vscode-text-area')].filter((element) => (element.getAttribute('aria-label') ?? element.textContent ?? '').trim() === '').length);
    assert.equal(unnamed, 0);
  });
});
