import assert from 'node:assert/strict';
import type { FileChange } from '../../src/core/edits/change.ts';
import type { ReviewItem } from '../../src/protocol/reviewItems.ts';
import { ApplyError } from '../../src/core/editor/documents.ts';
import { edit, place, reviewHarness, words, type ReviewHarness } from './support/reviewHarness.ts';

const never = new AbortController().signal;
const missing = { missing: true } as const;

async function change(harness: ReviewHarness, ...changes: readonly FileChange[]): Promise<string> {
  return accept(harness, changes, 'accepted');
}

async function accept(harness: ReviewHarness, changes: readonly FileChange[], expected: 'accepted' | 'failed'): Promise<string> {
  const applied = harness.reviews.forTurn('turn-1').review({ changes }, never);
  while (harness.reviews.pending().length === 0) await new Promise((resolve) => setImmediate(resolve));
  const { id, token } = harness.card();
  await harness.reviews.decide({ token, decision: 'accept' });
  assert.equal((await applied).decision, expected);
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
    assert.deepEqual(harness.turnChanges(), { files: 1, state: 'kept', reverted: 1 });
    assert.deepEqual(marks(harness), [[false, true]]);
    assert.match(harness.reviews.news().join(), /b\.txt/);
    await harness.reviews.revert('turn-1');
    assert.deepEqual(texts(harness, 'a.txt', 'b.txt'), ['a\n', 'b\n']);
    assert.deepEqual(harness.turnChanges(), { files: 2, state: 'reverted' });
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
    await Promise.all([0, 0].map(async (file) => harness.reviews.revert('turn-1', { itemId, file })));
    assert.deepEqual(texts(harness, 'a.txt'), ['mine\n']);
    assert.equal(harness.asked.length, 1, 'once for two presses');
    assert.deepEqual(marks(harness), [[false]]);
    assert.deepEqual(harness.turnChanges(), { files: 1, state: 'kept' });
  });

  it('does nothing for a file that was rejected, though another card has changed it, that was put back before, or that no card shows', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n', 'b.txt': 'b\n' });
    await change(harness, edit('a.txt', 'a\n', 'A\n'));
    const applied = harness.reviews.forTurn('turn-1').review({ changes: [edit('a.txt', 'A\n', 'AA\n'), edit('b.txt', 'b\n', 'B\n')] }, never);
    while (harness.reviews.pending().length === 0) await new Promise((resolve) => setImmediate(resolve));
    const { id: itemId, token } = harness.card();
    await harness.reviews.decide({ token, decision: 'reject', file: 0 });
    await harness.reviews.decide({ token, decision: 'accept', file: 1 });
    await applied;
    const before = harness.documents.applied.length;
    for (const [card, file] of [[itemId, 0], [itemId, 2], ['none', 0]] as const) await harness.reviews.revert('turn-1', { itemId: card, file });
    assert.equal(harness.documents.applied.length, before);
    await harness.reviews.revert('turn-1', { itemId, file: 1 });
    await harness.reviews.revert('turn-1', { itemId, file: 1 });
    assert.equal(harness.documents.applied.length, before + 1);
    assert.deepEqual(texts(harness, 'a.txt', 'b.txt'), ['A\n', 'b\n']);
    assert.deepEqual(marks(harness), [[false], [false, true]]);
  });

  for (const when of ['now', 'before that was told apart'] as const) {
    it(`does nothing for a card of which nothing could be applied ${when}`, async () => {
      const harness = reviewHarness({ 'a.txt': 'a\n', 'b.txt': 'b\n' });
      await change(harness, edit('a.txt', 'a\n', 'A\n'));
      harness.beforeApply = () => {
        throw new ApplyError('read-only', 'b.txt', 'It is read-only.');
      };
      const itemId = await accept(harness, [edit('a.txt', 'A\n', 'AA\n'), edit('b.txt', 'b\n', 'B\n')], 'failed');
      harness.beforeApply = () => undefined;
      const card = harness.card();
      assert.equal(card.status, 'failed');
      assert.deepEqual(card.files.map(({ hunks }) => hunks.map(({ decision }) => decision)), [['open'], ['open']]);
      if (when !== 'now') harness.store.publish({ type: 'item-changed', turnId: 'turn-1', item: { ...card, files: card.files.map((file) => ({ ...file, hunks: file.hunks.map((hunk) => ({ ...hunk, decision: 'accepted' })) })) } });
      await harness.reviews.revert('turn-1', { itemId, file: 0 });
      assert.deepEqual(texts(harness, 'a.txt'), ['A\n']);
      await harness.reviews.revert('turn-1');
      assert.deepEqual(texts(harness, 'a.txt'), ['a\n']);
      assert.deepEqual(marks(harness), [[true], [false, false]]);
    });
  }

  it('puts back the part that was made of a card that failed', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n', 'b.txt': 'b\n' });
    harness.documents.breakAfter(1);
    const itemId = await accept(harness, [edit('a.txt', 'a\n', 'A\n'), edit('b.txt', 'b\n', 'B\n')], 'failed');
    await harness.reviews.revert('turn-1', { itemId, file: 0 });
    assert.deepEqual(texts(harness, 'a.txt', 'b.txt'), ['a\n', 'b\n']);
    assert.deepEqual(marks(harness), [[true, false]]);
  });

  it('follows the file through later cards of the turn, which say so too', async () => {
    for (const [given, steps, expected] of [
      [{}, [{ kind: 'create', place: place('x.txt', missing), after: 'x\n' }, { kind: 'move', place: place('x.txt'), to: place('y.txt', missing) }], [undefined, undefined]],
      [{ 'x.txt': 'x\n' }, [edit('x.txt', 'x\n', 'X\n'), { kind: 'move', place: place('x.txt'), to: place('y.txt', missing) }, edit('y.txt', 'X\n', 'Y\n')], ['x\n', undefined]],
      [{ 'x.txt': 'x\n' }, [{ kind: 'move', place: place('x.txt'), to: place('y.txt', missing) }, { kind: 'delete', place: place('y.txt'), before: 'x\n' }], ['x\n', undefined]],
    ] as const) {
      for (const pressed of steps.keys()) {
        const harness = reviewHarness({ ...given, 'c.txt': 'c\n' });
        harness.answer = () => true;
        const ids: string[] = [];
        for (const step of steps) ids.push(await change(harness, step));
        await change(harness, edit('c.txt', 'c\n', 'C\n'));
        await harness.reviews.revert('turn-1', { itemId: ids[pressed] ?? '', file: 0 });
        assert.deepEqual(texts(harness, 'x.txt', 'y.txt', 'c.txt'), [...expected, 'C\n']);
        assert.deepEqual(marks(harness), [...steps.map(() => [true]), [false]]);
      }
    }
  });

  const connected: readonly (readonly [string, { readonly [path: string]: string }, readonly FileChange[], readonly string[]])[] = [
    ['another was moved to where it was deleted', { 'a.txt': 'a\n', 'c.txt': 'c\n' }, [{ kind: 'delete', place: place('a.txt'), before: 'a\n' }, { kind: 'move', place: place('c.txt'), to: place('a.txt', missing) }], ['a.txt', 'a.txt → c.txt']],
    ['another was made where it was moved from', { 'a.txt': 'a\n' }, [edit('a.txt', 'a\n', 'A\n'), { kind: 'move', place: place('a.txt'), to: place('b.txt', missing) }, { kind: 'create', place: place('a.txt', missing), after: 'new\n' }], ['b.txt → a.txt', 'a.txt']],
    ['it was made and deleted, and another was moved there', { 'c.txt': 'c\n' }, [{ kind: 'create', place: place('a.txt', missing), after: 'a\n' }, { kind: 'delete', place: place('a.txt'), before: 'a\n' }, { kind: 'move', place: place('c.txt'), to: place('a.txt', missing) }], ['a.txt → c.txt']],
  ];
  for (const [what, given, steps, names] of connected) {
    it(`names all that goes back with it, and does nothing without a yes, when ${what}`, async () => {
      for (const pressed of steps.keys()) {
        const harness = reviewHarness({ ...given, 'd.txt': 'd\n' });
        harness.answer = () => true;
        const ids: string[] = [];
        for (const step of steps) ids.push(await change(harness, step));
        await change(harness, edit('d.txt', 'd\n', 'D\n'));
        const after = texts(harness, 'a.txt', 'b.txt', 'c.txt', 'd.txt');
        const itemId = ids[pressed] ?? '';
        harness.asked.length = 0;
        harness.answer = () => false;
        await harness.reviews.revert('turn-1', { itemId, file: 0 });
        assert.deepEqual(texts(harness, 'a.txt', 'b.txt', 'c.txt', 'd.txt'), after);
        assert.deepEqual(marks(harness).flat().includes(true), false);
        const question = ['This can only be put back together with other steps of the turn. Put all of it back?', ...names, 'These are put back as they were before the turn.'].join('\n');
        assert.deepEqual(harness.asked, [question]);
        harness.answer = () => true;
        await harness.reviews.revert('turn-1', { itemId, file: 0 });
        assert.deepEqual(harness.asked, [question, question], 'nobody has edited anything since');
        assert.deepEqual(texts(harness, 'a.txt', 'b.txt', 'c.txt', 'd.txt'), [given['a.txt'], undefined, given['c.txt'], 'D\n']);
        assert.deepEqual(marks(harness), [...steps.map(() => [true]), [false]]);
      }
    });
  }

  it('asks where a card does not show all of its files, one of which may have been moved there', async () => {
    const others: readonly FileChange[] = Array.from({ length: 20 }, (_, index) => edit(`${index}.txt`, '0\n', '1\n'));
    const harness = reviewHarness({ 'c.txt': 'c\n', ...Object.fromEntries(others.map(({ place: { display } }) => [display, '0\n'])) });
    harness.answer = () => true;
    const itemId = await change(harness, { kind: 'create', place: place('x.txt', missing), after: 'x\n' });
    await change(harness, ...others, { kind: 'move', place: place('x.txt'), to: place('y.txt', missing) });
    await change(harness, ...others.map(({ place: { display } }) => edit(display, '1\n', '2\n')), { kind: 'move', place: place('c.txt'), to: place('x.txt', missing) });
    harness.asked.length = 0;
    harness.answer = () => false;
    await harness.reviews.revert('turn-1', { itemId, file: 0 });
    assert.equal(harness.asked.length, 1);
    assert.deepEqual(texts(harness, 'c.txt', 'x.txt', 'y.txt'), [undefined, 'c\n', 'x\n']);
  });

  it('puts back a second file that is asked for while the first is being written, and each once', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n', 'b.txt': 'b\n', 'c.txt': 'c\n' });
    const itemId = await change(harness, edit('a.txt', 'a\n', 'A\n'), edit('b.txt', 'b\n', 'B\n'), edit('c.txt', 'c\n', 'C\n'));
    const before = harness.documents.applied.length;
    await Promise.all([0, 1, 1, 0].map(async (file) => harness.reviews.revert('turn-1', { itemId, file })));
    assert.equal(harness.documents.applied.length, before + 2);
    assert.deepEqual(texts(harness, 'a.txt', 'b.txt', 'c.txt'), ['a\n', 'b\n', 'C\n']);
    await Promise.all([harness.reviews.revert('turn-1', { itemId, file: 2 }), harness.reviews.revert('turn-1')]);
    assert.equal(harness.documents.applied.length, before + 3);
    assert.deepEqual(marks(harness), [[true, true, true]]);
  });

  it('says of a card that does not show all of its files that it was put back once all of the turn is, and of what came and went', async () => {
    const edits = Array.from({ length: 22 }, (_, index) => edit(`${index}.txt`, '0\n', '1\n'));
    const harness = reviewHarness(Object.fromEntries(edits.map(({ place: { display } }) => [display, '0\n'])));
    harness.answer = () => true;
    const itemId = await change(harness, ...edits);
    await change(harness, { kind: 'create', place: place('x.txt', missing), after: 'x\n' });
    await change(harness, { kind: 'delete', place: place('x.txt'), before: 'x\n' });
    for (const file of Array.from({ length: 20 }).keys()) await harness.reviews.revert('turn-1', { itemId, file });
    assert.ok(cards(harness)[0]?.files.every(({ isReverted }) => isReverted === true));
    assert.deepEqual(cards(harness).map(({ isReverted }) => isReverted), [undefined, undefined, undefined], 'two are left');
    await harness.reviews.revert('turn-1');
    assert.deepEqual(cards(harness).map(({ isReverted }) => isReverted), [true, undefined, undefined]);
    assert.deepEqual(marks(harness).slice(1), [[true], [true]]);
    assert.deepEqual(harness.turnChanges(), { files: 22, state: 'reverted' });
  });

  it('says what cannot be found any more', async () => {
    const harness = reviewHarness({ 'c.txt': 'c\n' });
    harness.answer = () => true;
    const itemId = await change(harness, { kind: 'create', place: place('x.txt', missing), after: 'x\n' }, edit('c.txt', 'c\n', 'C\n'));
    await change(harness, { kind: 'delete', place: place('x.txt'), before: 'x\n' });
    await harness.reviews.revert('turn-1', { itemId, file: 0 });
    const notices = (harness.store.state.turns[0]?.items ?? []).flatMap((item) => (item.kind === 'notice' ? [words(item.text)] : []));
    assert.deepEqual(notices, ['x.txt was not put back: it is not where it was, or may not be changed any more.']);
  });
});
