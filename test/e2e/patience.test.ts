import assert from 'node:assert/strict';
import { openSession, type Session } from './support/session.ts';

const slowDown = (seconds: number): { readonly kind: 'answer'; readonly status: 429; readonly headers: Record<string, string>; readonly body: string } => ({
  kind: 'answer',
  status: 429,
  headers: { 'retry-after': String(seconds) },
  body: '{"error":{"message":"Too many requests","type":"rate_limit_error","param":null,"code":null}}',
});

describe('Patience in the real workbench', function () {
  this.timeout(120_000);
  let session: Session;

  before(async () => {
    session = await openSession({ settings: () => ({ 'rivulet.model': 'deepseek/deepseek-v4-flash', 'rivulet.timeouts.silence': 5, 'rivulet.timeouts.waiting': 10 }) });
    await session.panel.open();
    await session.panel.setKey('DeepSeek', session.simulator.keys.deepseek);
  });
  after(() => session.close());
  afterEach(async function () {
    session.simulator.faults.clear();
    if (this.currentTest?.state === 'failed') await session.window.screenshot(`failed-patience-${this.currentTest.title.replaceAll(/\W+/g, '-')}`);
  });

  it('a 429 with Retry-After: the wait is counted down with its reason, and then the answer comes', async () => {
    const { panel, simulator, window } = session;
    const before = simulator.requests.length;
    simulator.faults.push(slowDown(6));
    await panel.send('Now?');
    const activity = (await panel.frame()).locator('.activity[data-phase="retrying"]');
    await activity.getByText('Retry 1 of 2: DeepSeek is limiting how fast you may ask.').waitFor();
    await activity.getByText(/^in [1-6] s$/).waitFor();
    await window.screenshot('patience-countdown');
    await panel.settled();
    const turn = await panel.lastTurn();
    assert.equal(await turn.locator('.card.error').count(), 0);
    await turn.locator('.answer').getByText('Now?').first().waitFor();
    assert.equal(simulator.requests.length, before + 2);
  });

  it('a 429 that asks for more than a minute: the card tells how long, and nothing is asked again', async () => {
    const { panel, simulator } = session;
    const before = simulator.requests.length;
    simulator.faults.push(slowDown(300));
    const turn = await panel.ask('Now?');
    await turn.locator('.card.error').getByText('It asks you to wait 5 minutes, then try again.').waitFor();
    assert.equal(simulator.requests.length, before + 1);
  });

  it('Stop during the wait before another attempt ends the turn, and nothing is asked again', async () => {
    const { panel, simulator } = session;
    const before = simulator.requests.length;
    simulator.faults.push(slowDown(50));
    await panel.send('And now?');
    const frame = await panel.frame();
    await frame.locator('.activity[data-phase="retrying"]').waitFor();
    await frame.getByRole('button', { name: 'Stop' }).click();
    await panel.settled();
    await frame.locator('.activity').waitFor({ state: 'detached' });
    assert.equal(await (await panel.lastTurn()).locator('.card.error').count(), 0);
    assert.equal(simulator.requests.length, before + 1);
    const turn = await panel.ask('Does the next question work?');
    await turn.locator('.answer').getByText('Does the next question work?').first().waitFor();
  });

  it('keep-alives: the panel says that the request is queued, and then shows the answer', async () => {
    const { panel, simulator } = session;
    simulator.faults.push({ kind: 'keep-alive', milliseconds: 4000, everyMs: 200 });
    await panel.send('Is it my turn?');
    await (await panel.frame()).locator('.activity').getByText('Queued at DeepSeek…').waitFor();
    await panel.settled();
    await (await panel.lastTurn()).locator('.answer').getByText('Is it my turn?').first().waitFor();
  });

  it('a silent stall: the card says that it was silence, keeps what came, and Continue goes on from there', async () => {
    const { panel, simulator, window } = session;
    simulator.faults.push({ kind: 'stall', at: 12_000 });
    const turn = await panel.ask('[[simulate: long 40]] Tell me a lot.');
    const card = turn.locator('.card.error');
    await card.getByText('Nothing at all came from DeepSeek for 5 seconds.').waitFor();
    await card.getByText(/rivulet\.timeouts\.silence/).waitFor();
    await card.getByRole('button', { name: 'Try again' }).waitFor();
    // What came before is kept.
    await turn.locator('.answer').getByText('sentence 2 of 40').first().waitFor();
    await window.screenshot('patience-silence');
    const before = simulator.requests.length;
    await card.getByRole('button', { name: 'Continue' }).click();
    await card.waitFor({ state: 'detached' });
    await panel.settled();
    assert.equal(simulator.requests.length, before + 1);
    assert.equal(await turn.locator('.card.error').count(), 0);
    // It went on to the end.
    await turn.locator('.answer').last().getByText('sentence 40 of 40').first().waitFor();
  });

  it('keep-alives for ever: the card says that it was the queue', async () => {
    const { panel, simulator } = session;
    simulator.faults.push({ kind: 'stall', at: 0, keepAliveEveryMs: 500 });
    const turn = await panel.ask('Will it ever be my turn?');
    const card = turn.locator('.card.error');
    await card.getByText('DeepSeek kept the connection alive but did not begin to answer for 10 seconds.').waitFor();
    assert.equal(await card.getByRole('button', { name: 'Continue' }).count(), 0, 'there is nothing to go on from');
    await card.getByRole('button', { name: 'Try again' }).click();
    await turn.locator('.answer').getByText('Will it ever be my turn?').first().waitFor();
    await panel.settled();
  });
});
