import assert from 'node:assert/strict';
import type { FileChange } from '../../src/core/edits/change.ts';
import type { PathGuard } from '../../src/core/guard/pathGuard.ts';
import { createBeforeImages } from '../../src/core/reviews/beforeImages.ts';
import { createKeptImages } from '../../src/core/reviews/keptImages.ts';
import { createImageShelf } from '../../src/core/sessions/imageShelf.ts';
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
    assert.deepEqual(changesOf(id), { files: 1, state: 'kept' });
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

function shelf(kept: readonly { readonly turnId: string; readonly size: number }[] = []): { readonly done: string[]; readonly shelf: ReturnType<typeof createImageShelf> } {
  const done: string[] = [];
  const outbox = { write: (path: string) => void done.push(`write ${path}`), remove: (path: string) => void done.push(`remove ${path}`) };
  return { done, shelf: createImageShelf({ chatId: 'c', storage: memoryStorage(), outbox, kept, most: { turn: 50, chat: 100 } }) };
}

const sized = (size: number): { readonly size: number; bytes(): Uint8Array } => ({ size, bytes: () => new Uint8Array(size) });

describe('the room for what files were before', () => {
  it('is taken from the oldest turns of the chat', () => {
    const { shelf: kept, done } = shelf([{ turnId: 'old', size: 40 }, { turnId: 'older-than-new', size: 40 }]);
    kept.keep('new', sized(50));
    assert.deepEqual(done, ['write chats/c/before-new.json', 'remove chats/c/before-old.json']);
    assert.deepEqual(['old', 'older-than-new', 'new'].map((id) => kept.has(id)), [false, true, true]);
  });

  it('is not there for a turn that is too large, of which nothing older is left either', () => {
    const { shelf: kept, done } = shelf();
    kept.keep('turn', sized(10));
    kept.keep('turn', sized(51));
    assert.deepEqual([done.at(-1), kept.has('turn')], ['remove chats/c/before-turn.json', false]);
  });

  it('is another chat’s once this window has lost the chat, and that of the first is left alone', async () => {
    const { shelf: kept, done } = shelf([{ turnId: 'old', size: 10 }]);
    kept.keep('new', sized(10));
    kept.moveTo('copy');
    kept.keep('old', undefined);
    assert.deepEqual(done, ['write chats/c/before-new.json', 'write chats/copy/before-new.json']);
    assert.equal((await kept.read('new'))?.length, 10);
  });
});
