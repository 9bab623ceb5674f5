import assert from 'node:assert/strict';
import { FileError } from '../../src/core/ports.ts';
import { retryMs } from '../../src/core/sessions/outbox.ts';
import { readChatFolder } from '../../src/core/sessions/readChatFolder.ts';
import type { Storage } from '../../src/core/sessions/storage.ts';
import { undoMs } from '../../src/core/sessions/trash.ts';
import { itemsOf, question } from './support/chatHarness.ts';
import { handClock, openWindow, settle, type ChatsWindow, type HandClock } from './support/chatsHarness.ts';
import { memoryStorage, type MemoryStorage } from './support/memoryStorage.ts';
import type { Answer } from './support/scriptedAgent.ts';

const full = new FileError('other', 'ENOSPC');

function shown({ store }: ChatsWindow): readonly string[] {
  return store.state.turns.map((turn) => `${turn.question.text} ${turn.outcome}: ${itemsOf(turn)[0] ?? ''}`);
}

describe('chats on a disk that refuses', () => {
  let storage: MemoryStorage;
  let clock: HandClock;

  beforeEach(() => {
    storage = memoryStorage();
    clock = handClock();
  });

  async function windowOn(over: Partial<Storage> = {}, answers: readonly Answer[] = []): Promise<ChatsWindow> {
    const window = openWindow({ storage: { ...storage, ...over }, clock, answers });
    await window.chats.start();
    return window;
  }

  async function onDisk(id: string): Promise<readonly string[] | undefined> {
    return (await readChatFolder(storage, id))?.turns.map(({ view }) => itemsOf(view)[0] ?? '');
  }

  /** A storage whose next lease waits until it is let go. */
  function slowLease(): { readonly over: Partial<Storage>; hold(): void; letGo(): void } {
    let isHeld = false;
    let go: (() => void) | undefined;
    return {
      over: {
        async write(path, bytes) {
          if (isHeld && path.endsWith('lease.json')) {
            isHeld = false;
            await new Promise<void>((resolve) => (go = resolve));
          }
          return storage.write(path, bytes);
        },
      },
      hold: () => void (isHeld = true),
      letGo() {
        assert.ok(go !== undefined);
        go();
      },
    };
  }

  it('are taken up whole when they are left and opened again, and are whole on the disk once it takes them', async () => {
    const window = await windowOn({}, [{ events: [{ type: 'text-delta', text: 'The ' }], next: 'hang' }]);
    void window.chat.ask(question('Why?'));
    await clock.pass(300);
    const { id } = window.store.state.chat;
    const [turn] = window.store.state.turns;
    storage.refusal = full;
    window.store.publish({ type: 'item-extended', turnId: turn?.id ?? '', itemId: turn?.items[0]?.id ?? '', text: 'moon.' });
    await clock.pass(300);
    await window.chat.stop();
    await window.ask('Never stored?');
    const before = shown(window);
    await window.chats.openNew();
    await window.chats.open(id);
    assert.deepEqual(shown(window), before);
    storage.refusal = undefined;
    await clock.pass(4 * retryMs);
    assert.deepEqual(shown(window), before);
    assert.deepEqual(await onDisk(id), ['text The moon.', 'text Answer 1.']);
  });

  it('are held until they are stored, and are free then', async () => {
    const window = await windowOn();
    await window.ask('One?');
    const { id } = window.store.state.chat;
    storage.refusal = full;
    await window.ask('Two?');
    await window.chats.openNew();
    storage.refusal = undefined;
    await clock.pass(2 * retryMs);
    assert.deepEqual(await onDisk(id), ['text Answer 1.', 'text Answer 2.']);
    assert.ok(!storage.files.has(`chats/${id}/lease.json`));
  });

  it('stay in the list while they wait, though nothing of them is on the disk', async () => {
    const window = await windowOn();
    storage.refusal = full;
    await window.ask('Held?');
    await window.chats.openList();
    assert.deepEqual(window.listed(), ['Held? open']);
    await window.chats.openNew();
    await window.ask('Open?');
    await window.chats.openList();
    assert.deepEqual(window.listed(), ['Open? open', 'Held? here']);
    storage.refusal = undefined;
    await clock.pass(2 * retryMs);
    await window.chats.openList();
    assert.deepEqual(window.listed(), ['Open? open', 'Held? here']);
  });

  it('keep a changed title and draft while they wait', async () => {
    const window = await windowOn();
    storage.refusal = full;
    await window.ask('One?');
    const { id } = window.store.state.chat;
    await window.chats.openNew();
    await window.chats.rename(id, 'Tides');
    await window.chats.keepDraft(id, 'and then');
    await window.chats.open(id);
    assert.deepEqual(window.store.state.chat, { id, title: 'Tides', draft: 'and then' });
  });

  it('do not come back by themselves when they were deleted, and come back whole when that is undone', async () => {
    const window = await windowOn({
      async move(from, to) {
        storage.refusal = undefined;
        await storage.move(from, to);
        storage.refusal = full;
      },
    });
    await window.ask('One?');
    const { id } = window.store.state.chat;
    storage.refusal = full;
    await window.ask('Two?');
    await window.chats.remove(id);
    storage.refusal = undefined;
    await clock.pass(2 * retryMs);
    assert.deepEqual([...storage.files.keys()].filter((path) => path.startsWith('chats/')), []);
    await window.undo.undo(window.store.state.undo?.id ?? '');
    storage.refusal = undefined;
    await clock.pass(2 * retryMs);
    assert.deepEqual(shown(window), ['One? done: text Answer 1.', 'Two? done: text Answer 2.']);
    assert.deepEqual(await onDisk(id), ['text Answer 1.', 'text Answer 2.']);
  });

  it('come back without the turns that had been deleted from them', async () => {
    const window = await windowOn({
      async move(from, to) {
        storage.refusal = undefined;
        await storage.move(from, to);
        storage.refusal = full;
      },
    });
    await window.ask('One?');
    await window.ask('Two?');
    const { id } = window.store.state.chat;
    storage.refusal = full;
    await window.chat.deleteTurn(window.store.state.turns[1]?.id ?? '');
    await window.chats.remove(id);
    await window.undo.undo(window.store.state.undo?.id ?? '');
    storage.refusal = undefined;
    await clock.pass(2 * retryMs);
    assert.deepEqual(shown(window), ['One? done: text Answer 1.']);
    assert.deepEqual(await onDisk(id), ['text Answer 1.']);
  });

  it('can be brought back though nothing of them had been stored', async () => {
    const window = await windowOn();
    storage.refusal = full;
    await window.ask('One?');
    await window.chats.remove(window.store.state.chat.id);
    await window.undo.undo(window.store.state.undo?.id ?? '');
    assert.deepEqual(shown(window), ['One? done: text Answer 1.']);
  });

  it('can still be brought back when that has failed once, however much later', async () => {
    const window = await windowOn();
    await window.ask('One?');
    await window.chats.remove(window.store.state.chat.id);
    storage.refusal = full;
    await assert.rejects(window.undo.undo(window.store.state.undo?.id ?? ''));
    storage.refusal = undefined;
    await clock.pass(10 * undoMs);
    await window.undo.undo(window.store.state.undo?.id ?? '');
    assert.deepEqual(shown(window), ['One? done: text Answer 1.']);
  });

  it('are not removed by the next window if they were wanted back while the disk refused everything', async () => {
    const window = await windowOn();
    await window.ask('One?');
    const { id } = window.store.state.chat;
    await window.chats.remove(id);
    storage.refusal = full;
    await assert.rejects(window.undo.undo(window.store.state.undo?.id ?? ''));
    await clock.pass(3 * undoMs);
    storage.refusal = undefined;
    await clock.pass(4 * undoMs);
    await window.chats.close();
    await windowOn();
    await settle();
    assert.deepEqual(await onDisk(id), ['text Answer 1.']);
  });

  it('come back when a window is loaded the next time if they were wanted back and could not come', async () => {
    let isRefused = true;
    const window = await windowOn({
      async move(from, to) {
        if (isRefused && to.startsWith('chats/')) throw new FileError('denied', 'EPERM');
        return storage.move(from, to);
      },
    });
    await window.ask('One?');
    const { id } = window.store.state.chat;
    await window.chats.remove(id);
    await assert.rejects(window.undo.undo(window.store.state.undo?.id ?? ''));
    isRefused = false;
    await window.ask('Another?');
    await window.chats.remove(window.store.state.chat.id);
    await clock.pass(10 * undoMs);
    await window.chats.close();
    await windowOn();
    await settle();
    assert.deepEqual(await onDisk(id), ['text Answer 1.']);
  });

  it('leave nothing behind when they are deleted while their lease is renewed', async () => {
    const lease = slowLease();
    const window = await windowOn(lease.over);
    await window.ask('One?');
    const { id } = window.store.state.chat;
    lease.hold();
    await clock.pass(2000);
    const removed = window.chats.remove(id);
    await settle();
    lease.letGo();
    await removed;
    await settle();
    assert.deepEqual([...storage.files.keys()].filter((path) => path.startsWith('chats/')), []);
  });

  it('come back to where a window has left nothing but its name', async () => {
    const window = await windowOn({
      async move(from, to) {
        if ((await storage.list(to)).length > 0) throw new FileError('other', 'ENOTEMPTY');
        return storage.move(from, to);
      },
    });
    await window.ask('One?');
    const { id } = window.store.state.chat;
    await window.chats.remove(id);
    storage.files.set(`chats/${id}/lease.json`, new TextEncoder().encode('{}'));
    await window.undo.undo(window.store.state.undo?.id ?? '');
    assert.deepEqual(shown(window), ['One? done: text Answer 1.']);
  });

  it('are free once they were left while their lease was renewed', async () => {
    const lease = slowLease();
    const window = await windowOn(lease.over);
    await window.ask('One?');
    const { id } = window.store.state.chat;
    lease.hold();
    await clock.pass(2000);
    const left = window.chats.openNew();
    await settle();
    lease.letGo();
    await left;
    assert.ok(!storage.files.has(`chats/${id}/lease.json`));
  });

  it('are kept but for the one file that is refused, and are said to be kept again when that was taken too', async () => {
    let locked = '';
    const window = await windowOn({
      async write(path, bytes) {
        if (locked !== '' && path.endsWith(locked)) throw new FileError('denied', 'EPERM');
        return storage.write(path, bytes);
      },
    });
    await window.ask('One?');
    const { id } = window.store.state.chat;
    const first = window.store.state.turns[0]?.id ?? '';
    locked = `turn-${first}.json`;
    window.store.publish({ type: 'turn-changes', turnId: first, changes: { files: 1, state: 'kept' } });
    await clock.pass(1000);
    await window.ask('Two?');
    await window.chats.keepDraft(id, 'a draft');
    await clock.pass(4 * retryMs);
    assert.deepEqual(await onDisk(id), ['text Answer 1.', 'text Answer 2.']);
    assert.ok(storage.texts()[`chats/${id}/chat.json`]?.includes('a draft'));
    assert.deepEqual(window.told.map(({ kind }) => kind), ['refused']);
    locked = '';
    await clock.pass(2 * retryMs);
    assert.deepEqual(window.told.map(({ kind }) => kind), ['refused', 'kept-again']);
  });

  it('keep the journal of a turn whose own file is refused', async () => {
    let isLocked = false;
    const window = await windowOn({
      async write(path, bytes) {
        if (isLocked && path.includes('turn-')) throw new FileError('denied', 'EPERM');
        return storage.write(path, bytes);
      },
    }, [{ events: [{ type: 'text-delta', text: 'The moon.' }], next: 'hang' }]);
    void window.chat.ask(question('One?'));
    await clock.pass(300);
    isLocked = true;
    await window.chat.stop();
    void window.chat.ask(question('Two?'));
    await clock.pass(3 * retryMs);
    assert.deepEqual(await onDisk(window.store.state.chat.id), ['text The moon.']);
  });

  it('say nothing twice where a line of the journal was written in part', async () => {
    let torn = 0;
    const window = await windowOn({
      async append(path, bytes) {
        if (torn === 0) return storage.append?.(path, bytes);
        torn -= 1;
        await storage.append?.(path, bytes.subarray(0, -3));
        throw full;
      },
    }, [{ events: [], next: 'hang' }]);
    void window.chat.ask(question('Why?'));
    await clock.pass(300);
    const turnId = window.store.state.turns[0]?.id ?? '';
    window.store.publish({ type: 'item-added', turnId, item: { kind: 'text', id: 'x', text: 'Tides ' } });
    await clock.pass(150);
    storage.refusal = full;
    for (const text of ['come ', 'and ', 'go.']) {
      window.store.publish({ type: 'item-extended', turnId, itemId: 'x', text });
      await clock.pass(150);
    }
    storage.refusal = undefined;
    torn = 2;
    await clock.pass(4 * retryMs);
    assert.deepEqual(await onDisk(window.store.state.chat.id), ['text Tides come and go.']);
  });

  it('have what a running turn had come to in the copy that a window goes on in, and write no more to what it lost', async () => {
    const window = await windowOn({}, [{ events: [{ type: 'text-delta', text: 'Much has come so far.' }], next: 'hang' }]);
    void window.chat.ask(question('Why?'));
    await clock.pass(3000);
    const { id } = window.store.state.chat;
    const turn = window.store.state.turns[0];
    storage.files.set(`chats/${id}/lease.json`, new TextEncoder().encode(JSON.stringify({ owner: 'other', until: clock.now() + 8000 })));
    await clock.pass(3000);
    const journal = storage.texts()[`chats/${id}/running.jsonl`];
    window.store.publish({ type: 'item-extended', turnId: turn?.id ?? '', itemId: turn?.items[0]?.id ?? '', text: ' And more.' });
    await clock.pass(500);
    assert.notEqual(window.store.state.chat.id, id);
    assert.deepEqual(await onDisk(window.store.state.chat.id), ['text Much has come so far. And more.']);
    assert.equal(storage.texts()[`chats/${id}/running.jsonl`], journal);
  });

  it('are not deleted for having no turns when these could be neither read nor set aside', async () => {
    const before = await windowOn();
    await before.ask('One?');
    const { id } = before.store.state.chat;
    await before.chats.openNew();
    await before.ask('Other?');
    await before.chats.close();
    const path = [...storage.files.keys()].find((file) => file.startsWith(`chats/${id}/turn`)) ?? '';
    storage.files.set(path, new TextEncoder().encode('{"ver'));
    const window = await windowOn({ move: async () => Promise.reject(new FileError('denied', 'EPERM')) });
    await window.chats.open(id);
    assert.deepEqual(window.store.state.turns, []);
    await window.chats.open(before.store.state.chat.id);
    await clock.pass(5000);
    assert.ok(storage.files.has(path));
  });
});
