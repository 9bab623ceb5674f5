import assert from 'node:assert/strict';
import type { Person, ReviewOutcome } from '../../src/core/agent/person.ts';
import type { FileChange } from '../../src/core/edits/change.ts';
import { ApplyError } from '../../src/core/editor/documents.ts';
import { edit, place, proposed, reviewHarness, settled, words, type ReviewHarness } from './support/reviewHarness.ts';

const letters = 'a\nb\nc\nd\ne\nf\ng\nh\n';
const twoHunks = letters.replace('b', 'B').replace('g', 'G');
const never = new AbortController().signal;

/** Proposes and waits until the card is there. */
async function propose(harness: ReviewHarness, changes: readonly FileChange[], { signal = never, turnId = 'turn-1' } = {}): Promise<{ readonly outcome: Promise<ReviewOutcome> }> {
  const person: Person = harness.reviews.forTurn(turnId);
  const outcome = person.review({ changes }, signal);
  outcome.catch(() => undefined);
  await settled();
  return { outcome };
}

describe('a review', () => {
  it('shows hunks, applies exactly the accepted ones as one step, and tells the model the rejected lines', async () => {
    const harness = reviewHarness({ 'a.txt': letters });
    const { outcome } = await propose(harness, [edit('a.txt', letters, twoHunks)]);
    const { token, status, files, id } = harness.card();
    assert.equal(id, 'turn-1.review-1');
    assert.equal(status, 'open');
    assert.deepEqual(files.map(({ path, added, removed, hunks }) => [path, added, removed, hunks.length]), [['a.txt', 2, 2, 2]]);
    await harness.reviews.decide({ token, decision: 'accept', file: 0, hunk: 0 });
    assert.deepEqual(harness.documents.applied, [], 'applied before everything was decided');
    assert.equal(harness.card().token, token, 'what is shown has not changed');
    await harness.reviews.decide({ token, decision: 'reject', file: 0, hunk: 1 });
    assert.equal(harness.documents.bytesOf('/w/a.txt'), letters.replace('b', 'B'));
    assert.equal(harness.documents.applied.length, 1);
    assert.deepEqual(await outcome, { decision: 'partly', problem: undefined, files: [{ display: 'a.txt', applied: 1, rejected: ['G'] }] });
    assert.deepEqual(harness.card().files[0]?.hunks.map(({ decision }) => decision), ['accepted', 'rejected']);
    assert.equal(harness.card().status, 'done');
    assert.deepEqual(harness.turnChanges(), { files: 1, state: 'kept' });
  });

  it('applies several files together, and leaves out a file that was rejected', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n', 'b.txt': 'b\n' });
    const { outcome } = await propose(harness, [edit('a.txt', 'a\n', 'A\n'), edit('b.txt', 'b\n', 'B\n'), { kind: 'create', place: place('c.txt', { missing: true }), after: 'c\n' }]);
    const { token } = harness.card();
    await harness.reviews.decide({ token, decision: 'reject', file: 1 });
    await harness.reviews.decide({ token, decision: 'accept' });
    assert.deepEqual(harness.documents.applied.map((changes) => changes.map(({ kind, place: { display } }) => `${kind} ${display}`)), [['edit a.txt', 'create c.txt']]);
    assert.equal((await outcome).decision, 'partly');
  });

  it('changes nothing when all is rejected', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n' });
    const { outcome } = await propose(harness, [edit('a.txt', 'a\n', 'A\n')]);
    await harness.reviews.decide({ token: harness.card().token, decision: 'reject' });
    assert.deepEqual(await outcome, { decision: 'rejected', problem: undefined, files: [{ display: 'a.txt', applied: 0, rejected: ['A'] }] });
    assert.deepEqual(harness.documents.applied, []);
    assert.equal(harness.turnChanges(), undefined);
  });

  it('answers the tool when it is put off, and applies when it is decided afterwards', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n' });
    const controller = new AbortController();
    const { outcome } = await propose(harness, [edit('a.txt', 'a\n', 'A\n')], { signal: controller.signal });
    const { token } = harness.card();
    await harness.reviews.decide({ token, decision: 'later' });
    assert.equal((await outcome).decision, 'later');
    assert.equal(harness.card().status, 'later');
    controller.abort();
    harness.runOut();
    assert.equal(harness.reviews.pending().length, 1, 'neither the end of the turn nor time decides it');
    await harness.reviews.decide({ token, decision: 'accept' });
    assert.equal(harness.documents.bytesOf('/w/a.txt'), 'A\n');
    assert.equal(harness.card().status, 'done');
    assert.deepEqual(harness.reviews.pending(), []);
  });

  it('lets a question follow one that was put off, but not one that is open', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n', 'b.txt': 'b\n' });
    await propose(harness, [edit('a.txt', 'a\n', 'A\n')]);
    await propose(harness, [edit('b.txt', 'b\n', 'B\n')]);
    assert.equal(harness.reviews.pending().length, 1);
    await harness.reviews.decide({ token: harness.card().token, decision: 'later' });
    await settled();
    assert.deepEqual(harness.reviews.pending().map(({ files }) => files[0]?.change.place.display), ['a.txt', 'b.txt']);
    assert.equal(harness.card().id, 'turn-1.review-2');
  });

  it('is declined when the turn is stopped, and throws the reason', async () => {
    const harness = reviewHarness({ 'a.txt': letters });
    const controller = new AbortController();
    const { outcome } = await propose(harness, [edit('a.txt', letters, twoHunks)], { signal: controller.signal });
    const { token } = harness.card();
    await harness.reviews.decide({ token, decision: 'accept', file: 0, hunk: 0 });
    controller.abort(new Error('stopped'));
    await assert.rejects(outcome, /stopped/);
    await harness.reviews.decide({ token, decision: 'accept' });
    assert.deepEqual(harness.documents.applied, []);
    assert.deepEqual(harness.card().files[0]?.hunks.map(({ decision }) => decision), ['rejected', 'rejected']);
  });

  it('ends unanswered when nobody decides in time', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n' });
    const { outcome } = await propose(harness, [edit('a.txt', 'a\n', 'A\n')]);
    harness.runOut();
    assert.equal((await outcome).decision, 'unanswered');
    assert.equal(harness.card().status, 'unanswered');
    await harness.reviews.decide({ token: harness.card().token, decision: 'accept' });
    assert.deepEqual(harness.documents.applied, []);
    assert.equal(harness.timers, 0);
  });

  it('ends unanswered with all others when the panel is closed, also when it was put off or waits for its turn', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n', 'b.txt': 'b\n', 'c.txt': 'c\n' });
    await propose(harness, [edit('a.txt', 'a\n', 'A\n')]);
    await harness.reviews.decide({ token: harness.card().token, decision: 'later' });
    const { outcome: open } = await propose(harness, [edit('b.txt', 'b\n', 'B\n')]);
    const { outcome: waiting } = await propose(harness, [edit('c.txt', 'c\n', 'C\n')]);
    harness.reviews.declineAll();
    assert.deepEqual([(await open).decision, (await waiting).decision], ['unanswered', 'unanswered']);
    assert.deepEqual(harness.reviews.pending(), []);
    await settled();
    assert.equal(harness.timers, 0);
  });

  it('shows a part of what is many, and decides the rest with it', async () => {
    const paths = Array.from({ length: 25 }, (_, index) => `f${index}.txt`);
    const many = Array.from({ length: 300 }, (_, index) => String(index));
    const before = `${many.join('\n')}\n`;
    const after = `${many.map((line, index) => (index % 6 === 3 ? `${line}!` : line)).join('\n')}\n`;
    const harness = reviewHarness(Object.fromEntries(paths.map((path) => [path, before])));
    const { outcome } = await propose(harness, paths.map((path) => edit(path, before, after)));
    await proposed(harness);
    const card = harness.card();
    assert.deepEqual([card.files.length, card.moreFiles, card.files[0]?.hunks.length, card.files[0]?.moreHunks], [20, 5, 40, 10]);
    await harness.reviews.decide({ token: card.token, decision: 'accept' });
    assert.deepEqual(paths.map((path) => harness.documents.bytesOf(`/w/${path}`)), paths.map(() => after));
    assert.equal((await outcome).files.length, 25);
  });

  it('does not ask about a change that changes nothing', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n' });
    const { outcome } = await propose(harness, [edit('a.txt', 'a\n', 'a\n')]);
    assert.match((await outcome).problem ?? '', /already/);
    assert.throws(() => harness.card());
  });

  it('tells the model when the editor formatted the text on save', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n' });
    harness.format = () => 'A;\n';
    const { outcome } = await propose(harness, [edit('a.txt', 'a\n', 'A\n')]);
    await harness.reviews.decide({ token: harness.card().token, decision: 'accept' });
    assert.equal((await outcome).decision, 'accepted');
    assert.match((await outcome).problem ?? '', /formatted a\.txt on save/);
  });

  it('says why it could not be applied, to the model and to the person', async () => {
    for (const reason of ['stale', 'read-only', 'exists', 'missing', 'binary', 'refused'] as const) {
      const harness = reviewHarness({ 'a.txt': 'a\n' });
      const { outcome } = await propose(harness, [edit('a.txt', 'a\n', 'A\n')]);
      harness.documents.failWith(new ApplyError(reason, 'a.txt', 'because'));
      await harness.reviews.decide({ token: harness.card().token, decision: 'accept' });
      assert.equal((await outcome).decision, 'failed', reason);
      assert.match((await outcome).problem ?? '', /^Nothing was changed: a\.txt/);
      assert.equal(harness.card().status, 'failed');
      assert.match(words(harness.card().note ?? { message: '', args: [] }), /a\.txt/);
      assert.equal(harness.turnChanges(), undefined);
    }
  });

  it('counts as applied when only saving failed, and says so', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n' });
    const { outcome } = await propose(harness, [edit('a.txt', 'a\n', 'A\n')]);
    harness.documents.failWith(new ApplyError('not-saved', 'a.txt', 'because'));
    await harness.reviews.decide({ token: harness.card().token, decision: 'accept' });
    assert.equal((await outcome).decision, 'accepted');
    assert.match((await outcome).problem ?? '', /could not be saved/);
    assert.deepEqual(harness.turnChanges(), { files: 1, state: 'kept' });
  });
});

describe('a review of a file that has changed since', () => {
  it('is moved with its lines, shown anew under another token with all open again, and only then applied', async () => {
    const harness = reviewHarness({ 'a.txt': letters });
    const { outcome } = await propose(harness, [edit('a.txt', letters, twoHunks)]);
    const first = harness.card();
    harness.documents.write('/w/a.txt', `new\n${letters}`);
    await harness.reviews.decide({ token: first.token, decision: 'accept' });
    const second = harness.card();
    assert.equal(second.status, 'open');
    assert.notEqual(second.token, first.token);
    assert.equal(words(second.note ?? { message: '', args: [] }), 'The file has changed since; look at it again.');
    assert.deepEqual(second.files[0]?.hunks.map(({ decision }) => decision), ['open', 'open']);
    assert.equal(harness.documents.bytesOf('/w/a.txt'), `new\n${letters}`);
    await harness.reviews.decide({ token: first.token, decision: 'accept' });
    assert.deepEqual(harness.documents.applied, [], 'an old token decides nothing');
    await harness.reviews.decide({ token: second.token, decision: 'accept' });
    assert.equal(harness.documents.bytesOf('/w/a.txt'), `new\n${twoHunks}`);
    assert.equal((await outcome).decision, 'accepted');
  });

  it('fails when somebody else changed the same lines, with the present lines for the model', async () => {
    const harness = reviewHarness({ 'a.txt': letters });
    const { outcome } = await propose(harness, [edit('a.txt', letters, twoHunks)]);
    const other = letters.replace('g', 'other\u202E');
    harness.documents.write('/w/a.txt', other);
    await harness.reviews.decide({ token: harness.card().token, decision: 'accept' });
    assert.equal(harness.card().status, 'failed');
    const problem = (await outcome).problem ?? '';
    assert.match(problem, /read_file/);
    assert.match(problem, /7\tother\\u\{202E\}/);
    assert.equal(harness.documents.bytesOf('/w/a.txt'), other);
  });

  it('is asked again also when it was put off, and then waits without end', async () => {
    const harness = reviewHarness({ 'a.txt': letters });
    const { outcome } = await propose(harness, [edit('a.txt', letters, twoHunks)]);
    const { token } = harness.card();
    await harness.reviews.decide({ token, decision: 'later' });
    harness.documents.write('/w/a.txt', `new\n${letters}`);
    await harness.reviews.decide({ token, decision: 'accept' });
    assert.equal(harness.card().status, 'later');
    assert.equal(harness.timers, 0);
    await harness.reviews.decide({ token: harness.card().token, decision: 'accept' });
    assert.equal(harness.documents.bytesOf('/w/a.txt'), `new\n${twoHunks}`);
    assert.equal((await outcome).decision, 'later');
  });

  it('is not asked again for ever when nothing can be seen to have changed', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n' });
    const { outcome } = await propose(harness, [edit('a.txt', 'a\n', 'A\n'), { kind: 'create', place: place('b.txt', { missing: true }), after: 'b\n' }]);
    harness.documents.failWith(new ApplyError('changed', 'a.txt', 'because'));
    await harness.reviews.decide({ token: harness.card().token, decision: 'accept' });
    assert.equal(harness.card().status, 'failed');
    assert.equal((await outcome).decision, 'failed');
    assert.match((await outcome).problem ?? '', /^Nothing was changed: a\.txt is not what it was/);
    assert.deepEqual(harness.reviews.pending(), []);
  });

  it('fails when a link has been put in its way meanwhile', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n' });
    const { outcome } = await propose(harness, [edit('a.txt', 'a\n', 'A\n')]);
    harness.moved.set('/w/a.txt', '/home/lin/.ssh/authorized_keys');
    await harness.reviews.decide({ token: harness.card().token, decision: 'accept' });
    assert.equal((await outcome).decision, 'failed');
    assert.deepEqual(harness.documents.applied, []);
  });
});
