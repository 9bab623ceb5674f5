import assert from 'node:assert/strict';
import type { ReviewOutcome } from '../../src/core/agent/person.ts';
import type { FileChange } from '../../src/core/edits/change.ts';
import { ApplyError } from '../../src/core/editor/documents.ts';
import { edit, place, proposed, reviewHarness, words, type ReviewHarness } from './support/reviewHarness.ts';

const missing = { missing: true } as const;

async function accept(harness: ReviewHarness, changes: readonly FileChange[], signal = new AbortController().signal): Promise<ReviewOutcome | 'stopped'> {
  const outcome = harness.reviews.forTurn('turn-1').review({ changes }, signal).catch(() => 'stopped' as const);
  await proposed(harness);
  await harness.reviews.decide({ token: harness.card().token, decision: 'accept' });
  return outcome;
}

const given = { 'a.txt': 'a\r\n', 'b.txt': 'b\n', 'c.txt': 'c\n' };
const changes: readonly FileChange[] = [
  { kind: 'delete', place: place('a.txt'), before: 'a\n' },
  { kind: 'move', place: place('b.txt'), to: place('d.txt', missing) },
  edit('c.txt', 'c\n', 'C\n'),
];

describe('changes of several files of which the editor made only a part', () => {
  it('are told as what they are, to the model and to the person', async () => {
    const harness = reviewHarness(given);
    harness.documents.breakAfter(2);
    const outcome = await accept(harness, changes);
    assert.ok(outcome !== 'stopped');
    assert.equal(outcome.decision, 'failed');
    assert.match(outcome.problem ?? '', /^Only a part of it was made: a\.txt, b\.txt → d\.txt\. Not made: c\.txt\. .*only what is missing/);
    assert.doesNotMatch(outcome.problem ?? '', /Nothing was changed/);
    assert.deepEqual(outcome.files.map(({ applied }) => applied), [1, 1, 0]);
    const { status, files, note } = harness.card();
    assert.equal(status, 'failed');
    assert.equal(note === undefined ? '' : words(note), 'Only a part was made: a.txt, b.txt → d.txt. Not made: c.txt.');
    assert.deepEqual(files.map(({ decision, hunks }) => hunks[0]?.decision ?? decision), ['accepted', 'accepted', 'open']);
  });

  it('can be reverted as far as they were made', async () => {
    const harness = reviewHarness(given);
    harness.documents.breakAfter(2);
    await accept(harness, changes);
    assert.deepEqual(harness.turnChanges(), { files: 2, state: 'kept' });
    await harness.reviews.revert('turn-1');
    assert.deepEqual(['b.txt', 'c.txt', 'd.txt'].map((path) => harness.documents.bytesOf(`/w/${path}`)), ['b\n', 'c\n', undefined]);
    const made = harness.documents.applied.at(-1)?.find(({ kind }) => kind === 'create');
    assert.deepEqual(made?.kind === 'create' && made.bytes, new TextEncoder().encode('a\r\n'), 'with the bytes of the file that was deleted');
    assert.deepEqual(harness.turnChanges(), { files: 2, state: 'reverted' });
  });

  it('are put back with their bytes, wherever they stood among the changes', async () => {
    const harness = reviewHarness(given);
    const { documents } = harness;
    const apply = documents.apply.bind(documents);
    documents.apply = async (all, signal) => {
      documents.apply = apply;
      const made = all.filter(({ kind }) => kind === 'delete');
      await apply(made, signal);
      throw new ApplyError('refused', 'c.txt', 'because', made);
    };
    await accept(harness, changes.toReversed());
    await harness.reviews.revert('turn-1');
    const [made] = harness.documents.applied.at(-1) ?? [];
    assert.deepEqual(made?.kind === 'create' && made.bytes, new TextEncoder().encode('a\r\n'));
  });

  it('are told also when the turn was stopped meanwhile', async () => {
    const harness = reviewHarness(given);
    const controller = new AbortController();
    harness.documents.breakAfter(2);
    const apply = harness.documents.apply.bind(harness.documents);
    harness.documents.apply = async (all, signal) => {
      try {
        await apply(all, signal);
      } finally {
        controller.abort();
      }
    };
    assert.equal(await accept(harness, changes, controller.signal), 'stopped');
    assert.match(harness.reviews.news().join(), /stopped the turn while .*Only a part of it was made: a\.txt/);
    assert.deepEqual(harness.turnChanges(), { files: 2, state: 'kept' });
  });
});

describe('a revert of which the editor made only a part', () => {
  it('leaves the rest to be reverted, and says both', async () => {
    const harness = reviewHarness(given);
    await accept(harness, changes);
    harness.documents.breakAfter(2);
    await harness.reviews.revert('turn-1');
    assert.deepEqual(harness.turnChanges(), { files: 1, state: 'kept', reverted: 2 });
    const notice = harness.store.state.turns[0]?.items.at(-1);
    assert.equal(notice?.kind === 'notice' ? words(notice.text) : '', 'Only a part was made: d.txt → b.txt, a.txt. Not made: c.txt.');
    assert.match(harness.reviews.news().join(), /taken back what was changed before: d\.txt, a\.txt\./);
    await harness.reviews.revert('turn-1');
    assert.deepEqual(['a.txt', 'b.txt', 'c.txt'].map((path) => harness.documents.bytesOf(`/w/${path}`)), ['a\n', 'b\n', 'c\n']);
    assert.deepEqual(harness.turnChanges(), { files: 3, state: 'reverted' });
  });

  it('counts as made when only saving failed, and the person is told to save', async () => {
    const harness = reviewHarness(given);
    await accept(harness, [edit('c.txt', 'c\n', 'C\n')]);
    harness.afterApply = () => {
      throw new ApplyError('not-saved', 'c.txt', 'because');
    };
    await harness.reviews.revert('turn-1');
    assert.equal(harness.documents.bytesOf('/w/c.txt'), 'c\n');
    assert.deepEqual(harness.turnChanges(), { files: 1, state: 'reverted' });
    assert.match(harness.reviews.news().join(), /taken back what was changed before: c\.txt\./);
    const notice = harness.store.state.turns[0]?.items.at(-1);
    assert.match(notice?.kind === 'notice' ? words(notice.text) : '', /c\.txt is changed, but could not be saved/);
  });
});
