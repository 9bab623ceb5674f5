import assert from 'node:assert/strict';
import type { FileChange } from '../../src/core/edits/change.ts';
import type { PathGuard } from '../../src/core/guard/pathGuard.ts';
import { createBeforeImages } from '../../src/core/reviews/beforeImages.ts';
import { createKeptImages } from '../../src/core/reviews/keptImages.ts';
import type { TurnChangesView } from '../../src/protocol/viewState.ts';
import { handClock, openWindow, type ChatsWindow, type HandClock } from './support/chatsHarness.ts';
import { fakeGuard } from './support/fakeGuard.ts';
import { memoryStorage, type MemoryStorage } from './support/memoryStorage.ts';
import { edit, place, reviewHarness, sensitivePlace, settled, type ReviewHarness } from './support/reviewHarness.ts';

const never = new AbortController().signal;
const missing = { missing: true } as const;

describe('what files were before a turn', () => {
  let storage: MemoryStorage;
  let clock: HandClock;
  let window: ChatsWindow;
  let harness: ReviewHarness;

  function harnessOver(over: ChatsWindow, given: Parameters<typeof reviewHarness>[0] = {}, guard: PathGuard = fakeGuard()): ReviewHarness {
    const images = createKeptImages({ memory: createBeforeImages(), keeper: () => over.chats.befores, guard: () => guard });
    return reviewHarness(given, [], { store: over.store, images, ...(harness !== undefined && { documents: harness.documents }) });
  }

  /** Asks, and lets the turn change files. Answers the turn's id. */
  async function change(question: string, changes: readonly FileChange[]): Promise<string> {
    await window.ask(question);
    const { id } = window.store.state.turns.at(-1) ?? { id: '' };
    const applied = harness.reviews.forTurn(id).review({ changes }, never);
    await settled();
    harness.answer = () => true;
    await harness.reviews.decide({ token: harness.card(id).token, decision: 'accept' });
    const { decision, problem } = await applied;
    assert.equal(decision, 'accepted', problem);
    await clock.pass(500);
    return id;
  }

  async function reload(guard?: PathGuard): Promise<void> {
    await window.chats.close();
    const next = openWindow({ storage, clock, memory: window.memory });
    void next.chats.start();
    await clock.pass(1000);
    harness = harnessOver(next, {}, guard);
    window = next;
  }

  const changesOf = (turnId: string): TurnChangesView | undefined => window.store.state.turns.find(({ id }) => id === turnId)?.changes;
  const fileOf = (turnId: string): string => [...storage.files.keys()].find((path) => path.endsWith(`/before-${turnId}.json`)) ?? '';
  const noticesOf = (turnId: string): readonly string[] => (window.store.state.turns.find(({ id }) => id === turnId)?.items ?? []).flatMap((item) => (item.kind === 'notice' ? [item.text.message] : []));

  function begin(given: Parameters<typeof reviewHarness>[0]): void {
    (harness as ReviewHarness | undefined) = undefined;
    harness = harnessOver(window, given);
  }

  beforeEach(async () => {
    storage = memoryStorage();
    clock = handClock();
    window = openWindow({ storage, clock });
    await window.chats.start();
  });

  it('is put back after the window was loaded again', async () => {
    begin({ 'a.txt': 'a\r\n', 'b.bin': 'b\n', 'c.txt': 'c\n' });
    const id = await change('Change them.', [
      edit('a.txt', 'a\n', 'A\n'),
      { kind: 'delete', place: place('b.bin'), before: 'b\n' },
      { kind: 'move', place: place('c.txt'), to: place('d.txt', missing) },
      { kind: 'create', place: place('new.txt', missing), after: 'n\n' },
    ]);
    await reload();
    assert.deepEqual(changesOf(id), { files: 4, state: 'kept' });
    await harness.reviews.revert(id);
    assert.deepEqual(['a.txt', 'b.bin', 'c.txt', 'd.txt', 'new.txt'].map((path) => harness.documents.bytesOf(`/w/${path}`)), ['a\r\n', 'b\n', 'c\n', undefined, undefined]);
    assert.deepEqual(harness.asked, []);
    assert.deepEqual(changesOf(id), { files: 4, state: 'reverted' });
    await clock.pass(500);
    assert.equal(fileOf(id), '', 'nothing is to be put back any more');
  });

  it('is put back in a chat that was left and opened again', async () => {
    begin({ 'a.txt': 'a\n' });
    const id = await change('Change it.', [edit('a.txt', 'a\n', 'A\n')]);
    const chat = window.store.state.chat.id;
    await window.chats.openNew();
    harness.reviews.clear();
    await window.chats.open(chat);
    assert.equal(changesOf(id)?.state, 'kept');
    await harness.reviews.revert(id);
    assert.equal(harness.documents.bytesOf('/w/a.txt'), 'a\n');
  });

  it('asks before it takes away what somebody has written since', async () => {
    begin({ 'a.txt': 'a\n' });
    const id = await change('Change it.', [edit('a.txt', 'a\n', 'A\n')]);
    harness.documents.write('/w/a.txt', 'mine\n');
    await reload();
    await harness.reviews.revert(id);
    assert.equal(harness.asked.length, 1);
    assert.deepEqual([harness.documents.bytesOf('/w/a.txt'), changesOf(id)?.state], ['mine\n', 'kept']);
  });

  it('is the first look at a file, though the turn goes on after a reload', async () => {
    begin({ 'a.txt': 'a\n' });
    const id = await change('Change it.', [edit('a.txt', 'a\n', 'b\n')]);
    await reload();
    const applied = harness.reviews.forTurn(id).review({ changes: [edit('a.txt', 'b\n', 'c\n')] }, never);
    await settled();
    await harness.reviews.decide({ token: harness.card(id).token, decision: 'accept' });
    await applied;
    await harness.reviews.revert(id);
    assert.equal(harness.documents.bytesOf('/w/a.txt'), 'a\n');
  });

  it('never holds the text of a file that is asked about, and says so when the rest is put back', async () => {
    begin({ 'a.txt': 'a\n', 'my.env': 'KEY=old-secret\n' });
    const secret = { ...sensitivePlace('my.env') };
    const id = await change('Change them.', [edit('a.txt', 'a\n', 'A\n'), { kind: 'edit', place: secret, before: 'KEY=old-secret\n', after: 'KEY=new-secret\n' }]);
    const before = storage.texts()[fileOf(id)] ?? '';
    assert.ok(before.includes('my.env') && !before.includes('secret\\n'), before);
    await reload();
    await harness.reviews.revert(id);
    assert.deepEqual([harness.documents.bytesOf('/w/a.txt'), harness.documents.bytesOf('/w/my.env')], ['a\n', 'KEY=new-secret\n']);
    assert.match(noticesOf(id).join('\n'), /was not written to the disk/);
    assert.deepEqual(changesOf(id), { files: 1, state: 'kept', reverted: 1 });
  });

  it('is not written at all when only such files were changed', async () => {
    begin({ 'my.env': 'KEY=old\n' });
    const id = await change('Change it.', [{ kind: 'edit', place: sensitivePlace('my.env'), before: 'KEY=old\n', after: 'KEY=new\n' }]);
    assert.equal(fileOf(id), '');
    assert.equal(changesOf(id)?.state, 'kept', 'this window has it at hand');
    await reload();
    assert.equal(changesOf(id)?.state, 'forgotten');
  });

  it('is forgotten, set aside, and blocks nothing, when its file is cut at any byte', async () => {
    begin({ 'a.txt': 'a\n' });
    const id = await change('Change it.', [edit('a.txt', 'a\n', 'A\n')]);
    const path = fileOf(id);
    const whole = storage.files.get(path) ?? new Uint8Array();
    assert.ok(whole.length > 100);
    for (let length = 0; length < whole.length - 1; length += 7) {
      storage.files.set(path, whole.slice(0, length));
      await reload();
      assert.equal(changesOf(id)?.state, 'kept');
      await harness.reviews.revert(id);
      assert.deepEqual([harness.documents.bytesOf('/w/a.txt'), changesOf(id)], ['A\n', { files: 1, state: 'forgotten', why: 'damaged' }], `cut at ${length}`);
      assert.ok(!storage.files.has(path), `cut at ${length}: it is still where it was`);
      const aside = [...storage.files].filter(([name]) => name.startsWith('damaged/'));
      assert.deepEqual(aside.map(([name, bytes]) => [name.endsWith(`-before-${id}.json`), bytes.length]), [[true, length]], `cut at ${length}: it was not set aside`);
      for (const [name] of aside) storage.files.delete(name);
      // As it was, for the next round.
      window.store.publish({ type: 'turn-changes', turnId: id, changes: { files: 1, state: 'kept' } });
    }
  });

  it('is left where it is when it cannot be read now, and the person is told', async () => {
    begin({ 'a.txt': 'a\n' });
    const id = await change('Change it.', [edit('a.txt', 'a\n', 'A\n')]);
    const path = fileOf(id);
    const whole = storage.files.get(path);
    await reload();
    const { befores } = window.chats;
    const refusing = createKeptImages({ memory: createBeforeImages(), keeper: () => ({ ...befores, read: async () => Promise.reject(new Error('EIO')) }), guard: () => fakeGuard() });
    await reviewHarness({}, [], { store: window.store, images: refusing, documents: harness.documents }).reviews.revert(id);
    assert.deepEqual([changesOf(id)?.state, storage.files.get(path), harness.documents.bytesOf('/w/a.txt')], ['kept', whole, 'A\n']);
    assert.match(noticesOf(id).join('\n'), /cannot be read now/);
    await harness.reviews.revert(id);
    assert.equal(harness.documents.bytesOf('/w/a.txt'), 'a\n');
  });

  /** Answers to a proposal of the turn with yes, and how the review ends. */
  async function accept(over: ReviewHarness, turnId: string, changes: readonly FileChange[]): Promise<string> {
    const applied = over.reviews.forTurn(turnId).review({ changes }, never);
    await settled();
    await over.reviews.decide({ token: over.card(turnId).token, decision: 'accept' });
    const { decision } = await applied;
    await clock.pass(500);
    return decision;
  }

  it('is not overwritten by what a turn does after a reading that failed: nothing is written until it is read', async () => {
    begin({ 'a.txt': 'a\n', 'b.txt': 'b\n' });
    const id = await change('Change them.', [edit('a.txt', 'a\n', 'A\n'), edit('b.txt', 'b\n', 'B\n')]);
    const whole = storage.files.get(fileOf(id));
    await reload();
    const { befores } = window.chats;
    let failures = 1;
    const once = createKeptImages({
      memory: createBeforeImages(),
      keeper: () => ({ ...befores, read: async (turnId) => ((failures -= 1) >= 0 ? Promise.reject(new Error('EBUSY')) : befores.read(turnId)) }),
      guard: () => fakeGuard(),
    });
    harness = reviewHarness({}, [], { store: window.store, images: once, documents: harness.documents });
    assert.equal(await accept(harness, id, [edit('a.txt', 'A\n', 'AA\n')]), 'failed');
    assert.deepEqual([harness.documents.bytesOf('/w/a.txt'), storage.files.get(fileOf(id))], ['A\n', whole]);
    assert.match(harness.card(id).note?.message ?? '', /cannot be read now\. Try again/);
    assert.equal(await accept(harness, id, [edit('a.txt', 'A\n', 'AA\n')]), 'accepted');
    await harness.reviews.revert(id);
    assert.deepEqual(['a.txt', 'b.txt'].map((path) => harness.documents.bytesOf(`/w/${path}`)), ['a\n', 'b\n']);
    assert.deepEqual(changesOf(id), { files: 2, state: 'reverted' });
  });

  for (const isFoundByRevert of [false, true]) {
    it(`is said to be lacking when the turn goes on after it was found damaged${isFoundByRevert ? ' by Revert' : ''}, and after another reload too`, async () => {
      begin({ 'a.txt': 'a\n', 'b.txt': 'b\n', 'c.txt': 'c\n' });
      const id = await change('Change them.', [edit('a.txt', 'a\n', 'A\n'), edit('b.txt', 'b\n', 'B\n')]);
      storage.files.set(fileOf(id), new Uint8Array([1]));
      await reload();
      if (isFoundByRevert) await harness.reviews.revert(id);
      assert.equal(await accept(harness, id, [edit('c.txt', 'c\n', 'C\n')]), 'accepted');
      assert.deepEqual(changesOf(id), { files: 1, state: 'kept' });
      await reload();
      await harness.reviews.revert(id);
      assert.deepEqual(['a.txt', 'b.txt', 'c.txt'].map((path) => harness.documents.bytesOf(`/w/${path}`)), ['A\n', 'B\n', 'c\n']);
      assert.match(noticesOf(id).join('\n'), /Other files that this turn had changed before were not put back/);
      assert.deepEqual(changesOf(id), { files: 1, state: 'forgotten' });
    });
  }

  it('is not put into the next chat when it is read late, where a copy has turns of the same names', async () => {
    begin({ 'a.txt': 'a\n' });
    const id = await change('Change it.', [edit('a.txt', 'a\n', 'A\n')]);
    await reload();
    const { befores } = window.chats;
    const { promise: reading, resolve: goOn } = Promise.withResolvers<void>();
    const images = createKeptImages({ memory: createBeforeImages(), keeper: () => ({ ...befores, read: async (turnId) => reading.then(async () => befores.read(turnId)) }), guard: () => fakeGuard() });
    const loading = images.load(id);
    images.clear();
    goOn();
    await loading;
    assert.deepEqual(images.of(id), []);
    await images.load(id);
    assert.equal(images.of(id).length, 1, 'the chat cannot be read any more');
  });

  it('writes nowhere but where a change would be allowed now', async () => {
    begin({ 'a.txt': 'a\n', 'b.txt': 'b\n' });
    const id = await change('Change them.', [edit('a.txt', 'a\n', 'A\n'), edit('b.txt', 'b\n', 'B\n')]);
    const path = fileOf(id);
    storage.files.set(path, new TextEncoder().encode((storage.texts()[path] ?? '').replaceAll('/w/b.txt', '/w/.git/config')));
    await reload();
    await harness.reviews.revert(id);
    assert.deepEqual([harness.documents.bytesOf('/w/a.txt'), harness.documents.bytesOf('/w/b.txt')], ['a\n', 'B\n']);
    assert.match(noticesOf(id).join('\n'), /may not be changed any more/);
  });

  it('goes with a deleted chat, and comes back with it', async () => {
    begin({ 'a.txt': 'a\n' });
    const id = await change('Change it.', [edit('a.txt', 'a\n', 'A\n')]);
    await window.chats.remove(window.store.state.chat.id);
    assert.match(fileOf(id), /^trash\//);
    harness.reviews.clear();
    await window.undo.undo(window.store.state.undo?.id ?? '');
    assert.match(fileOf(id), /^chats\//);
    await harness.reviews.revert(id);
    assert.equal(harness.documents.bytesOf('/w/a.txt'), 'a\n');
  });

  it('goes with a deleted turn once that cannot be brought back, and not before', async () => {
    begin({ 'a.txt': 'a\n', 'b.txt': 'b\n' });
    const [one, two] = [await change('One.', [edit('a.txt', 'a\n', 'A\n')]), await change('Two.', [edit('b.txt', 'b\n', 'B\n')])];
    const deleted = await window.chat.deleteTurn(two);
    await clock.pass(500);
    deleted?.restore();
    harness.reviews.clear();
    await harness.reviews.revert(two);
    assert.equal(harness.documents.bytesOf('/w/b.txt'), 'b\n');
    await window.chat.deleteTurn(one);
    await window.ask('Three.');
    assert.equal(fileOf(one), '');
  });

  it('of a turn that is not there goes when the chat is opened', async () => {
    begin({ 'a.txt': 'a\n' });
    const id = await change('Change it.', [edit('a.txt', 'a\n', 'A\n')]);
    const stray = fileOf(id).replace(id, 'gone');
    storage.files.set(stray, new Uint8Array([1]));
    await reload();
    assert.deepEqual([storage.files.has(stray), fileOf(id) !== ''], [false, true]);
  });

  it('stays with the first window when a second one opens a copy of the chat', async () => {
    begin({ 'a.txt': 'a\n' });
    const id = await change('Change it.', [edit('a.txt', 'a\n', 'A\n')]);
    const other = openWindow({ storage, clock });
    await other.chats.start();
    await other.chats.open(window.store.state.chat.id);
    assert.deepEqual(other.store.state.turns[0]?.changes, { files: 1, state: 'forgotten', why: 'copy' });
    // Asked for all the same, it changes nothing.
    await harnessOver(other).reviews.revert(id);
    assert.deepEqual([harness.documents.bytesOf('/w/a.txt'), other.store.state.turns[0]?.changes?.why], ['A\n', 'copy']);
    assert.equal(other.told[0]?.kind, 'copied');
    await harness.reviews.revert(id);
    assert.equal(harness.documents.bytesOf('/w/a.txt'), 'a\n');
  });
});
