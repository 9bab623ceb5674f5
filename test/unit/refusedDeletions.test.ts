import assert from 'node:assert/strict';
import { FileError } from '../../src/core/ports.ts';
import { retryMs } from '../../src/core/sessions/outbox.ts';
import { undoMs } from '../../src/core/sessions/trash.ts';
import { settle } from './support/chatsHarness.ts';
import { full, refusingDisk, shown } from './support/refusingDisk.ts';

describe('chats that are deleted on a disk that refuses', () => {
  let { storage, clock, windowOn, onDisk, slowLease } = refusingDisk();
  beforeEach(() => ({ storage, clock, windowOn, onDisk, slowLease } = refusingDisk()));

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
});
