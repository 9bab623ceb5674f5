import assert from 'node:assert/strict';
import { startSimulator, type Simulator } from '../simulator/server.ts';
import { startLoopback } from '../unit/support/loopback.ts';
import { answers, called, fired, handlers, reset, secrets } from './fakeVscode.ts';
import { activated } from './fakes.ts';
import { moveTo } from './simulated.ts';

const key = 'sk-key-of-a-test-0123456789';

function logged(): string {
  return [...called('log.warn'), ...called('log.error'), ...called('log.info')].map(([line]) => String(line)).join('\n');
}

async function show(): Promise<void> {
  await handlers.get('rivulet.showBalance')?.();
}

describe('the balance', () => {
  let simulator: Simulator;
  before(async () => (simulator = await startSimulator()));
  after(async () => simulator.close());

  beforeEach(async () => {
    reset();
    await activated();
    moveTo('deepseek', simulator.bases.deepseek, simulator.keys.deepseek);
  });

  it('is told with a way to top it up', async () => {
    answers.set('showInformationMessage', ['Top up balance']);
    await show();
    assert.deepEqual(called('showInformationMessage'), [['Balance at DeepSeek: CN¥110.00 (CN¥10.00 granted, CN¥100.00 paid in)', 'Top up balance']]);
    assert.deepEqual(called('openExternal'), [['https://platform.deepseek.com/top_up']]);
  });

  it('says when it is too little', async () => {
    const server = await startLoopback((response) => response.end('{"is_available":false,"balance_infos":[{"currency":"USD","total_balance":"0.00","granted_balance":"0.00","topped_up_balance":"0.00"},{"currency":"nonsense","total_balance":"x"}]}'));
    moveTo('deepseek', server.url, key);
    await show();
    assert.deepEqual(called('showWarningMessage'), [['Balance at DeepSeek: $0.00. That is too little to ask anything.', 'Top up balance']]);
    assert.deepEqual(called('openExternal'), []);
    await server.close();
  });

  it('leads to the key where there is none, and goes on when it is set', async () => {
    secrets.delete('rivulet.key.deepseek');
    await show();
    assert.deepEqual(called('showWarningMessage'), [['There is no API key for DeepSeek yet.', 'Set API key…']]);
    assert.deepEqual(called('executeCommand').filter(([id]) => id === 'rivulet.setApiKey'), []);
    answers.set('showWarningMessage', ['Set API key…']);
    answers.set('executeCommand', [() => moveTo('deepseek', simulator.bases.deepseek, simulator.keys.deepseek)]);
    await show();
    assert.deepEqual(called('executeCommand').filter(([id]) => id === 'rivulet.setApiKey'), [['rivulet.setApiKey', 'deepseek']]);
    assert.equal(called('showInformationMessage').length, 1);
  });

  it('says what is wrong, tries again when asked to, and keeps the key to itself', async () => {
    moveTo('deepseek', simulator.bases.deepseek, key);
    answers.set('showWarningMessage', ['Try again', 'Show log']);
    await show();
    const [first, second] = called('showWarningMessage');
    assert.match(String(first?.[0]), /^DeepSeek did not accept the API key\. /);
    assert.deepEqual([first?.slice(1), second?.slice(1)], [['Set API key…', 'Try again', 'Show log'], ['Set API key…', 'Try again', 'Show log']]);
    assert.equal(called('log.show').length, 1);
    assert.match(logged(), /The balance at deepseek could not be read: bad-key/);
    assert.ok(!logged().includes(key));
  });

  it('is not waited for when the person cancels', async () => {
    const server = await startLoopback(() => undefined);
    moveTo('deepseek', server.url, key);
    const showing = show();
    const { closed } = await server.next();
    fired.cancelled.fire(undefined);
    await showing;
    await closed;
    assert.deepEqual([called('showInformationMessage'), called('showWarningMessage'), called('showErrorMessage'), logged()], [[], [], [], '']);
    await server.close();
  });
});
