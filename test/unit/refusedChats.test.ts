import assert from 'node:assert/strict';
import { FileError } from '../../src/core/ports.ts';
import { retryMs } from '../../src/core/sessions/outbox.ts';
import { question } from './support/chatHarness.ts';
import { settle } from './support/chatsHarness.ts';
import { full, refusingDisk, shown } from './support/refusingDisk.ts';

describe('chats on a disk that refuses', () => {
  let { storage, clock, windowOn, onDisk, slowLease } = refusingDisk();
  beforeEach(() => ({ storage, clock, windowOn, onDisk, slowLease } = refusingDisk()));

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
