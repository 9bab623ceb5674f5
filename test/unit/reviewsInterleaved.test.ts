import assert from 'node:assert/strict';
import type { ReviewOutcome } from '../../src/core/agent/person.ts';
import { applyHunks, hunksOf } from '../../src/core/edits/hunks.ts';
import type { FileChange } from '../../src/core/edits/change.ts';
import { edit, proposed, reviewHarness, sensitivePlace, type ReviewHarness } from './support/reviewHarness.ts';

const before = 'a\nb\nc\nd\ne\nf\ng\nh\n';
const after = before.replace('b', 'B').replace('g', 'G');

/** Numbers from 0 to below `limit`, the same for the same seed. */
function random(seed: number): (limit: number) => number {
  let state = seed * 2654435761 + 1;
  return (limit) => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 3266489917) >>> 0;
    return (state >>> 8) % limit;
  };
}

interface Run {
  readonly harness: ReviewHarness;
  readonly outcome: Promise<ReviewOutcome | 'stopped'>;
  readonly shown: ReadonlySet<string>;
}

/** One review of two files, and a dozen things that happen to it at once, as a panel, an editor, a clock and another program would do. */
async function play(seed: number): Promise<Run> {
  const next = random(seed);
  const harness = reviewHarness({ 'a.txt': before, 'b.txt': before });
  const controller = new AbortController();
  const pause = async (): Promise<void> => {
    for (let count = next(6); count > 0; count -= 1) await Promise.resolve();
  };
  harness.answer = async () => (await pause(), next(3) > 0);
  harness.beforeApply = pause;
  const changes: readonly FileChange[] = [edit('a.txt', before, after), next(2) === 0 ? edit('b.txt', before, after) : { kind: 'edit', place: sensitivePlace('b.txt'), before, after }];
  const outcome = harness.reviews.forTurn('turn-1').review({ changes }, controller.signal).catch(() => 'stopped' as const);
  await proposed(harness);
  const shown = new Set<string>();
  const happening: Promise<void>[] = [];
  for (let step = 0; step < 14; step += 1) {
    await pause();
    const token = next(5) === 0 ? 'none' : harness.card().token;
    const decision = (['accept', 'accept', 'reject', 'later'] as const)[next(4)] ?? 'accept';
    const what = next(24);
    if (what < 9) happening.push(harness.reviews.decide({ token, decision: decision === 'later' ? 'accept' : decision, file: next(3), hunk: next(3) }));
    else if (what < 14) happening.push(harness.reviews.decide({ token, decision, file: next(2) }));
    else if (what < 20) happening.push(harness.reviews.decide({ token, decision }), harness.reviews.decide({ token, decision: 'reject' }));
    else if (what === 20 && harness.documents.applied.length === 0) harness.documents.write('/w/a.txt', `new ${step}\n${harness.documents.bytesOf('/w/a.txt') ?? ''}`);
    else if (what === 21) harness.runOut();
    else if (what === 22) controller.abort(new Error('stopped'));
    else if (what === 23) harness.reviews.declineAll();
  }
  await Promise.all(happening);
  harness.reviews.declineAll();
  await Promise.all([outcome, new Promise((resolve) => setImmediate(resolve))]);
  for (const change of harness.changes) {
    if ((change.type === 'item-added' || change.type === 'item-changed') && change.item.kind === 'review') shown.add(change.item.token);
  }
  return { harness, outcome, shown };
}

/** Every text that the accepted among the hunks can make of a text, with something in front that another program wrote. */
function possible(text: string): boolean {
  const body = text.replace(/^(new \d+\n)*/, '');
  const hunks = hunksOf(before, after);
  return [[], [0], [1], [0, 1]].some((chosen) => applyHunks(before, hunks.filter((_, index) => chosen.includes(index))) === body);
}

describe('a review that everybody works on at once', () => {
  it('applies what was accepted at most once, says what really happened, and leaves nothing waiting', async () => {
    const seen = new Map<string, number>();
    let renewed = 0;
    for (let seed = 1; seed <= 1500; seed += 1) {
      const { harness, outcome, shown } = await play(seed);
      const result = await outcome;
      const name = `seed ${seed}`;
      const decision = result === 'stopped' ? result : result.decision;
      seen.set(decision, (seen.get(decision) ?? 0) + 1);
      if (shown.size > 1) renewed += 1;

      assert.ok(harness.documents.applied.length <= 1, `${name}: applied ${harness.documents.applied.length} times`);
      const card = harness.card();
      assert.ok(['done', 'unanswered', 'failed'].includes(card.status), `${name}: ends as ${card.status}`);
      assert.deepEqual(harness.reviews.pending(), [], name);
      assert.equal(harness.timers, 0, name);

      const accepted = card.files.map(({ hunks }) => hunks.map(({ decision: one }) => one === 'accepted'));
      const texts = ['/w/a.txt', '/w/b.txt'].map((path) => harness.documents.bytesOf(path) ?? '');
      assert.ok(texts.every(possible), `${name}: ${JSON.stringify(texts)}`);
      const isApplied = harness.documents.applied.length === 1;
      if (isApplied) {
        assert.equal(card.status, 'done', name);
        // The card shows exactly what is in the files.
        assert.deepEqual(texts.map((text) => [text.includes('B'), text.includes('G')]), accepted, name);
      } else assert.ok(texts.every((text) => !/[BG]/.test(text)), name);
      if (decision === 'accepted' || decision === 'partly') assert.ok(isApplied, name);
      if (decision === 'rejected' || decision === 'unanswered' || decision === 'failed') assert.ok(!isApplied, name);
      if (result !== 'stopped' && isApplied && decision !== 'later') assert.deepEqual(result.files.map(({ applied }) => applied), accepted.map((one) => one.filter(Boolean).length), name);
      assert.deepEqual(harness.turnChanges(), isApplied ? { files: accepted.filter((one) => one.includes(true)).length, state: 'kept' } : undefined, name);
    }
    // The test has been everywhere.
    for (const decision of ['accepted', 'partly', 'rejected', 'later', 'unanswered', 'stopped']) assert.ok((seen.get(decision) ?? 0) > 10, `${decision}: ${JSON.stringify([...seen])}`);
    assert.ok(renewed > 10, `renewed ${renewed} times`);
  }).timeout(20_000);
});
