import assert from 'node:assert/strict';
import { FileError } from '../../../src/core/ports.ts';
import { readChatFolder } from '../../../src/core/sessions/readChatFolder.ts';
import type { Storage } from '../../../src/core/sessions/storage.ts';
import { itemsOf } from './chatHarness.ts';
import { handClock, openWindow, type ChatsWindow, type HandClock } from './chatsHarness.ts';
import { memoryStorage, type MemoryStorage } from './memoryStorage.ts';
import type { Answer } from './scriptedAgent.ts';

/** What a full disk says. */
export const full = new FileError('other', 'ENOSPC');

/** Each turn that is shown, with its end and the first of its items. */
export function shown({ store }: ChatsWindow): readonly string[] {
  return store.state.turns.map((turn) => `${turn.question.text} ${turn.outcome}: ${itemsOf(turn)[0] ?? ''}`);
}

/** A disk that can be made to refuse, and the windows on it. */
export interface RefusingDisk {
  readonly storage: MemoryStorage;
  readonly clock: HandClock;
  readonly windowOn: (over?: Partial<Storage>, answers?: readonly Answer[]) => Promise<ChatsWindow>;
  /** The first item of each turn of a chat as it is stored; undefined when there is no such chat. */
  readonly onDisk: (id: string) => Promise<readonly string[] | undefined>;
  /** A storage whose next lease waits until it is let go. */
  readonly slowLease: () => { readonly over: Partial<Storage>; hold(): void; letGo(): void };
}

export function refusingDisk(): RefusingDisk {
  const storage = memoryStorage();
  const clock = handClock();

  async function windowOn(over: Partial<Storage> = {}, answers: readonly Answer[] = []): Promise<ChatsWindow> {
    const window = openWindow({ storage: { ...storage, ...over }, clock, answers });
    await window.chats.start();
    return window;
  }

  async function onDisk(id: string): Promise<readonly string[] | undefined> {
    return (await readChatFolder(storage, id))?.turns.map(({ view }) => itemsOf(view)[0] ?? '');
  }

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

  return { storage, clock, windowOn, onDisk, slowLease };
}
