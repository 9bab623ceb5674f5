import assert from 'node:assert/strict';
import { killInTheMiddle } from './support/killing.ts';
import { openSession, type Session } from './support/session.ts';

describe('An extension host that is killed in the middle of an answer', function () {
  this.timeout(240_000);
  let session: Session;

  before(async () => {
    session = await openSession({ settings: () => ({ 'rivulet.model': 'deepseek/deepseek-v4-flash' }), chunkDelayMs: 10 });
    await session.panel.open();
    await session.panel.setKey('DeepSeek', session.simulator.keys.deepseek);
  });
  after(() => session.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await session.window.screenshot('failed-kill');
  });

  it('has lost at most half a second of it: the turn reads "interrupted" and can be continued', async () => {
    const killed = await killInTheMiddle(session, 2500);
    await session.window.screenshot('kill-continued');
    assert.equal(killed.fault, undefined, JSON.stringify(killed));
    assert.ok(killed.kept > 100, JSON.stringify(killed));
  });

  it('has lost no more in the next chat, killed sooner', async () => {
    const killed = await killInTheMiddle(session, 700);
    assert.equal(killed.fault, undefined, JSON.stringify(killed));
  });
});
