import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import type { FileChange } from '../../../src/core/edits/change.ts';
import { patienceMs } from '../../../src/core/reviews/createReviews.ts';
import { readIntent } from '../../../src/protocol/readIntent.ts';
import { toHostSchemas } from '../../../src/protocol/toHostSchemas.ts';
import { edit, place, reviewHarness, sensitivePlace, settled, type ReviewHarness } from '../support/reviewHarness.ts';

const root = new URL('../../../', import.meta.url).pathname;
const never = new AbortController().signal;

/** Proposes a change and waits for the card. */
async function propose(harness: ReviewHarness, changes: readonly FileChange[], signal = never): Promise<{ readonly outcome: Promise<string> }> {
  const outcome = harness.reviews.forTurn('turn-1').review({ changes }, signal).then(({ decision }) => decision, () => 'stopped');
  await settled();
  return { outcome };
}

/** A chat in which the person has allowed edits to ordinary files, and answers everything else with no. */
async function withEditsAllowed(given: Parameters<typeof reviewHarness>[0]): Promise<ReviewHarness> {
  const harness = reviewHarness(given);
  harness.answer = () => true;
  await harness.reviews.allowEdits(true);
  harness.answer = () => false;
  harness.asked.length = 0;
  return harness;
}

describe('attacks on approvals (docs/safety.md B and C)', () => {
  it('B4: what was approved cannot be swapped: other bytes in the file ask again, under another token', async () => {
    const harness = reviewHarness({ 'a.txt': 'one\ntwo\n' });
    const { outcome } = await propose(harness, [edit('a.txt', 'one\ntwo\n', 'one\nTWO\n')]);
    const { token } = harness.card();
    harness.documents.write('/w/a.txt', 'evil\none\none\ntwo\n');
    await harness.reviews.decide({ token, decision: 'accept' });
    assert.deepEqual(harness.documents.applied, []);
    assert.equal(harness.card().status, 'open');
    assert.notEqual(harness.card().token, token);
    harness.reviews.declineAll();
    assert.equal(await outcome, 'unanswered');
  });

  it('B4: what was approved once is not approved again: the same proposal, the same question, each asks anew', async () => {
    const harness = reviewHarness({ '.env': 'a\n' });
    harness.answer = () => true;
    for (let time = 1; time <= 2; time += 1) {
      const { outcome } = await propose(harness, [{ kind: 'edit', place: sensitivePlace('.env'), before: 'a\n', after: 'b\n' }]);
      assert.equal(harness.card().status, 'open');
      await harness.reviews.decide({ token: harness.card().token, decision: 'accept' });
      assert.equal(await outcome, 'accepted');
      harness.documents.write('/w/.env', 'a\n');
      const allowed = harness.reviews.forTurn('turn-1').allows({ text: { message: 'Read {0}?', args: ['.env'] }, reasons: [] }, never);
      await settled();
      assert.equal(harness.permission().status, 'open');
      await harness.reviews.permit(harness.permission().token, true);
      assert.equal(await allowed, true);
      assert.equal(harness.asked.length, 2 * time);
    }
  });

  it('B16: nothing of the product is configured by the environment or an .env file; a search only hands some of it on to its process, and the welcome only offers a key by its variable', () => {
    const sources = globSync('src/**/*.ts', { cwd: root });
    assert.ok(sources.length > 100);
    const naming = (pattern: RegExp): readonly string[] => sources.filter((path) => pattern.test(readFileSync(`${root}${path}`, 'utf8'))).toSorted();
    assert.deepEqual(naming(/process\s*\.\s*env|dotenv/), ['src/host/platform/node.ts', 'src/host/search/ripgrepProcess.ts']);
    assert.deepEqual(naming(/platform\(\)\s*\.\s*variable|\bvariable\b[^=;\n]*=\s*platform\(/), ['src/host/welcome/welcome.ts']);
  });

  it('B24: no setting allows edits, so writing settings allows none', () => {
    const { contributes } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { readonly contributes: { readonly configuration: { readonly properties: Readonly<Record<string, unknown>> } } };
    const names = Object.keys(contributes.configuration.properties);
    assert.ok(names.length > 0);
    assert.deepEqual(names.filter((name) => /approv|allow|permi|trust|confirm|auto|edits/i.test(name)), []);
  });

  it('B24: with edits allowed the model still cannot write what editors and assistants obey, not even as one file among ordinary ones', async () => {
    const harness = await withEditsAllowed({ 'a.txt': 'a\n', '.vscode/settings.json': '{}\n' });
    const { outcome } = await propose(harness, [edit('a.txt', 'a\n', 'A\n'), { kind: 'edit', place: sensitivePlace('.vscode/settings.json'), before: '{}\n', after: '{"x":true}\n' }]);
    assert.equal(harness.card().status, 'open');
    await harness.reviews.decide({ token: harness.card().token, decision: 'accept' });
    assert.equal(harness.asked.length, 1);
    assert.equal(await outcome, 'partly');
    assert.equal(harness.documents.bytesOf('/w/.vscode/settings.json'), '{}\n');
  });

  it('B24: no sequence of words from the page allows edits without the host being told yes', async () => {
    const harness = reviewHarness({});
    for (let time = 0; time < 5; time += 1) await harness.reviews.allowEdits(true);
    await harness.reviews.permit(crypto.randomUUID(), true);
    assert.equal(harness.asked.length, 5);
    assert.equal(harness.store.state.edits, 'ask');
  });

  it('B27: what is written is what was shown: accepted hunks to the letter, where they were shown, and the card shows the whole path', async () => {
    const before = Array.from({ length: 30 }, (_, line) => `line ${line}`).join('\n');
    const after = before.replace('line 3', 'three').replace('line 20', 'twenty\nand more');
    const harness = reviewHarness({ 'deep/down/in/a/folder/a.txt': before });
    const { outcome } = await propose(harness, [edit('deep/down/in/a/folder/a.txt', before, after)]);
    const card = harness.card();
    assert.equal(card.files[0]?.path, 'deep/down/in/a/folder/a.txt');
    const shown = card.files[0]?.hunks.map(({ lines }) => lines.filter(({ kind }) => kind !== 'same').map(({ kind, text }) => `${kind} ${text}`));
    assert.deepEqual(shown, [['removed line 3', 'added three'], ['removed line 20', 'added twenty', 'added and more']]);
    await harness.reviews.decide({ token: card.token, decision: 'reject', file: 0, hunk: 0 });
    await harness.reviews.decide({ token: card.token, decision: 'accept' });
    assert.equal(await outcome, 'partly');
    assert.equal(harness.documents.bytesOf('/w/deep/down/in/a/folder/a.txt'), before.replace('line 20', 'twenty\nand more'));
  });

  it('B27: a link that is put in the way after the question leads nowhere', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n' });
    const { outcome } = await propose(harness, [edit('a.txt', 'a\n', 'A\n'), { kind: 'create', place: place('sub/new.txt', { missing: true }), after: 'x\n' }]);
    harness.moved.set('/w', '/home/lin/.ssh');
    await harness.reviews.decide({ token: harness.card().token, decision: 'accept' });
    assert.equal(await outcome, 'failed');
    assert.deepEqual(harness.documents.applied, []);
  });

  it('B20, B27: hidden and reordering characters of a path are written out in the card and in the host\'s question', async () => {
    const harness = reviewHarness({ 'gpj.\u202Eexe': 'a\n' });
    await propose(harness, [{ kind: 'edit', place: sensitivePlace('gpj.\u202Eexe'), before: 'a\n', after: 'A\n' }]);
    assert.equal(harness.card().files[0]?.path, 'gpj.\\u{202E}exe');
    await harness.reviews.decide({ token: harness.card().token, decision: 'accept' });
    assert.ok(harness.asked[0]?.includes('/w/gpj.\\u{202E}exe') === true && !harness.asked[0].includes('\u202E'), harness.asked[0]);
  });

  it('C2: asks for every write by default, and edits that are allowed end with the chat', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n' });
    await propose(harness, [edit('a.txt', 'a\n', 'A\n')]);
    assert.equal(harness.card().status, 'open');
    const allowed = await withEditsAllowed({ 'a.txt': 'a\n' });
    assert.equal(allowed.store.state.edits, 'allowed');
    allowed.store.publish({ type: 'chat-cleared' });
    assert.equal(allowed.store.state.edits, 'ask');
  });

  it('C3: only the token of exactly what is shown decides, once', async () => {
    const harness = reviewHarness({ 'a.txt': 'a\n' });
    const { outcome } = await propose(harness, [edit('a.txt', 'a\n', 'A\n')]);
    const { token, id } = harness.card();
    for (const guess of ['', id, 'turn-1', crypto.randomUUID(), token.toUpperCase().replace(/[^A-F]/g, '0'), '__proto__']) await harness.reviews.decide({ token: guess, decision: 'accept' });
    assert.deepEqual(harness.documents.applied, []);
    assert.match(token, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, '122 random bits');
    await Promise.all([harness.reviews.decide({ token, decision: 'accept' }), harness.reviews.decide({ token, decision: 'accept' }), harness.reviews.decide({ token, decision: 'reject' })]);
    assert.equal(harness.documents.applied.length, 1);
    assert.equal(await outcome, 'accepted');
  });

  const ends = [
    ['a time-out', (harness: ReviewHarness) => harness.runOut()],
    ['a closed panel', (harness: ReviewHarness) => harness.reviews.declineAll()],
    ['a chat that is cleared', (harness: ReviewHarness) => harness.reviews.clear()],
    ['a stop', (_: ReviewHarness, controller: AbortController) => controller.abort()],
  ] as const;

  for (const [name, end] of ends) {
    for (const confirming of [false, true]) {
      const when = confirming ? 'while the host asks' : 'while the card waits';
      // The clock does not run against somebody who has the dialog of a change before them.
      const isOver = !(confirming && name === 'a time-out');

      it(`C3: ${name} ${isOver ? 'is a no' : 'takes nothing from what is decided'}, to a change, ${when}`, async () => {
        const harness = reviewHarness({ '.npmrc': 'a\n' });
        const dialog = Promise.withResolvers<boolean>();
        harness.answer = async () => dialog.promise;
        const controller = new AbortController();
        const { outcome } = await propose(harness, [{ kind: 'edit', place: sensitivePlace('.npmrc'), before: 'a\n', after: 'A\n' }], controller.signal);
        const { token } = harness.card();
        const deciding = confirming ? harness.reviews.decide({ token, decision: 'accept' }) : undefined;
        await settled();
        assert.equal(harness.asked.length, confirming ? 1 : 0);
        end(harness, controller);
        dialog.resolve(true);
        await deciding;
        await harness.reviews.decide({ token, decision: 'accept' });
        assert.ok((isOver ? ['unanswered', 'stopped'] : ['accepted']).includes(await outcome));
        assert.equal(harness.documents.applied.length, isOver ? 0 : 1);
      });

      it(`C3: ${name} is a no, to a permission, ${when}`, async () => {
        const harness = reviewHarness({});
        const dialog = Promise.withResolvers<boolean>();
        harness.answer = async () => dialog.promise;
        const controller = new AbortController();
        const allowed = harness.reviews.forTurn('turn-1').allows({ text: { message: 'Read {0}?', args: ['.env'] }, reasons: [] }, controller.signal).catch(() => false);
        await settled();
        const { token } = harness.permission();
        const permitting = confirming ? harness.reviews.permit(token, true) : undefined;
        await settled();
        assert.equal(harness.asked.length, confirming ? 1 : 0);
        end(harness, controller);
        dialog.resolve(true);
        await permitting;
        await harness.reviews.permit(token, true);
        assert.equal(await allowed, false);
        assert.equal(harness.permission().status, name === 'a stop' ? 'declined' : 'unanswered');
      });
    }
  }

  it('C3: a question waits half an hour and no longer', () => {
    assert.equal(patienceMs, 30 * 60 * 1000);
  });

  it('C3: the page can only name a token, a decision and a place; whatever else it sends is refused', () => {
    const token = crypto.randomUUID();
    assert.ok(!('refused' in readIntent({ type: 'decide', token, decision: 'accept' })));
    for (const message of [
      { type: 'decide', token, decision: 'accept', approved: true },
      { type: 'decide', token, decision: 'apply' },
      { type: 'decide', token, decision: 'accept', file: -1 },
      { type: 'decide', token, decision: 'accept', after: 'other bytes' },
      { type: 'permit', token, allow: 'yes' },
      { type: 'allow-edits', allow: true, confirmed: true },
    ]) assert.ok('refused' in readIntent(message), JSON.stringify(message));
    assert.deepEqual(Object.keys(toHostSchemas.decide.entries).sort(), ['decision', 'file', 'hunk', 'token', 'type']);
  });
});
