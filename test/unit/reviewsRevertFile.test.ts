import assert from 'node:assert/strict';
import type { FileChange } from '../../src/core/edits/change.ts';
import type { ReviewItem } from '../../src/protocol/reviewItems.ts';
import { edit, place, reviewHarness, words, type ReviewHarness } from './support/reviewHarness.ts';

const never = new AbortController().signal;
const missing = { missing: true } as const;

async function change(harness: ReviewHarness, ...changes: readonly FileChange[]): Promise<string> {
  const applied = harness.reviews.forTurn('turn-1').review({ changes }, never);
  while (harness.reviews.pending().length === 0) await new Promise((resolve) => setImmediate(resolve));
  const { id, token } = harness.card();
  await harness.reviews.decide({ token, decision: 'accept' });
  assert.equal((await applied).decision, 'accepted');
  return id;
}

function cards(harness: ReviewHarness): readonly ReviewItem[] {
  return (harness.store.state.turns[0]?.items ?? []).filter((item) => item.kind === 'review');
}

/** Of each card, of each file, whether it is said to have been put back. */
function marks(harness: ReviewHarness): readonly (readonly boolean[])[] {
  return cards(harness).map(({ files }) => files.map(({ isReverted }) => isReverted === true));
}

const texts = (harness: ReviewHarness, ...paths: readonly string[]): readonly unknown[] => paths.map((path) => harness.documents.bytesOf(`/w/${path}`));

describe('reverting one file of a turn', () => {
  it('puts back only that file, says so on its card, and leaves the others to be reverted', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n', 'b.txt': 'b\n' });
    const itemId = await change(harness, edit('a.txt', 'a\n', 'A\n'), edit('b.txt', 'b\n', 'B\n'));
    await harness.reviews.revert('turn-1', { itemId, file: 1 });
    assert.deepEqual(texts(harness, 'a.txt', 'b.txt'), ['A\n', 'b\n']);
    assert.deepEqual(harness.turnChanges(), { files: 1, state: 'kept' });
    assert.deepEqual(marks(harness), [[false, true]]);
    assert.match(harness.reviews.news().join(), /b\.txt/);
    await harness.reviews.revert('turn-1');
    assert.deepEqual(texts(harness, 'a.txt', 'b.txt'), ['a\n', 'b\n']);
    assert.deepEqual(harness.turnChanges(), { files: 1, state: 'reverted' });
    assert.deepEqual(marks(harness), [[true, true]]);
  });

  it('takes back what other cards of the turn did to the file too, and says so on them', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n', 'b.txt': 'b\n' });
    const itemId = await change(harness, edit('a.txt', 'a\n', 'A\n'));
    await change(harness, edit('a.txt', 'A\n', 'AA\n'), edit('b.txt', 'b\n', 'B\n'));
    await harness.reviews.revert('turn-1', { itemId, file: 0 });
    assert.deepEqual(texts(harness, 'a.txt', 'b.txt'), ['a\n', 'B\n']);
    assert.deepEqual(marks(harness), [[true], [true, false]]);
  });

  it('finds a file where the turn has moved it, one that it made, and one that it deleted', async () => {
    for (const [given, changes, left] of [
      [{ 'x.txt': 'x\n' }, [{ kind: 'move', place: place('x.txt'), to: place('y.txt', missing) }], ['x\n', undefined]],
      [{}, [{ kind: 'create', place: place('x.txt', missing), after: 'x\n' }], [undefined, undefined]],
      [{ 'x.txt': 'x\n' }, [{ kind: 'delete', place: place('x.txt'), before: 'x\n' }], ['x\n', undefined]],
    ] as const) {
      const harness = reviewHarness({ ...given, 'c.txt': 'c\n' });
      harness.answer = () => true;
      const itemId = await change(harness, ...changes, edit('c.txt', 'c\n', 'C\n'));
      await harness.reviews.revert('turn-1', { itemId, file: 0 });
      assert.deepEqual(texts(harness, 'x.txt', 'y.txt', 'c.txt'), [...left, 'C\n']);
      assert.deepEqual(marks(harness), [[true, false]]);
    }
  });

  it('asks before what was written since is lost, and changes nothing after a no', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n' });
    const itemId = await change(harness, edit('a.txt', 'a\n', 'A\n'));
    harness.documents.write('/w/a.txt', 'mine\n');
    await harness.reviews.revert('turn-1', { itemId, file: 0 });
    assert.deepEqual(texts(harness, 'a.txt'), ['mine\n']);
    assert.equal(harness.asked.length, 1);
    assert.deepEqual(marks(harness), [[false]]);
    assert.deepEqual(harness.turnChanges(), { files: 1, state: 'kept' });
  });

  it('does nothing for a file that was rejected, that was put back before, or that no card shows', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n', 'b.txt': 'b\n' });
    const applied = harness.reviews.forTurn('turn-1').review({ changes: [edit('a.txt', 'a\n', 'A\n'), edit('b.txt', 'b\n', 'B\n')] }, never);
    while (harness.reviews.pending().length === 0) await new Promise((resolve) => setImmediate(resolve));
    const { id: itemId, token } = harness.card();
    await harness.reviews.decide({ token, decision: 'reject', file: 0 });
    await harness.reviews.decide({ token, decision: 'accept', file: 1 });
    await applied;
    harness.documents.write('/w/a.txt', 'mine\n');
    const before = harness.documents.applied.length;
    for (const [card, file] of [[itemId, 0], [itemId, 2], ['none', 0]] as const) await harness.reviews.revert('turn-1', { itemId: card, file });
    assert.equal(harness.documents.applied.length, before);
    await harness.reviews.revert('turn-1', { itemId, file: 1 });
    await harness.reviews.revert('turn-1', { itemId, file: 1 });
    assert.equal(harness.documents.applied.length, before + 1);
    assert.deepEqual(texts(harness, 'a.txt', 'b.txt'), ['mine\n', 'b\n']);
  });

  it('says what cannot be found any more', async () => {
    const harness = reviewHarness({ 'c.txt': 'c\n' });
    const itemId = await change(harness, { kind: 'create', place: place('x.txt', missing), after: 'x\n' }, edit('c.txt', 'c\n', 'C\n'));
    await change(harness, { kind: 'move', place: place('x.txt'), to: place('y.txt', missing) });
    await harness.reviews.revert('turn-1', { itemId, file: 0 });
    const notices = (harness.store.state.turns[0]?.items ?? []).flatMap((item) => (item.kind === 'notice' ? [words(item.text)] : []));
    assert.deepEqual(notices, ['x.txt was not put back: it is not where it was, or may not be changed any more.']);
  });
});
