import assert from 'node:assert/strict';
import type { ReviewOutcome } from '../../src/core/agent/person.ts';
import type { FileChange } from '../../src/core/edits/change.ts';
import { createOutsidePerson } from '../../src/host/languageModelTools/outsidePerson.ts';
import { say } from '../../src/protocol/localText.ts';
import type { Confirmation } from '../../src/core/reviews/reviews.ts';
import { edit, place, reviewHarness, settled, type ReviewHarness } from '../unit/support/reviewHarness.ts';
import { reset } from './fakeVscode.ts';

const never = new AbortController().signal;
const tooLarge = 9 * 1024 * 1024;
const move: FileChange = { kind: 'move', place: place('a.ts'), to: place('a.json', { missing: true }) };
const deletion: FileChange = { kind: 'delete', place: place('big.bin'), before: undefined };
const empty: FileChange = { kind: 'create', place: place('empty.ts', { missing: true }), after: '' };

/** What another agent proposes, and the reviews that were shown in an editor. */
function outside(changes: readonly FileChange[], prepare: (harness: ReviewHarness) => void = () => undefined): { readonly harness: ReviewHarness; readonly outcome: Promise<ReviewOutcome>; readonly shown: readonly string[] } {
  const harness = reviewHarness({ 'a.ts': 'one\n', 'b.ts': 'b\n', 'big.bin': { binary: true } }, [], { outside: true });
  prepare(harness);
  const shown: string[] = [];
  const person = createOutsidePerson({ reviews: harness.reviews, confirm: async () => false, show: async (token) => void shown.push(token) });
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
      const { harness, outcome, shown } = outside([edit('b.ts', 'b\n', 'B\n'), move], (prepared) => void (prepared.answer = (question) => question.startsWith('Let the model change b.ts?')));
      await settled();
      assert.deepEqual([shown.length, harness.asked.length], [1, 0]);
      await harness.reviews.decide({ token: shown[0] ?? '', file: 0, decision });
      assert.equal((await outcome).decision, decision === 'accept' ? 'partly' : 'rejected');
      assert.equal(harness.asked.length, decision === 'accept' ? 2 : 0);
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
    assert.equal((await outcome).decision, 'rejected');
    assert.equal(harness.asked.length, 1);
    assert.deepEqual(harness.documents.applied, []);
  });

  it('is followed no longer once what was put off is over', async () => {
    let listening = 0;
    const text = 'b\n2\n3\n4\n5\n';
    const { harness, outcome, shown } = outside([edit('b.ts', text, text.replace('b', 'B'))], (prepared) => {
      prepared.documents.write('/w/b.ts', text);
      const onDidChange = prepared.reviews.onDidChange.bind(prepared.reviews);
      prepared.answer = () => true;
      prepared.reviews.onDidChange = (listener) => {
        const stop = onDidChange(listener);
        listening += 1;
        return () => {
          stop();
          listening -= 1;
        };
      };
    });
    await settled();
    await harness.reviews.decide({ token: shown[0] ?? '', decision: 'later' });
    assert.equal((await outcome).decision, 'later');
    await settled();
    assert.equal(listening, 1, 'nobody follows what waits');
    // It has to be looked at again, which comes behind its being applied.
    harness.documents.write('/w/b.ts', `${text}6\n`);
    await harness.reviews.decide({ token: shown[0] ?? '', decision: 'accept' });
    await settled();
    assert.deepEqual([listening, harness.reviews.pending().length], [1, 1]);
    for (const { token } of harness.reviews.pending()) await harness.reviews.decide({ token, decision: 'accept' });
    await settled();
    assert.deepEqual([listening, harness.documents.bytesOf('/w/b.ts')], [0, `${text.replace('b', 'B')}6\n`]);
  });
});

describe('what another agent would change in files that the editors show', () => {
  beforeEach(reset);

  it('is made by no command alone: one dialog, which says who asks, names the files and takes a no', async () => {
    for (const yes of [false, true]) {
      const { harness, outcome, shown } = outside([edit('a.ts', 'one\n', 'ONE\n'), edit('b.ts', 'b\n', 'B\n')], (prepared) => void (prepared.answer = () => yes));
      await settled();
      for (const file of [0, 1]) await harness.reviews.decide({ token: shown[0] ?? '', file, decision: 'accept' });
      assert.equal((await outcome).decision, yes ? 'accepted' : 'rejected');
      assert.deepEqual(harness.asked, ['Let the model make these changes in 2 files?\nAnother agent asks, through a tool of Rivulet.\na.ts\nb.ts']);
      assert.equal(harness.documents.applied.flat().length, yes ? 2 : 0);
    }
  });

  it('asks nothing of what is rejected, and only of the file that is not', async () => {
    const { harness, outcome, shown } = outside([edit('a.ts', 'one\n', 'ONE\n'), edit('b.ts', 'b\n', 'B\n')], (prepared) => void (prepared.answer = () => true));
    await settled();
    await harness.reviews.decide({ token: shown[0] ?? '', file: 0, decision: 'reject' });
    assert.equal(harness.asked.length, 0);
    await harness.reviews.decide({ token: shown[0] ?? '', file: 1, decision: 'accept' });
    assert.equal((await outcome).decision, 'partly');
    assert.deepEqual(harness.asked.map((question) => question.split('\n')[0]), ['Let the model change b.ts?']);
  });
});

describe('what another agent would look at', () => {
  beforeEach(reset);

  it('is no longer asked about after three No, so that its dialogs do not hold the window', async () => {
    const asked: Confirmation[] = [];
    const confirm = async (one: Confirmation): Promise<boolean> => (asked.push(one), false);
    const person = createOutsidePerson({ reviews: reviewHarness({}, [], { outside: true }).reviews, confirm, show: async () => undefined });
    const question = { text: say('Let the model read {0}?', '.env'), reasons: [] };
    for (let time = 0; time < 5; time += 1) assert.equal(await person.allows(question, never), false);
    assert.equal(asked.length, 3);
  });
});
