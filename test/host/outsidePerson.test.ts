import assert from 'node:assert/strict';
import type { ReviewOutcome } from '../../src/core/agent/person.ts';
import type { FileChange } from '../../src/core/edits/change.ts';
import { createOutsidePerson } from '../../src/host/languageModelTools/outsidePerson.ts';
import { edit, place, reviewHarness, settled, type ReviewHarness } from '../unit/support/reviewHarness.ts';
import { reset } from './fakeVscode.ts';

const never = new AbortController().signal;
const tooLarge = 9 * 1024 * 1024;
const move: FileChange = { kind: 'move', place: place('a.ts'), to: place('a.json', { missing: true }) };
const deletion: FileChange = { kind: 'delete', place: place('big.bin'), before: undefined };
const empty: FileChange = { kind: 'create', place: place('empty.ts', { missing: true }), after: '' };

/** What another agent proposes, and the reviews that were shown in an editor. */
function outside(changes: readonly FileChange[], prepare: (harness: ReviewHarness) => void = () => undefined): { readonly harness: ReviewHarness; readonly outcome: Promise<ReviewOutcome>; readonly shown: readonly string[] } {
  const harness = reviewHarness({ 'a.ts': 'one\n', 'b.ts': 'b\n', 'big.bin': { binary: true } }, [], { alsoWhole: true });
  prepare(harness);
  const shown: string[] = [];
  const person = createOutsidePerson({ reviews: harness.reviews, changes: { proposed: () => undefined }, confirm: async () => false, show: async (token) => void shown.push(token) });
  return { harness, outcome: person.review({ changes }, never), shown };
}

describe('what another agent would do to whole files', () => {
  beforeEach(reset);

  for (const [what, change] of [['a move', move], ['a deletion', deletion], ['an empty file', empty]] as const) {
    it(`is asked about once in a dialog, and made after a yes only: ${what}`, async () => {
      for (const yes of [false, true]) {
        const { harness, outcome, shown } = outside([change], (prepared) => void (prepared.answer = () => yes));
        assert.equal((await outcome).decision, yes ? 'accepted' : 'rejected');
        assert.equal(harness.asked.length, 1);
        assert.equal(harness.documents.applied.length, yes ? 1 : 0);
        assert.deepEqual(shown, []);
      }
    });
  }

  it('is asked about also when there is more to say of it at one look than at the other', async () => {
    for (const worseFrom of [1, 2, 3, 4]) {
      let looks = 0;
      const { harness, outcome } = outside([deletion], ({ sizes }) => {
        sizes.get = () => ((looks += 1) >= worseFrom ? tooLarge : 1);
      });
      assert.equal((await outcome).decision, 'rejected');
      assert.equal(harness.asked.length, 1, `worse from look ${worseFrom}`);
      assert.deepEqual(harness.documents.applied, []);
    }
  });

  it('waits for what is decided in the editor beside it, and goes with all of that when it is rejected', async () => {
    for (const decision of ['accept', 'reject'] as const) {
      const { harness, outcome, shown } = outside([edit('b.ts', 'b\n', 'B\n'), move]);
      await settled();
      assert.deepEqual([shown.length, harness.asked.length], [1, 0]);
      await harness.reviews.decide({ token: shown[0] ?? '', file: 0, decision });
      assert.equal((await outcome).decision, decision === 'accept' ? 'partly' : 'rejected');
      assert.equal(harness.asked.length, decision === 'accept' ? 1 : 0);
      assert.deepEqual(harness.documents.applied.flat().map(({ kind }) => kind), decision === 'accept' ? ['edit'] : []);
    }
  });

  it('goes with what was put off when that is decided at last', async () => {
    for (const decision of ['accept', 'reject'] as const) {
      const { harness, outcome, shown } = outside([edit('b.ts', 'b\n', 'B\n'), move], (prepared) => void (prepared.answer = () => true));
      await settled();
      await harness.reviews.decide({ token: shown[0] ?? '', decision: 'later' });
      assert.equal((await outcome).decision, 'later');
      await harness.reviews.decide({ token: shown[0] ?? '', file: 0, decision });
      await settled();
      assert.deepEqual(harness.reviews.pending(), [], 'it waits for ever');
      assert.deepEqual(harness.documents.applied.flat().map(({ kind }) => kind), decision === 'accept' ? ['edit', 'move'] : []);
    }
  });

  it('is not made by a yes to everything in an editor alone', async () => {
    const { harness, outcome, shown } = outside([edit('b.ts', 'b\n', 'B\n'), move]);
    await settled();
    await harness.reviews.decide({ token: shown[0] ?? '', decision: 'accept' });
    assert.equal((await outcome).decision, 'partly');
    assert.equal(harness.asked.length, 1);
  });
});
