import assert from 'node:assert/strict';
import type { FileChange } from '../../src/core/edits/change.ts';
import { edit, place, proposed, reviewHarness, words, type ReviewHarness } from './support/reviewHarness.ts';

const never = new AbortController().signal;
const missing = { missing: true } as const;

async function change(harness: ReviewHarness, ...changes: readonly FileChange[]): Promise<void> {
  const applied = harness.reviews.forTurn('turn-1').review({ changes }, never);
  await proposed(harness);
  await harness.reviews.decide({ token: harness.card().token, decision: 'accept' });
  const { decision, problem } = await applied;
  assert.equal(decision, 'accepted', problem);
}

function notices(harness: ReviewHarness): readonly string[] {
  return (harness.store.state.turns[0]?.items ?? []).flatMap((item) => (item.kind === 'notice' ? [words(item.text)] : []));
}

function move(from: string, to: string): FileChange {
  return { kind: 'move', place: place(from), to: place(to, missing) };
}

const tooLarge = 9 * 1024 * 1024;

describe('reverting a turn of which not all can be put back', () => {
  for (const [name, given, changes, after, said] of [
    ['a deleted file that was too large to be kept', { 'x.txt': { binary: true } }, [{ kind: 'delete', place: place('x.txt'), before: undefined }], {}, 'x.txt was not put back: it was too large to be kept.'],
    ['a deleted file in whose place is something that is no text', { 'x.txt': 'x\n' }, [{ kind: 'delete', place: place('x.txt'), before: 'x\n' }], { 'x.txt': { binary: true } }, 'x.txt was not put back: something else is in its place.'],
    ['an edited file that is no text by now', { 'x.txt': 'x\n' }, [edit('x.txt', 'x\n', 'X\n')], { 'x.txt': { binary: true } }, 'x.txt was not put back: it is not a text file any more.'],
    ['a moved file that is gone', { 'x.txt': 'x\n' }, [move('x.txt', 'y.txt')], { 'y.txt': undefined }, 'y.txt was not put back: it is not there any more.'],
    ['a moved file whose old place is taken', { 'x.txt': 'x\n' }, [move('x.txt', 'y.txt')], { 'x.txt': 'other\n' }, 'y.txt was not put back: something else is in its place.'],
  ] as const) {
    it(`leaves ${name} as it is, says so, and puts the others back`, async () => {
      const harness = reviewHarness({ 'c.txt': 'c\n', ...given });
      harness.answer = () => true;
      harness.sizes.set('/w/x.txt', tooLarge);
      await change(harness, ...changes, edit('c.txt', 'c\n', 'C\n'));
      for (const [path, text] of Object.entries(after)) harness.documents.write(`/w/${path}`, text);
      harness.sizes.clear();
      harness.asked.length = 0;
      await harness.reviews.revert('turn-1');
      assert.equal(harness.documents.bytesOf('/w/c.txt'), 'c\n');
      assert.deepEqual(notices(harness), [said]);
      assert.deepEqual(harness.turnChanges(), { files: 1, state: 'kept', reverted: 1 }, 'what was not put back is said to be');
      assert.deepEqual(harness.reviews.news().map((told) => /before: (.*?)\. /.exec(told)?.[1]), ['c.txt']);
      await harness.reviews.revert('turn-1');
      assert.deepEqual(notices(harness), [said, said], 'it can be tried again');
      assert.deepEqual(harness.reviews.news(), [], 'nothing was taken back the second time');
    });
  }

  it('puts a moved file back once its place is free', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n' });
    await change(harness, move('a.txt', 'b.txt'));
    harness.documents.write('/w/a.txt', 'other\n');
    await harness.reviews.revert('turn-1');
    harness.documents.write('/w/a.txt', undefined);
    await harness.reviews.revert('turn-1');
    assert.equal(harness.documents.bytesOf('/w/a.txt'), 'a\n');
    assert.deepEqual(harness.turnChanges(), { files: 1, state: 'reverted' });
  });

  it('leaves a moved file as well when what the turn made in its old place is to stay', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n', 'c.txt': 'c\n' });
    await change(harness, move('a.txt', 'b.txt'));
    await change(harness, { kind: 'create', place: place('a.txt', missing), after: 'new\n' }, edit('c.txt', 'c\n', 'C\n'));
    harness.documents.write('/w/a.txt', 'new, and mine\n');
    harness.answer = (asked) => asked.startsWith('Restore only');
    await harness.reviews.revert('turn-1');
    assert.deepEqual(['a.txt', 'b.txt', 'c.txt'].map((path) => harness.documents.bytesOf(`/w/${path}`)), ['new, and mine\n', 'a\n', 'c\n']);
    assert.deepEqual(notices(harness), ['b.txt was not put back: something else is in its place.']);
    assert.deepEqual(harness.turnChanges(), { files: 2, state: 'kept', reverted: 1 });
  });

  it('takes a file that the person has moved back for put back', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n' });
    await change(harness, move('a.txt', 'b.txt'));
    harness.documents.write('/w/b.txt', undefined);
    harness.documents.write('/w/a.txt', 'a\n');
    await harness.reviews.revert('turn-1');
    assert.deepEqual(harness.turnChanges(), { files: 1, state: 'reverted' });
    assert.deepEqual(harness.reviews.news(), []);
  });

  it('explains no more than five of them', async () => {
    const paths = Array.from({ length: 8 }, (_, index) => `f${index}.txt`);
    const harness = reviewHarness(Object.fromEntries(paths.map((path) => [path, 'a\n'])));
    await change(harness, ...paths.map((path) => move(path, `new-${path}`)));
    for (const path of paths) harness.documents.write(`/w/${path}`, 'other\n');
    await harness.reviews.revert('turn-1');
    assert.deepEqual([notices(harness).length, notices(harness).at(-1)], [6, '3 more files were not put back.']);
  });

  it('does not follow a link that has been put in the way of a file\'s old place', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n' });
    await change(harness, move('a.txt', 'deep/b.txt'));
    harness.moved.set('/w', '/home/lin/.ssh');
    harness.moved.set('/w/deep/b.txt', '/w/deep/b.txt');
    await harness.reviews.revert('turn-1');
    assert.equal(harness.documents.bytesOf('/w/deep/b.txt'), 'a\n');
    assert.deepEqual(harness.turnChanges(), { files: 1, state: 'kept' });
  });
});

describe('the questions of a revert', () => {
  it('are over with the panel: the second is not asked when the first was refused by that', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n', 'b.txt': 'b\n' });
    await change(harness, edit('a.txt', 'a\n', 'A\n'), edit('b.txt', 'b\n', 'B\n'));
    harness.documents.write('/w/a.txt', 'mine\n');
    harness.answer = () => {
      if (harness.asked.length > 1) return true;
      harness.reviews.declineAll();
      return false;
    };
    await harness.reviews.revert('turn-1');
    assert.equal(harness.asked.length, 1);
    assert.equal(harness.documents.bytesOf('/w/b.txt'), 'B\n');
  });

  it('are not about a file that already is as it was, and nobody is told that it was taken back', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n' });
    await change(harness, edit('a.txt', 'a\n', 'A\n'));
    harness.documents.write('/w/a.txt', 'a\n');
    await harness.reviews.revert('turn-1');
    assert.deepEqual(harness.asked, []);
    assert.deepEqual(harness.reviews.news(), []);
    assert.deepEqual(harness.turnChanges(), { files: 1, state: 'reverted' });
  });

  it('do not offer to restore only files that already are as they were', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n', 'b.txt': 'b\n' });
    await change(harness, edit('a.txt', 'a\n', 'A\n'), edit('b.txt', 'b\n', 'B\n'));
    harness.documents.write('/w/a.txt', 'mine\n');
    harness.documents.write('/w/b.txt', 'b\n');
    await harness.reviews.revert('turn-1');
    assert.equal(harness.asked.length, 1);
  });
});
