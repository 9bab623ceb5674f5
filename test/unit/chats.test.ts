import assert from 'node:assert/strict';
import { FileError } from '../../src/core/ports.ts';
import type { Change } from '../../src/protocol/messages.ts';
import { retryMs } from '../../src/core/sessions/outbox.ts';
import { undoMs } from '../../src/core/sessions/trash.ts';
import { handClock, openWindow, reload, settle, type ChatsWindow, type HandClock } from './support/chatsHarness.ts';
import { itemsOf, question } from './support/chatHarness.ts';
import { memoryStorage, type MemoryStorage } from './support/memoryStorage.ts';

function shown({ store }: ChatsWindow): readonly string[] {
  return store.state.turns.map((turn) => `${turn.question.text}: ${itemsOf(turn).join(', ')}`);
}

describe('the chats of a folder', () => {
  let storage: MemoryStorage;
  let clock: HandClock;
  let window: ChatsWindow;

  const reloaded = async (before = window): Promise<ChatsWindow> => reload(before, { storage, clock });

  beforeEach(async () => {
    storage = memoryStorage();
    clock = handClock();
    window = openWindow({ storage, clock });
    await window.chats.start();
  });

  it('stores nothing of a chat in which nothing was said', async () => {
    await clock.pass(5000);
    assert.deepEqual([...storage.files.keys()], []);
    await window.chats.close();
    assert.deepEqual([...storage.files.keys()], []);
  });

  it('are the same after the window was loaded again, the last one open', async () => {
    await window.ask('What are tides?');
    await window.chats.openNew();
    await window.ask('What is a seiche?\nTell me more.');
    const before = shown(window);
    const again = await reloaded();
    assert.deepEqual(shown(again), before);
    assert.equal(again.store.state.chat.title, 'What is a seiche?');
    await again.chats.openList();
    assert.deepEqual(again.listed(), ['What is a seiche? open', 'What are tides? here']);
    const tides = again.store.state.chats?.entries[1];
    await again.chats.open(tides?.id ?? '');
    assert.deepEqual(shown(again), ['What are tides?: text Answer 1.']);
    assert.deepEqual(again.told, []);
  });

  it('go on for the model where they were', async () => {
    await window.ask('One?');
    const again = await reloaded();
    assert.equal(JSON.stringify(again.chat.messages), JSON.stringify(window.chat.messages));
    assert.equal(again.chat.messages.length, 3);
  });

  it('keep a new chat apart from the old one', async () => {
    await window.ask('One?');
    const first = window.store.state.chat.id;
    await window.chats.openNew();
    assert.notEqual(window.store.state.chat.id, first);
    assert.deepEqual(window.store.state.turns, []);
    const empty = window.store.state.chat.id;
    await window.chats.openNew();
    assert.equal(window.store.state.chat.id, empty, 'an empty chat needs no other');
  });

  it('stay in the list, and out of it, whatever was made and deleted while the disk was read', async () => {
    await window.ask('One?');
    await window.chats.openNew();
    await window.ask('Two?');
    const two = window.store.state.chat.id;
    const { promise: reading, resolve: goOn } = Promise.withResolvers<void>();
    const list = storage.list.bind(storage);
    let isSlow = true;
    const slow: MemoryStorage = { ...storage, list: async (path) => (isSlow && path === 'damaged' ? list(path).then(async (names) => reading.then(() => names)) : list(path)) };
    await window.chats.close();
    const next = openWindow({ storage: slow, clock, memory: window.memory });
    await next.chats.start();
    const opening = next.chats.openList();
    await settle();
    await next.chats.remove(two);
    await next.ask('Three?');
    goOn();
    isSlow = false;
    await opening;
    assert.deepEqual(next.listed(), ['Three? open', 'One? here']);
  });

  it('stay in the list while they are being stored after they were left', async () => {
    const { promise: writing, resolve: goOn } = Promise.withResolvers<void>();
    let isHeld = false;
    const slow: MemoryStorage = { ...storage, write: async (path, bytes) => (isHeld ? writing.then(async () => storage.write(path, bytes)) : storage.write(path, bytes)) };
    const next = openWindow({ storage: slow, clock });
    await next.chats.start();
    isHeld = true;
    void next.ask('One?');
    await settle();
    const entering = next.chats.openNew();
    await settle();
    await next.chats.openList();
    assert.deepEqual(next.listed(), ['One? here']);
    isHeld = false;
    goOn();
    await entering;
    assert.deepEqual(next.listed(), ['One? here']);
  });

  it('stay in the list when they come to be stored while the disk is read', async () => {
    const [writing, reading] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let isHeld = false;
    const slow: MemoryStorage = {
      ...storage,
      write: async (path, bytes) => (isHeld ? writing.promise.then(async () => storage.write(path, bytes)) : storage.write(path, bytes)),
      async list(path) {
        const names = await storage.list(path);
        if (isHeld) await reading.promise;
        return names;
      },
    };
    const next = openWindow({ storage: slow, clock });
    await next.chats.start();
    isHeld = true;
    void next.ask('One?');
    await settle();
    const entering = next.chats.openNew();
    await settle();
    const listing = next.chats.openList();
    await settle();
    writing.resolve();
    await entering;
    reading.resolve();
    await listing;
    assert.deepEqual(next.listed(), ['One? here']);
  });

  it('are listed as they were left, and not at all once deleted, when what is on the disk was read before that was stored', async () => {
    for (const isDeleted of [false, true]) {
      const [writing, reading] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      let isHeld = false;
      const own = memoryStorage();
      const slow: MemoryStorage = {
        ...own,
        write: async (path, bytes) => (isHeld ? writing.promise.then(async () => own.write(path, bytes)) : own.write(path, bytes)),
        async list(path) {
          const names = await own.list(path);
          if (isHeld && path === 'damaged') await reading.promise;
          return names;
        },
      };
      const next = openWindow({ storage: slow, clock });
      await next.chats.start();
      await next.ask('One?');
      const { id } = next.store.state.chat;
      isHeld = true;
      await next.chats.rename(id, 'Renamed');
      void next.ask('Two?');
      await settle();
      const entering = next.chats.openNew();
      await settle();
      const listing = next.chats.openList();
      await settle();
      writing.resolve();
      await entering;
      if (isDeleted) await next.chats.remove(id);
      reading.resolve();
      await listing;
      assert.deepEqual(next.listed(), isDeleted ? [] : ['Renamed here']);
      assert.deepEqual(next.store.state.chats?.entries.map(({ questions }) => questions), isDeleted ? [] : [2]);
      isHeld = false;
      await next.chats.close();
    }
  });

  it('are shown by the reading of the disk that began last, though an older one ends after it', async () => {
    await window.ask('One?');
    await window.chats.openNew();
    await window.ask('Two?');
    const two = window.store.state.chat.id;
    await window.chats.close();
    const { promise: reading, resolve: goOn } = Promise.withResolvers<void>();
    let isSlow = true;
    const slow: MemoryStorage = { ...storage, list: async (path) => (isSlow && path === 'damaged' ? storage.list(path).then(async (names) => reading.then(() => names)) : storage.list(path)) };
    const next = openWindow({ storage: slow, clock });
    await next.chats.start();
    const opening = next.chats.openList();
    await settle();
    await next.chats.remove(two);
    isSlow = false;
    await next.undo.undo(next.store.state.undo?.id ?? '');
    assert.deepEqual(next.listed(), ['Two? here', 'One? here']);
    goOn();
    await opening;
    assert.deepEqual(next.listed(), ['Two? here', 'One? here']);
  });

  it('stop and keep what runs when another chat is opened', async () => {
    window = openWindow({ storage, clock, answers: [{ events: [{ type: 'text-delta', text: 'The moon' }], next: 'hang' }] });
    await window.chats.start();
    void window.chat.ask(question('Why?'));
    await clock.pass(300);
    const { id } = window.store.state.chat;
    await window.chats.openNew();
    await window.ask('Other?');
    await window.chats.open(id);
    assert.equal(window.store.state.turns[0]?.outcome, 'stopped');
    assert.deepEqual(shown(window), ['Why?: text The moon']);
  });

  it('find what ran when the window was closed interrupted, and not stopped', async () => {
    window = openWindow({ storage, clock, answers: [{ events: [{ type: 'text-delta', text: 'The moon' }], next: 'hang' }] });
    await window.chats.start();
    void window.chat.ask(question('Why?'));
    await clock.pass(50);
    // In this order VS Code ends an extension.
    const closing = window.chats.close();
    await window.chat.stop();
    await closing;
    const again = openWindow({ storage, clock, memory: window.memory });
    await again.chats.start();
    const [turn] = again.store.state.turns;
    assert.deepEqual([turn?.outcome, turn && itemsOf(turn)[0]], ['interrupted', 'text The moon']);
  });

  it('are renamed and pinned, open or not, and named by the first question again without a title', async () => {
    await window.ask('One?');
    const first = window.store.state.chat.id;
    await window.chats.openNew();
    await window.ask('Two?');
    await window.chats.openList();
    await window.chats.rename(first, '  The\n first ');
    await window.chats.pin(first, true);
    await window.chats.rename(window.store.state.chat.id, 'The second');
    assert.deepEqual(window.listed(), ['The here', 'The second open']);
    assert.equal(window.store.state.chat.title, 'The second');
    await window.chats.rename(first, ' ');
    const again = await reloaded();
    await again.chats.openList();
    assert.deepEqual(again.listed(), ['One? here', 'The second open']);
  });

  it('can be deleted, and brought back for a while', async () => {
    await window.ask('One?');
    const { id } = window.store.state.chat;
    await window.chats.remove(id);
    assert.equal(window.store.state.undo?.text.message, 'The chat “{0}” was deleted.');
    assert.deepEqual(window.store.state.turns, []);
    assert.ok(![...storage.files.keys()].some((path) => path.startsWith('chats/')));
    await window.undo.undo(window.store.state.undo?.id ?? '');
    assert.deepEqual(shown(window), ['One?: text Answer 1.']);
    await window.chats.remove(id);
    await clock.pass(undoMs + 1);
    assert.equal(window.store.state.undo, undefined);
    assert.deepEqual([...storage.files.keys()], []);
  });

  it('come back into the list alone while another one is being answered', async () => {
    const busy = openWindow({ storage, clock, answers: [{ events: [] }, { events: [{ type: 'text-delta', text: 'A long answer' }], next: 'hang' }] });
    await busy.ask('What is a tide?');
    await busy.chats.remove(busy.store.state.chat.id);
    void busy.chat.ask(question('Why is the sky blue?'));
    await clock.pass(300);
    await busy.undo.undo(busy.store.state.undo?.id ?? '');
    await clock.pass(300);
    await busy.chats.openList();
    assert.deepEqual(busy.store.state.turns.map((turn) => [turn.question.text, turn.outcome]), [['Why is the sky blue?', 'running']]);
    assert.ok(busy.listed().some((entry) => entry.startsWith('What is a tide?')), busy.listed().join());
    await busy.chat.stop();
  });

  it('remove what was deleted before the window was loaded again, but not what another window may bring back', async () => {
    await window.ask('One?');
    await window.chats.remove(window.store.state.chat.id);
    await reloaded();
    assert.ok([...storage.files.keys()].some((path) => path.startsWith('trash/')));
    await clock.pass(10 * undoMs);
    storage.files.set(`trash/${clock.now().toString(36)}-other/chat.json`, new Uint8Array());
    storage.files.set('trash/0-old/chat.json', new Uint8Array());
    await reloaded();
    assert.deepEqual([...storage.files.keys()].filter((path) => path.startsWith('trash/')).length, 1);
  });

  it('are searched by their texts, the search being given up for the next', async () => {
    await window.ask('What are tides?');
    await window.chats.openNew();
    await window.ask('What is a SEICHE? Say it in "quotes".');
    await window.chats.openList();
    await window.chats.search('seiche');
    assert.deepEqual(window.store.state.chats?.found?.matches.map(({ excerpt }) => excerpt), ['What is a SEICHE? Say it in "quotes".']);
    await Promise.all([window.chats.search('what'), window.chats.search('"quotes"')]);
    assert.equal(window.store.state.chats?.found?.query, '"quotes"');
    assert.equal(window.store.state.chats?.found?.matches.length, 1);
    assert.equal(window.store.state.chats?.found?.isDone, true);
    await window.chats.search('answer 2');
    assert.equal(window.store.state.chats?.found?.matches.length, 1);
    await window.chats.search('  ');
    assert.equal(window.store.state.chats?.found, undefined);
  });

  it('push each match of a search once, and the list no more than once', async () => {
    for (const text of ['What is a tide?', 'When is the tide?', 'Where is the tide?']) {
      await window.ask(text);
      await window.chats.openNew();
    }
    await window.chats.openList();
    const changes: Change[] = [];
    window.store.listen((change) => void changes.push(change));
    await window.chats.search('tide');
    assert.deepEqual(changes.map((change) => (change.type === 'chats-found' ? [change.matches.length, change.isDone] : change.type)), ['chats-changed', [1, false], [1, false], [1, false], [0, true]]);
    assert.equal(window.store.state.chats?.found?.matches.length, 3);
  });

  it('are searched to the end where a file of one cannot be read', async () => {
    let lockedChat: string | undefined;
    const isLocked = (path: string): boolean => lockedChat !== undefined && path.includes(`${lockedChat}/turn-`);
    const locked = { ...storage, read: async (path: string) => (isLocked(path) ? Promise.reject(new FileError('denied', 'EACCES')) : storage.read(path)) };
    window = openWindow({ storage: locked, clock });
    await window.chats.start();
    await window.ask('One?');
    const { id } = window.store.state.chat;
    await window.chats.openNew();
    await window.ask('Two?');
    await window.chats.openList();
    lockedChat = id;
    await window.chats.search('answer');
    assert.deepEqual([window.store.state.chats?.found?.matches.map(({ excerpt }) => excerpt), window.store.state.chats?.found?.isDone], [['Answer 2.'], true]);
  });

  it('are listed by their files where the index is gone, wrong or no index', async () => {
    await window.ask('One?');
    for (const kept of [undefined, 7, { entries: [{ id: '../x' }] }, { last: 'gone', entries: [{ id: 'gone', title: 'Gone', updatedAt: 1, questions: 1, isPinned: false }] }]) {
      const again = openWindow({ storage, clock, memory: { kept }, owner: { id: 'window-x', isGone: () => true } });
      void again.chats.start();
      await clock.pass(100);
      await again.chats.openList();
      assert.deepEqual(again.listed().filter((line) => !line.includes(' open')), ['One? here']);
      await again.chats.close();
    }
  });

  it('have only what the list shows in the index', async () => {
    await window.ask('One?');
    assert.ok(!JSON.stringify(window.memory.kept).includes('Answer'));
    assert.ok(JSON.stringify(window.memory.kept).includes('One?'));
  });

  describe('with a storage that refuses', () => {
    it('go on, say so once, and are stored when it takes things again', async () => {
      storage.refusal = new FileError('other', 'ENOSPC: no space left on device, write');
      await window.ask('One?');
      await clock.pass(5 * retryMs);
      await window.ask('Two?');
      assert.deepEqual(shown(window), ['One?: text Answer 1.', 'Two?: text Answer 2.']);
      assert.deepEqual(window.told.map(({ kind }) => kind), ['refused']);
      assert.equal(storage.files.size, 0);
      storage.refusal = undefined;
      await clock.pass(retryMs + 1);
      assert.deepEqual(window.told.map(({ kind }) => kind), ['refused', 'kept-again']);
      const again = await reloaded();
      assert.deepEqual(shown(again), ['One?: text Answer 1.', 'Two?: text Answer 2.']);
    });

    it('are opened to be read', async () => {
      await window.ask('One?');
      const { id } = window.store.state.chat;
      await window.chats.openNew();
      await settle();
      storage.refusal = new FileError('denied', 'EACCES');
      await window.chats.open(id);
      assert.deepEqual(shown(window), ['One?: text Answer 1.']);
    });
  });
});
