import assert from 'node:assert/strict';
import type { FileChange } from '../../src/core/edits/change.ts';
import { lostEarlier, withChanges } from '../../src/core/reviews/beforeImages.ts';
import { imagesFromBytes, imagesToBytes } from '../../src/core/reviews/storedImages.ts';
import { cardsReverted } from '../../src/core/reviews/together.ts';
import { edit, place, proposed, reviewHarness, type ReviewHarness } from './support/reviewHarness.ts';

const never = new AbortController().signal;

/** A change that is accepted, and the id of its card. */
async function change(harness: ReviewHarness, ...changes: readonly FileChange[]): Promise<string> {
  const applied = harness.reviews.forTurn('turn-1').review({ changes }, never);
  await proposed(harness);
  const { id, token } = harness.card();
  await harness.reviews.decide({ token, decision: 'accept' });
  assert.equal((await applied).decision, 'accepted');
  return id;
}

const move = (from: string, to: string): FileChange => ({ kind: 'move', place: place(from), to: place(to, { missing: true }) });
const create = (path: string, after: string): FileChange => ({ kind: 'create', place: place(path, { missing: true }), after });
const text = (harness: ReviewHarness, path: string): unknown => harness.documents.bytesOf(`/w/${path}`);

describe('reverting what somebody else had a hand in', () => {
  it('asks when somebody wrote between two changes of the turn, and a no keeps what they wrote', async () => {
    for (const only of [true, false]) {
      const harness = reviewHarness({ 'a.txt': 'a\n' });
      await change(harness, edit('a.txt', 'a\n', 'A\n'));
      harness.documents.write('/w/a.txt', 'A\nmine\n');
      const itemId = await change(harness, edit('a.txt', 'A\nmine\n', 'AA\nmine\n'));
      await harness.reviews.revert('turn-1', only ? { itemId, file: 0 } : undefined);
      assert.equal(harness.asked.length, 1);
      assert.match(harness.asked[0] ?? '', /a\.txt/);
      assert.equal(text(harness, 'a.txt'), 'AA\nmine\n');
      harness.answer = () => true;
      await harness.reviews.revert('turn-1', only ? { itemId, file: 0 } : undefined);
      assert.equal(text(harness, 'a.txt'), 'a\n');
    }
  });

  it('asks before a file of the turn goes in which somebody wrote before the turn changed it again', async () => {
    const harness = reviewHarness({});
    const itemId = await change(harness, create('x.txt', 'x\n'));
    harness.documents.write('/w/x.txt', 'x\nan hour of work\n');
    await change(harness, edit('x.txt', 'x\nan hour of work\n', 'X\nan hour of work\n'));
    await harness.reviews.revert('turn-1', { itemId, file: 0 });
    assert.deepEqual([harness.asked.length, text(harness, 'x.txt')], [1, 'X\nan hour of work\n']);
  });

  it('asks nothing of a file that the turn alone has changed several times, as its saving has left it', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n' });
    harness.format = () => 'A\n';
    await change(harness, edit('a.txt', 'a\n', 'A  \n'));
    harness.format = () => undefined;
    await change(harness, edit('a.txt', 'A\n', 'AA\n'));
    await harness.reviews.revert('turn-1');
    assert.deepEqual([harness.asked, text(harness, 'a.txt')], [[], 'a\n']);
  });

  it('still asks after the images were stored and read again', async () => {
    const [image] = withChanges([], [edit('a.txt', 'a\n', 'A\n'), edit('a.txt', 'A\nmine\n', 'AA\n')], []);
    const guard = { resolve: async (path: string) => place(path.replace('/w/', '')) };
    const [again] = (await imagesFromBytes(imagesToBytes('turn-1', image === undefined ? [] : [image]), 'turn-1', guard)) ?? [];
    assert.deepEqual([image?.isMixed, again?.isMixed], [true, true]);
  });

  it('keeps apart the file that somebody took away and the one that the turn puts in its place', () => {
    // Made by the turn, taken away, and another one moved there.
    const [moved, ...none] = withChanges([], [create('f.txt', 'f\n'), move('x.txt', 'f.txt')], []);
    assert.deepEqual([moved?.origin?.display, moved?.current?.display, moved?.after, none], ['x.txt', 'f.txt', undefined, []]);
    // Changed by the turn, taken away, and another one moved there: the first is one that is gone.
    const images = withChanges([], [edit('f.txt', 'f\n', 'F\n'), move('x.txt', 'f.txt')], []);
    assert.deepEqual(images.map(({ origin, current, before }) => [origin?.display, current?.display, before?.text]), [['f.txt', undefined, 'f\n'], ['x.txt', 'f.txt', undefined]]);
    // Changed by the turn, taken away, and made again: what it was before is known still.
    assert.deepEqual(withChanges([], [edit('a.txt', 'a\n', 'A\n'), create('a.txt', 'new\n')], []).map(({ before, after }) => [before?.text, after]), [['a\n', 'new\n']]);
  });

  it('puts both texts back where one was moved to the place of another that somebody had taken away', async () => {
    const harness = reviewHarness({ 'f.txt': 'f\n', 'x.txt': 'the only text\n' });
    harness.answer = () => true;
    await change(harness, edit('f.txt', 'f\n', 'F\n'));
    harness.documents.write('/w/f.txt', undefined);
    await change(harness, move('x.txt', 'f.txt'));
    await harness.reviews.revert('turn-1');
    assert.deepEqual([text(harness, 'x.txt'), text(harness, 'f.txt')], ['the only text\n', 'f\n']);
  });

  it('moves back a row of files, the last one first', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n', 'c.txt': 'c\n' });
    harness.answer = () => true;
    await change(harness, move('a.txt', 'b.txt'));
    await change(harness, move('c.txt', 'a.txt'));
    await harness.reviews.revert('turn-1');
    assert.deepEqual(['a.txt', 'b.txt', 'c.txt'].map((path) => text(harness, path)), ['a\n', undefined, 'c\n']);
  });

  it('calls nothing reverted that came to be changed while it was written', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n', 'b.txt': 'b\n' });
    const first = await change(harness, edit('a.txt', 'a\n', 'A\n'));
    const later = harness.reviews.forTurn('turn-1').review({ changes: [edit('b.txt', 'b\n', 'B\n')] }, never);
    await proposed(harness);
    const { token } = harness.card();
    await harness.reviews.decide({ token, decision: 'later' });
    await later;
    const deciding = harness.reviews.decide({ token: harness.card().token, decision: 'accept' });
    await Promise.all([deciding, harness.reviews.revert('turn-1', { itemId: first, file: 0 })]);
    const reverted = (harness.store.state.turns[0]?.items ?? []).flatMap((item) => (item.kind === 'review' ? [item.files.map(({ path, isReverted }) => `${path} ${isReverted === true}`)] : []));
    assert.deepEqual([reverted, text(harness, 'a.txt'), text(harness, 'b.txt')], [[['a.txt true'], ['b.txt false']], 'a\n', 'B\n']);
  });

  it('calls no card reverted where nothing is known of what the turn had done before', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n' });
    await change(harness, edit('a.txt', 'a\n', 'A\n'));
    const items = harness.store.state.turns[0]?.items ?? [];
    const images = withChanges([], [edit('a.txt', 'a\n', 'A\n')], []);
    assert.equal(cardsReverted(items, images, new Set(images)).length, 1);
    assert.deepEqual(cardsReverted(items, [lostEarlier, ...images], new Set(images)), []);
  });
});
