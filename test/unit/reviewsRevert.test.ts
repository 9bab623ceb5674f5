import assert from 'node:assert/strict';
import type { FileChange } from '../../src/core/edits/change.ts';
import { differInLayoutOnly } from '../../src/core/reviews/layout.ts';
import { ApplyError } from '../../src/core/editor/documents.ts';
import { edit, place, proposed, reviewHarness, type ReviewHarness } from './support/reviewHarness.ts';

const never = new AbortController().signal;

/** Proposes, accepts and waits until it is applied. */
async function change(harness: ReviewHarness, changes: readonly FileChange[], turnId = 'turn-1'): Promise<void> {
  const applied = harness.reviews.forTurn(turnId).review({ changes }, never);
  await proposed(harness);
  await harness.reviews.decide({ token: harness.card(turnId).token, decision: 'accept' });
  const { decision, problem } = await applied;
  assert.equal(decision, 'accepted', problem);
}

/** The chat is left for another, a copy perhaps, whose turns have the same names. */
function leave(harness: ReviewHarness): void {
  harness.reviews.clear();
  harness.store.publish({ type: 'chat-opened', chat: { id: 'copy', title: '', draft: '' }, turns: [{ id: 'turn-1', question: { text: '', attachments: [] }, items: [], outcome: 'done', usage: undefined, changes: { files: 1, state: 'forgotten', why: 'copy' } }] });
}

const missing = { missing: true } as const;

describe('reverting a turn', () => {
  it('puts back what was edited, deleted and moved, takes away what was made, as one step', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\r\n', 'b.txt': 'b\n', 'c.txt': 'c\n' });
    await change(harness, [edit('a.txt', 'a\n', 'A\n')]);
    await change(harness, [edit('a.txt', 'A\n', 'AA\n'), { kind: 'create', place: place('new.txt', missing), after: 'n\n' }]);
    await change(harness, [{ kind: 'delete', place: place('b.txt'), before: 'b\n' }]);
    await change(harness, [{ kind: 'move', place: place('c.txt'), to: place('d.txt', missing) }]);
    assert.deepEqual(harness.turnChanges(), { files: 4, state: 'kept' });
    const before = harness.documents.applied.length;
    await harness.reviews.revert('turn-1');
    assert.equal(harness.documents.applied.length, before + 1);
    assert.deepEqual(['a.txt', 'b.txt', 'c.txt', 'd.txt', 'new.txt'].map((path) => harness.documents.bytesOf(`/w/${path}`)), ['a\r\n', 'b\n', 'c\n', undefined, undefined]);
    assert.deepEqual(harness.turnChanges(), { files: 4, state: 'reverted' });
    assert.deepEqual(harness.asked, [], 'nobody has edited anything since');
    await harness.reviews.revert('turn-1');
    assert.equal(harness.documents.applied.length, before + 1, 'reverted twice');
  });

  it('puts a deleted file back with its bytes', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\r\n' });
    await change(harness, [{ kind: 'delete', place: place('a.txt'), before: 'a\n' }]);
    await harness.reviews.revert('turn-1');
    const [made] = harness.documents.applied.at(-1) ?? [];
    assert.deepEqual(made?.kind === 'create' && made.bytes, new TextEncoder().encode('a\r\n'));
  });

  it('follows a file through changes of every kind', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n' });
    await change(harness, [{ kind: 'move', place: place('a.txt'), to: place('b.txt', missing) }]);
    await change(harness, [edit('b.txt', 'a\n', 'b\n')]);
    await change(harness, [{ kind: 'create', place: place('a.txt', missing), after: 'new\n' }]);
    await change(harness, [{ kind: 'create', place: place('gone.txt', missing), after: 'x\n' }]);
    await change(harness, [{ kind: 'delete', place: place('gone.txt'), before: 'x\n' }]);
    await change(harness, [{ kind: 'delete', place: place('b.txt'), before: 'b\n' }]);
    await change(harness, [{ kind: 'create', place: place('b.txt', missing), after: 'again\n' }]);
    await harness.reviews.revert('turn-1');
    assert.deepEqual(['a.txt', 'b.txt', 'gone.txt'].map((path) => harness.documents.bytesOf(`/w/${path}`)), ['a\n', undefined, undefined]);
    assert.deepEqual(harness.asked, []);
  });

  it('moves an edited file back with its first text', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n' });
    await change(harness, [edit('a.txt', 'a\n', 'A\n')]);
    await change(harness, [{ kind: 'move', place: place('a.txt'), to: place('b.txt', missing) }]);
    await harness.reviews.revert('turn-1');
    assert.deepEqual(harness.documents.applied.at(-1)?.map(({ kind }) => kind), ['move', 'edit']);
    assert.equal(harness.documents.bytesOf('/w/a.txt'), 'a\n');
  });

  for (const when of ['while the person is asked', 'while the files are looked at', 'while they are written', 'when it fails'] as const) {
    it(`tells nothing to a turn of another chat when its own is left ${when}`, async () => {
      const harness = reviewHarness({ 'a.txt': 'a\n', 'b.txt': 'b\n' });
      await change(harness, [edit('a.txt', 'a\n', 'A\n'), { kind: 'delete', place: place('b.txt'), before: 'b\n' }]);
      harness.answer = () => true;
      if (when === 'while the person is asked') {
        harness.documents.write('/w/a.txt', 'mine\n');
        harness.answer = () => (leave(harness), true);
      } else if (when === 'when it fails') {
        harness.beforeApply = () => {
          leave(harness);
          throw new ApplyError('stale', 'a.txt', 'It is not as it was.');
        };
      } else if (when === 'while they are written') harness.afterApply = () => leave(harness);
      const reverting = harness.reviews.revert('turn-1');
      if (when === 'while the files are looked at') leave(harness);
      await reverting;
      assert.deepEqual(harness.store.state.turns[0]?.items, []);
      assert.deepEqual(harness.turnChanges(), { files: 1, state: 'forgotten', why: 'copy' });
      if (when !== 'while they are written') assert.equal(harness.documents.bytesOf('/w/b.txt'), undefined, 'what was left is written to all the same');
      assert.deepEqual(harness.reviews.news(), []);
    });
  }

  it('names files that were edited since, and restores them only when told to', async () => {
    const given = { 'a.txt': 'a\n', 'b.txt': 'b\n', 'c.txt': 'c\n' };
    const edits = [edit('a.txt', 'a\n', 'A\n'), edit('b.txt', 'b\n', 'B\n'), edit('c.txt', 'c\n', 'C\n')];
    for (const [answers, expected, state] of [
      [[true], ['a\n', 'b\n', 'c\n'], { files: 3, state: 'reverted' }],
      [[false, true], ['mine\n', 'mine\n', 'c\n'], { files: 2, state: 'kept', reverted: 1 }],
      [[false, false], ['mine\n', 'mine\n', 'C\n'], { files: 3, state: 'kept' }],
    ] as const) {
      const harness = reviewHarness(given);
      await change(harness, edits);
      harness.documents.write('/w/a.txt', 'mine\n');
      harness.documents.write('/w/b.txt', 'mine\n');
      const left = [...answers];
      harness.answer = () => left.shift() ?? false;
      await harness.reviews.revert('turn-1');
      assert.match(harness.asked[0] ?? '', /^2 files were edited since the turn.*\na\.txt\nb\.txt\n/);
      assert.deepEqual(['a.txt', 'b.txt', 'c.txt'].map((path) => harness.documents.bytesOf(`/w/${path}`)), expected);
      assert.deepEqual(harness.turnChanges(), state);
    }
  });

  it('knows a later turn that changed the same file for somebody who edited since', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n' });
    await change(harness, [edit('a.txt', 'a\n', 'A\n')]);
    await change(harness, [edit('a.txt', 'A\n', 'AA\n')], 'turn-2');
    await harness.reviews.revert('turn-1');
    assert.match(harness.asked[0] ?? '', /^1 file was edited since/);
    assert.equal(harness.documents.bytesOf('/w/a.txt'), 'AA\n');
    await harness.reviews.revert('turn-2');
    await harness.reviews.revert('turn-1');
    assert.equal(harness.documents.bytesOf('/w/a.txt'), 'a\n');
    assert.deepEqual(harness.turnChanges('turn-2'), { files: 1, state: 'reverted' });
  });

  it('does not take what the editor formatted on save for an edit of the person', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n' });
    harness.format = () => 'A;\n';
    await change(harness, [edit('a.txt', 'a\n', 'A\n')]);
    harness.format = () => undefined;
    await harness.reviews.revert('turn-1');
    assert.deepEqual(harness.asked, []);
    assert.equal(harness.documents.bytesOf('/w/a.txt'), 'a\n');
  });

  it('asks before it takes away what the person typed while the file was being saved', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n' });
    harness.format = () => 'A;\nmine\n';
    const applied = harness.reviews.forTurn('turn-1').review({ changes: [edit('a.txt', 'a\n', 'A\n')] }, never);
    await proposed(harness);
    await harness.reviews.decide({ token: harness.card().token, decision: 'accept' });
    const { problem } = await applied;
    assert.match(problem ?? '', /the editor or the person changed more in a\.txt/);
    assert.doesNotMatch(problem ?? '', /formatted/);
    harness.format = () => undefined;
    await harness.reviews.revert('turn-1');
    assert.match(harness.asked[0] ?? '', /^1 file was edited since the turn/);
    assert.equal(harness.documents.bytesOf('/w/a.txt'), 'A;\nmine\n');
  });

  it('takes blanks, quotes, commas and brackets for a formatter\'s, and any word for a person\'s', () => {
    assert.ok(differInLayoutOnly("call('a', {\n  b: 1,\n})\n", 'call("a", { b: 1 });'));
    assert.ok(!differInLayoutOnly('a = 1', 'a = 12'));
    assert.ok(!differInLayoutOnly('a = 1', 'a = -1'));
  });

  it('says why it could not be done, and can be tried again', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n' });
    await change(harness, [edit('a.txt', 'a\n', 'A\n')]);
    harness.documents.failWith(new ApplyError('read-only', 'a.txt', 'because'));
    await harness.reviews.revert('turn-1');
    const notice = harness.store.state.turns[0]?.items.at(-1);
    assert.equal(notice?.kind === 'notice' && notice.text.message, '{0} is read-only.');
    assert.deepEqual(harness.turnChanges(), { files: 1, state: 'kept' });
    harness.documents.failWith(undefined);
    await harness.reviews.revert('turn-1');
    assert.equal(harness.documents.bytesOf('/w/a.txt'), 'a\n');
  });

  it('happens once when it is asked for twice at the same time', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n' });
    await change(harness, [edit('a.txt', 'a\n', 'A\n')]);
    await Promise.all([harness.reviews.revert('turn-1'), harness.reviews.revert('turn-1')]);
    assert.equal(harness.documents.applied.length, 2);
    assert.equal(harness.store.state.turns[0]?.items.filter(({ kind }) => kind === 'notice').length, 0);
  });

  it('is not possible either for what was being applied when the chat ended', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n' });
    harness.format = () => {
      harness.reviews.clear();
      return undefined;
    };
    const applied = harness.reviews.forTurn('turn-1').review({ changes: [edit('a.txt', 'a\n', 'A\n')] }, never);
    await proposed(harness);
    await harness.reviews.decide({ token: harness.card().token, decision: 'accept' });
    assert.equal((await applied).decision, 'accepted', 'it was too late to stop it, and it is not said otherwise');
    await harness.reviews.revert('turn-1');
    assert.equal(harness.documents.bytesOf('/w/a.txt'), 'A\n');
  });

  it('is not possible any more when the chat is over', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n' });
    await change(harness, [edit('a.txt', 'a\n', 'A\n')]);
    harness.reviews.clear();
    await harness.reviews.revert('turn-1');
    assert.equal(harness.documents.bytesOf('/w/a.txt'), 'A\n');
  });
});
