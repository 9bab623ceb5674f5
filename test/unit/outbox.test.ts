import assert from 'node:assert/strict';
import { FileError } from '../../src/core/ports.ts';
import { createOutbox, retryMs, type Outbox } from '../../src/core/sessions/outbox.ts';
import type { Storage } from '../../src/core/sessions/storage.ts';
import { handClock, settle, type HandClock } from './support/chatsHarness.ts';
import { memoryStorage, type MemoryStorage } from './support/memoryStorage.ts';

const full = new FileError('other', 'ENOSPC');
const bytes = (text: string): (() => Uint8Array) => () => new TextEncoder().encode(text);

describe('what is to be stored', () => {
  let storage: MemoryStorage;
  let clock: HandClock;
  let asked: string[];
  let trouble: string[];
  let outbox: Outbox;

  function make(given: Partial<Storage> = {}): Outbox {
    const watched: Storage = {
      ...storage,
      write: async (path, written) => (asked.push(`write ${path}`), storage.write(path, written)),
      append: async (path, written) => (asked.push(`append ${path}`), storage.append?.(path, written)),
      delete: async (path) => (asked.push(`delete ${path}`), storage.delete(path)),
      ...given,
    };
    return createOutbox({ storage: watched, timers: clock, onTrouble: (error) => trouble.push(String(error)), onRecovered: () => trouble.push('again') });
  }

  beforeEach(() => {
    storage = memoryStorage();
    clock = handClock();
    asked = [];
    trouble = [];
    outbox = make();
  });

  it('is done in the order in which it was last asked for, what is replaced meanwhile not at all', async () => {
    outbox.write('turn', bytes('1'));
    outbox.append('journal', 'a');
    outbox.append('journal', 'b');
    outbox.write('turn', bytes('2'));
    outbox.remove('journal');
    await outbox.settled();
    assert.deepEqual(asked, ['write turn', 'delete journal']);
    assert.deepEqual(storage.texts(), { turn: '2' });
  });

  it('waits for a storage that refuses, and has everything in its place afterwards', async () => {
    storage.refusal = full;
    outbox.write('journal', bytes('head\n'));
    outbox.append('journal', 'one\n');
    await settle();
    outbox.append('journal', 'two\n');
    outbox.write('turn', bytes('1'));
    await clock.pass(3 * retryMs);
    assert.equal(trouble.length, 1);
    storage.refusal = undefined;
    await clock.pass(retryMs);
    assert.deepEqual(storage.texts(), { journal: 'head\none\ntwo\n', turn: '1' });
    assert.deepEqual(trouble.slice(1), ['again']);
  });

  it('begins a new line where a part of one may have been written', async () => {
    let isTorn = true;
    outbox = make({
      async append(path, written) {
        if (!isTorn) return storage.append?.(path, written);
        isTorn = false;
        await storage.append?.(path, written.subarray(0, 2));
        throw full;
      },
    });
    outbox.append('journal', 'one\n');
    await settle();
    outbox.append('journal', 'two\n');
    await clock.pass(retryMs);
    assert.deepEqual(storage.texts(), { journal: 'on\none\ntwo\n' });
  });

  it('is done whenever it was asked for, right at the end of what was asked for before too', async () => {
    for (let moments = 0; moments < 14; moments += 1) {
      outbox = make();
      outbox.write('first', bytes('1'));
      let asking: Promise<unknown> = Promise.resolve();
      for (let count = 0; count < moments; count += 1) asking = asking.then(() => undefined);
      const late = `late-${moments}`;
      void asking.then(() => outbox.write(late, bytes('2')));
      await settle();
      assert.ok(storage.files.has(late), `after ${moments} moments`);
    }
  });

  it('does not hold up the rest where one file is refused, but what is to be done after that', async () => {
    let isLocked = true;
    outbox = make({
      async write(path, written) {
        if (isLocked && path === 'locked') throw full;
        return storage.write(path, written);
      },
    });
    outbox.write('locked', bytes('1'));
    outbox.write('journal', bytes('2'), ['locked']);
    outbox.write('other', bytes('3'));
    await settle();
    outbox.write('late', bytes('4'));
    outbox.append('journal', '5');
    await settle();
    assert.deepEqual([storage.texts(), outbox.isEmpty], [{ other: '3', late: '4' }, false]);
    isLocked = false;
    await clock.pass(retryMs);
    assert.deepEqual([storage.texts(), outbox.isEmpty], [{ other: '3', late: '4', locked: '1', journal: '25' }, true]);
    assert.deepEqual(trouble.slice(1), ['again']);
  });

  it('is left undone when it is to be forgotten', async () => {
    storage.refusal = full;
    outbox.write('turn', bytes('1'));
    await settle();
    outbox.forget();
    storage.refusal = undefined;
    await clock.pass(2 * retryMs);
    assert.deepEqual(storage.texts(), {});
  });
});
