import assert from 'node:assert/strict';
import { breathing } from '../../src/core/breathe.ts';

describe('A long loop that breathes', () => {
  it('lets a timer come in while it works', async () => {
    const breathe = breathing(new AbortController().signal);
    let steps = 0;
    const timer = { ran: false };
    setTimeout(() => (timer.ran = true), 0);
    // Ends by the timer only: a loop that let nobody in would not end before the test's time.
    while (!timer.ran) {
      await breathe();
      steps += 1;
    }
    assert.ok(steps > 0);
  });

  it('ends with the reason of its signal', async () => {
    const controller = new AbortController();
    const breathe = breathing(controller.signal);
    setTimeout(() => controller.abort(new Error('stopped')), 0);
    await assert.rejects(async () => {
      for (;;) await breathe();
    }, /stopped/);
    await assert.rejects(breathe(), /stopped/);
  });
});
