import assert from 'node:assert/strict';
import { edit, reviewHarness, settled, type ReviewHarness } from './support/reviewHarness.ts';

const change = edit('a.ts', 'one', 'two');

/** A change that the person has accepted and that is being written until `goOn`, in a turn that has been stopped. */
async function writing(): Promise<{ readonly harness: ReviewHarness; readonly goOn: () => void }> {
  const harness = reviewHarness({ 'a.ts': 'one' });
  const gate = Promise.withResolvers<void>();
  harness.afterApply = async () => gate.promise;
  const stop = new AbortController();
  void harness.reviews.forTurn('turn-1').review({ changes: [change] }, stop.signal).catch(() => undefined);
  await settled();
  void harness.reviews.decide({ token: harness.card().token, decision: 'accept' });
  await settled();
  stop.abort();
  return { harness, goOn: gate.resolve };
}

describe('a chat that is left while a change is being written', () => {
  it('is left when it is, and shows and tells what came of it', async () => {
    const { harness, goOn } = await writing();
    let isIdle = false;
    const idle = harness.reviews.idle().then(() => (isIdle = true));
    await settled();
    assert.equal(isIdle, false);
    assert.equal(harness.card().status, 'applying');
    goOn();
    await idle;
    assert.equal(harness.card().status, 'done');
    assert.deepEqual(harness.turnChanges(), { files: 1, state: 'kept' });
    assert.match(harness.reviews.news().join(), /that call has no result, but this came of it\. Applied: a\.ts/);
    harness.reviews.clear();
  });

  it('is not held for ever by an editor that never comes to the end of it', async () => {
    const { harness, goOn } = await writing();
    const idle = harness.reviews.idle();
    await settled();
    harness.runOut();
    await idle;
    assert.equal(harness.card().status, 'applying');
    goOn();
    await settled();
  });

  it('shows nothing of its end in the next chat, where a copy has cards of the same names', async () => {
    const { harness, goOn } = await writing();
    const card = { ...harness.card(), status: 'unanswered' } as const;
    harness.reviews.clear();
    harness.store.publish({ type: 'chat-opened', chat: { id: 'copy', title: '', draft: '' }, turns: [{ id: 'turn-1', question: { text: '', attachments: [] }, items: [card], outcome: 'done', usage: undefined }] });
    goOn();
    await settled();
    assert.deepEqual(harness.card(), card);
    assert.equal(harness.turnChanges(), undefined);
  });

  it('is left at once when nothing is being written, whatever waits for the person', async () => {
    const harness = reviewHarness({ 'a.ts': 'one' });
    const outcome = harness.reviews.forTurn('turn-1').review({ changes: [change] }, new AbortController().signal);
    await settled();
    const timers = harness.timers;
    await harness.reviews.idle();
    assert.equal(harness.timers, timers);
    harness.reviews.clear();
    assert.equal((await outcome).decision, 'unanswered');
  });
});
