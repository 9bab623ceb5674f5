import assert from 'node:assert/strict';
import type { FileChange } from '../../src/core/edits/change.ts';
import { edit, place, reviewHarness, sensitivePlace, settled, type ReviewHarness } from './support/reviewHarness.ts';

const never = new AbortController().signal;

function propose(harness: ReviewHarness, changes: readonly FileChange[], signal = never): ReturnType<ReturnType<ReviewHarness['reviews']['forTurn']>['review']> {
  const outcome = harness.reviews.forTurn('turn-1').review({ changes }, signal);
  outcome.catch(() => undefined);
  return outcome;
}

/** Where the person has allowed edits to ordinary files, and allows nothing else. */
async function allowed(given: Parameters<typeof reviewHarness>[0]): Promise<ReviewHarness> {
  const harness = reviewHarness(given);
  harness.answer = (question) => question.startsWith('Let the model edit ordinary files');
  await harness.reviews.allowEdits(true);
  return harness;
}

describe('edits that are allowed', () => {
  it('are allowed only when the host hears a yes', async () => {
    const harness = reviewHarness({});
    await harness.reviews.allowEdits(true);
    assert.equal(harness.store.state.edits, 'ask');
    assert.equal(harness.asked.length, 1);
    assert.equal((await allowed({})).store.state.edits, 'allowed');
  });

  it('are not allowed by a yes that comes after a no, after the panel was closed, or in another chat', async () => {
    for (const end of [(harness: ReviewHarness) => void harness.reviews.allowEdits(false), (harness: ReviewHarness) => harness.reviews.declineAll(), (harness: ReviewHarness) => harness.reviews.clear()]) {
      const harness = reviewHarness({});
      const dialog = Promise.withResolvers<boolean>();
      harness.answer = async () => dialog.promise;
      const wish = harness.reviews.allowEdits(true);
      await settled();
      end(harness);
      dialog.resolve(true);
      await wish;
      assert.equal(harness.store.state.edits, 'ask');
    }
  });

  it('are asked about once, however often a page wishes for them', async () => {
    const harness = reviewHarness({});
    const dialog = Promise.withResolvers<boolean>();
    harness.answer = async () => dialog.promise;
    const wishes = [harness.reviews.allowEdits(true), harness.reviews.allowEdits(true), harness.reviews.allowEdits(true)];
    dialog.resolve(true);
    await Promise.all(wishes);
    await harness.reviews.allowEdits(true);
    assert.equal(harness.asked.length, 1);
    assert.equal(harness.store.state.edits, 'allowed');
  });

  it('applies edits and new files at once, shown as done, and nothing else', async () => {
    const harness = await allowed({ 'a.txt': 'a\n' });
    const outcome = await propose(harness, [edit('a.txt', 'a\n', 'A\n'), { kind: 'create', place: place('b.txt', { missing: true }), after: 'b\n' }]);
    assert.equal(outcome.decision, 'accepted');
    assert.equal(harness.card().status, 'done');
    assert.deepEqual(harness.card().files.map(({ hunks }) => hunks[0]?.decision), ['accepted', 'accepted']);
    assert.equal(harness.asked.length, 1, 'only whether edits are allowed');
  });

  for (const [name, change] of [
    ['a move', { kind: 'move', place: place('a.txt'), to: place('b.txt', { missing: true }) }],
    ['a deletion', { kind: 'delete', place: place('a.txt'), before: 'a\n' }],
    ['a sensitive file', { kind: 'edit', place: sensitivePlace('a.txt'), before: 'a\n', after: 'A\n' }],
    ['a file outside the workspace', { kind: 'edit', place: place('a.txt', { class: 'outside' }), before: 'a\n', after: 'A\n' }],
  ] as const) {
    it(`still asks about ${name}`, async () => {
      const harness = await allowed({ 'a.txt': 'a\n' });
      void propose(harness, [change]);
      await settled();
      assert.equal(harness.card().status, 'open');
      assert.deepEqual(harness.documents.applied, []);
    });
  }

  it('still asks about more than 20 files', async () => {
    const paths = Array.from({ length: 21 }, (_, index) => `f${index}.txt`);
    const harness = await allowed(Object.fromEntries(paths.map((path) => [path, 'a\n'])));
    void propose(harness, paths.map((path) => edit(path, 'a\n', 'A\n')));
    await settled();
    assert.equal(harness.card().status, 'open');
  });

  it('asks when the file has changed since the model looked at it', async () => {
    const harness = await allowed({ 'a.txt': 'new\na\nb\n' });
    void propose(harness, [edit('a.txt', 'a\nb\n', 'a\nB\n')]);
    await settled();
    assert.equal(harness.card().status, 'open');
    assert.equal(harness.documents.bytesOf('/w/a.txt'), 'new\na\nb\n');
  });

  it('end with the chat', async () => {
    const harness = await allowed({ 'a.txt': 'a\n' });
    harness.store.publish({ type: 'chat-cleared' });
    harness.reviews.clear();
    harness.store.publish({ type: 'turn-added', turn: { id: 'turn-1', question: { text: '', attachments: [] }, items: [], outcome: 'running', usage: undefined } });
    void propose(harness, [edit('a.txt', 'a\n', 'A\n')]);
    await settled();
    assert.equal(harness.card().status, 'open');
  });
});
