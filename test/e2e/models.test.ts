import assert from 'node:assert/strict';
import { eventually } from '../workbench/eventually.ts';
import { openSession, type Session } from './support/session.ts';

describe('Models and money in the real workbench', function () {
  this.timeout(120_000);
  let session: Session;

  before(async () => {
    session = await openSession({ settings: () => ({ 'rivulet.model': 'deepseek/deepseek-flash' }) });
    await session.panel.open();
    await session.panel.setKey('DeepSeek', session.simulator.keys.deepseek);
    await session.panel.setKey('jiekou.ai', session.simulator.keys.jiekou);
  });
  after(() => session.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await session.window.screenshot(`failed-models-${this.currentTest.title.replaceAll(/\W+/g, '-')}`);
  });

  it('lists what the tables know, then what the services offer, and takes what is picked', async () => {
    const { window, panel } = session;
    await window.runCommand('Rivulet: Select Model');
    const { rows, input, box } = window.quickInput;
    await rows.filter({ hasText: 'deepseek-flash' }).filter({ hasText: '1M context · thinking · tools · pictures · CN¥1 in, CN¥4 out' }).first().waitFor();
    const cut = await window.page.locator('.quick-input-list .quick-input-list-label-meta').evaluateAll((all) => all.filter((each) => each.scrollWidth > each.clientWidth + 1).map((each) => each.textContent));
    assert.deepEqual(cut, [], 'what is known of a model can be read');
    await window.screenshot('select-model');
    await input.fill('claude');
    await rows.filter({ hasText: 'anthropic/claude-sonnet-4' }).filter({ hasText: '$3 in, $15 out' }).waitFor();
    await window.screenshot('select-model-live');
    await input.press('Enter');
    await box.waitFor({ state: 'hidden' });
    await (await panel.frame()).getByText('anthropic/claude-sonnet-4').first().waitFor();
  });

  it('tells what an answer cost in the currency of the service, and the chat in all of them', async () => {
    const { window, panel } = session;
    await window.runCommand('Rivulet: Select Model', 'anthropic/claude-sonnet-4');
    await (await panel.frame()).getByText('anthropic/claude-sonnet-4').first().waitFor();
    const dollars = await panel.ask('What is a tide?');
    assert.match(await eventually(() => dollars.locator('.usage').innerText(), (text) => text.includes('$')), / · \$\d/);
    await window.runCommand('Rivulet: Select Model', 'deepseek-flash');
    await (await panel.frame()).getByText('deepseek-flash').first().waitFor();
    const yuan = await panel.ask('And an ebb?');
    assert.match(await eventually(() => yuan.locator('.usage').innerText(), (text) => text.includes('CN¥')), / · CN¥0\.0\d/);
    const total = (await panel.frame()).locator('.chat-total');
    assert.match(await eventually(() => total.innerText(), (text) => text.includes('CN¥')), /^This chat: \$\d\S* \+ CN¥0\.0\d+$/);
    await window.screenshot('costs');
  });

  it('shows the balance on demand', async () => {
    const { window } = session;
    await window.runCommand('Rivulet: Show Balance');
    const message = window.page.locator('.notification-toast').filter({ hasText: 'Balance at DeepSeek: CN¥110.00 (CN¥10.00 granted, CN¥100.00 paid in)' });
    await message.waitFor();
    await message.getByText('Top up balance').waitFor();
    await window.screenshot('balance');
  });
});
