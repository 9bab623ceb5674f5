import assert from 'node:assert/strict';
import { handClock, openWindow, settle, type HandClock } from './support/chatsHarness.ts';
import { itemsOf, question } from './support/chatHarness.ts';
import { memoryStorage } from './support/memoryStorage.ts';
import { calling, saying, type Answer } from './support/scriptedAgent.ts';

const hanging: Answer = { events: [{ type: 'text-delta', text: 'The moon ' }, { type: 'text-delta', text: 'pulls' }], next: 'hang' };

/** Two chats, the second with a turn that was running when the window was killed, and one that had just been deleted; with every kind of file that is stored of chats. */
async function killed({ canAppend = true } = {}): Promise<{ readonly files: ReadonlyMap<string, Uint8Array>; readonly clock: HandClock; readonly memory: { kept: unknown }; readonly sound: string; readonly cut: string }> {
  const storage = memoryStorage([], { canAppend });
  const clock = handClock();
  const window = openWindow({ storage, clock, answers: [saying('Nothing.'), calling('a'), { events: hanging.events.slice(0, 1), next: new Error('cut') }, calling('b'), hanging] });
  await window.chats.start();
  const keepBefore = (): void => window.chats.befores.keep(window.store.state.turns[0]?.id ?? '', { size: 50, bytes: () => new TextEncoder().encode(`{"version":1,"images":["${'x'.repeat(30)}"]}`) });
  await window.ask('Deleted?');
  const deleted = window.store.state.chat.id;
  await window.chats.openNew();
  await window.ask('First?');
  keepBefore();
  const sound = window.store.state.chat.id;
  await window.chats.keepDraft(sound, 'and then', 7);
  await window.chats.openNew();
  await window.chats.remove(deleted);
  void window.chat.ask(question('Second?'));
  await clock.pass(100);
  keepBefore();
  await clock.pass(300);
  return { files: new Map(storage.files), clock, memory: window.memory, sound, cut: window.store.state.chat.id };
}

describe('chats whose window was killed', () => {
  for (const canAppend of [true, false]) {
    it(`come back with the turn that ran, interrupted, ${canAppend ? 'where files can be appended to' : 'and where they cannot'}`, async () => {
      const { files, clock, memory } = await killed({ canAppend });
      const storage = memoryStorage(files, { canAppend });
      const window = openWindow({ storage, clock, memory, owner: { isGone: () => true } });
      await window.chats.start();
      const [turn] = window.store.state.turns;
      assert.ok(turn !== undefined);
      assert.equal(turn.outcome, 'interrupted');
      assert.deepEqual(itemsOf(turn).slice(0, 2), ['call echo done', 'text The moon pulls']);
      await clock.pass(300);
      assert.ok(![...storage.files.keys()].some((path) => path.includes('running')), 'its journal is still there');
      // Killed again before anything happens: nothing changes.
      const again = openWindow({ storage: memoryStorage(storage.files), clock, memory, owner: { isGone: () => true } });
      await again.chats.start();
      assert.equal(JSON.stringify(again.store.state.turns), JSON.stringify(window.store.state.turns));
      await window.chat.resume(turn.id);
      assert.equal(window.store.state.turns[0]?.outcome, 'done');
      assert.equal(itemsOf(window.store.state.turns[0]).at(-1), 'text The moon pullsAnswer 1.');
    });
  }
});

describe('chats of which a file is damaged', () => {
  for (const canAppend of [true, false]) it(`open all others, whichever file is cut at whichever byte, and say what of their own is lost, ${canAppend ? 'where files can be appended to' : 'and where they cannot'}`, async function () {
    this.timeout(120_000);
    const { files, clock, memory, sound, cut } = await killed({ canAppend });
    const kinds = new Set([...files.keys()].map((path) => path.replace(/^chats\/[^/]+\/|^trash\/[^/]+\//, (folder) => (folder.startsWith('trash') ? 'trash/' : '')).replace(/-[^/]*(?=\.json)/, '')));
    assert.deepEqual([...kinds].toSorted(), ['before.json', 'chat.json', 'lease.json', 'running.jsonl', 'trash/chat.json', 'trash/turn.json', 'turn.json'].toSorted(), 'another kind of file is stored: have it cut here');
    let tried = 0;
    for (const [path, bytes] of files) {
      // What is in the trash is looked at by nobody.
      const isDeleted = path.startsWith('trash/');
      const [hit, other] = path.startsWith(`chats/${sound}/`) ? [sound, cut] : [cut, sound];
      for (let length = 0; length < bytes.length; length += bytes.length > 400 && length > 40 && length < bytes.length - 40 ? 7 : 1) {
        tried += 1;
        const storage = memoryStorage(files, { canAppend });
        storage.files.set(path, bytes.subarray(0, length));
        const window = openWindow({ storage, clock, memory: structuredClone(memory), owner: { isGone: () => true } });
        await window.chats.openList();
        await window.chats.open(other);
        assert.equal(window.store.state.turns.length, 1, `${path} cut at ${length}`);
        await window.chats.open(hit);
        if (isDeleted) assert.deepEqual(window.told, []);
        assert.ok(window.told.every(({ kind }) => kind === 'damaged' || kind === 'partly-damaged'), `${path} cut at ${length}: ${JSON.stringify(window.told)}`);
        await window.chats.close();
        const kept = [...storage.files.values()].some((file) => Buffer.from(file).equals(Buffer.from(bytes.subarray(0, length))));
        if (window.told.length > 0) assert.ok(kept, `${path} cut at ${length} was not set aside`);
      }
    }
    assert.ok(tried > 300, String(tried));
  });

  it('are named anew where only their own file is lost, and have the turns that can be read', async () => {
    const storage = memoryStorage();
    const clock = handClock();
    const window = openWindow({ storage, clock });
    await window.chats.start();
    for (const text of ['One?', 'Two?', 'Three?']) await window.ask(text);
    const { id } = window.store.state.chat;
    await window.chats.close();
    const lost = [...storage.files.keys()].filter((path) => path.endsWith('/chat.json') || path.endsWith('-2.json'));
    assert.equal(lost.length, 2);
    for (const path of lost) storage.files.set(path, new TextEncoder().encode('{"version":1'));
    const again = openWindow({ storage, clock, memory: window.memory });
    await again.chats.start();
    await settle();
    assert.deepEqual(again.store.state.turns.map((turn) => turn.question.text), ['One?', 'Three?']);
    assert.equal(again.store.state.chat.title, 'One?');
    assert.deepEqual(again.told, [{ kind: 'partly-damaged' }]);
    assert.equal([...storage.files.keys()].filter((path) => path.startsWith(`damaged/${id}/`)).length, 2);
    await again.chats.close();
    const last = openWindow({ storage, clock, memory: window.memory });
    await last.chats.start();
    assert.deepEqual([last.store.state.chat.title, last.told], ['One?', []], 'it was not stored under its name');
  });

  it('can be deleted before they were opened, and brought back', async () => {
    const storage = memoryStorage([['chats/lost/chat.json', new TextEncoder().encode('nothing')]]);
    const window = openWindow({ storage, clock: handClock() });
    await window.chats.openList();
    await window.chats.remove('lost');
    await window.chats.openList();
    assert.deepEqual([window.listed(), window.told], [[], []]);
    await window.undo.undo(window.store.state.undo?.id ?? '');
    assert.deepEqual(window.listed(), [' damaged']);
    assert.deepEqual(storage.texts(), { 'chats/lost/chat.json': 'nothing' });
  });

  it('are renamed and pinned without a look at their turns, and the person is told where their own file is damaged', async () => {
    const storage = memoryStorage();
    const read: string[] = [];
    const window = openWindow({ storage: { ...storage, read: async (path) => (read.push(path), storage.read(path)) }, clock: handClock() });
    await window.chats.start();
    await window.ask('One?');
    const { id } = window.store.state.chat;
    await window.chats.openNew();
    await window.chats.openList();
    read.length = 0;
    await window.chats.rename(id, 'The first');
    await window.chats.pin(id, true);
    assert.deepEqual(read.filter((path) => path.includes('turn-')), []);
    assert.deepEqual(window.store.state.chats?.entries.map(({ title, isPinned, questions }) => [title, isPinned, questions]), [['The first', true, 1]]);
    storage.files.set(`chats/${id}/chat.json`, new TextEncoder().encode('{"version":1'));
    await window.chats.pin(id, true);
    assert.deepEqual(window.told, [{ kind: 'partly-damaged' }]);
    assert.deepEqual(window.store.state.chats?.entries.map(({ title, isPinned, questions }) => [title, isPinned, questions]), [['One?', true, 1]]);
    assert.equal([...storage.files.keys()].filter((path) => path.startsWith(`damaged/${id}/`)).length, 1);
  });

  it('stand in the list as damaged where nothing of them can be read, and can be deleted', async () => {
    const storage = memoryStorage([['chats/lost/chat.json', new TextEncoder().encode('nothing')]]);
    const window = openWindow({ storage, clock: handClock() });
    await window.chats.openList();
    assert.deepEqual(window.listed(), [' damaged']);
    await window.chats.open('lost');
    assert.deepEqual(window.told, [{ kind: 'damaged' }]);
    await window.chats.openList();
    assert.deepEqual(window.listed(), [' damaged']);
    assert.deepEqual(Object.values(storage.texts()), ['nothing']);
    await window.chats.remove('lost');
    assert.deepEqual(window.listed(), []);
    await window.undo.undo(window.store.state.undo?.id ?? '');
    assert.deepEqual(window.listed(), [' damaged']);
  });
});
