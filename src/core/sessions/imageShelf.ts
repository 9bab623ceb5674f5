import type { Outbox } from './outbox.ts';
import { beforeFile } from './paths.ts';
import { readIfThere, setAside } from './readChatFolder.ts';
import type { Storage } from './storage.ts';

/** What files were before a turn, ready to be stored: about how large it is, in bytes, and what is written when its time comes. */
export interface BeforeBytes {
  readonly size: number;
  bytes(): Uint8Array;
}

/** What is stored of a turn's files as they were before it. */
export interface KeptBefore {
  readonly turnId: string;
  readonly size: number;
}

/** Where a chat's turns have their files as they were before them: beside the turns, so that they go where the chat goes. */
export interface ImageShelf {
  has(turnId: string): boolean;
  /** Undefined: there is nothing to be put back any more. What is too large is not stored, and of the oldest turns nothing where there is no room. */
  keep(turnId: string, before: BeforeBytes | undefined): void;
  /** Undefined where nothing is there. */
  read(turnId: string): Promise<Uint8Array | undefined>;
  /** Its file holds something else: it is put where what cannot be read is kept. */
  setAside(turnId: string, now: number): Promise<void>;
  /** The turns are deleted, and may be brought back until {@link sweep}. */
  drop(turnIds: readonly string[]): void;
  restore(turnId: string): void;
  sweep(): void;
  /** The chat goes on under another id: what this window has made is stored there, the rest is read where it is. */
  moveTo(chatId: string): void;
}

/** What is stored at most of a turn, and of a chat, in bytes. */
const largestBefore = { turn: 16 * 1024 * 1024, chat: 64 * 1024 * 1024 } as const;

export interface ShelfOptions {
  readonly chatId: string;
  readonly storage: Storage;
  readonly outbox: Pick<Outbox, 'write' | 'remove'>;
  /** What is there already, of the oldest turns first. */
  readonly kept: readonly KeptBefore[];
  readonly most?: { readonly turn: number; readonly chat: number };
}

interface Entry {
  readonly size: number;
  /** The chat in whose folder it is. */
  readonly home: string;
  /** Of what this window has made. */
  readonly made: BeforeBytes | undefined;
}

export function createImageShelf({ chatId: first, storage, outbox, kept, most = largestBefore }: ShelfOptions): ImageShelf {
  const entries = new Map<string, Entry>(kept.map(({ turnId, size }) => [turnId, { size, home: first, made: undefined }]));
  const dropped = new Set<string>();
  let chatId = first;

  function remove(turnId: string): void {
    const entry = entries.get(turnId);
    entries.delete(turnId);
    dropped.delete(turnId);
    // In the folder of another window nothing is removed.
    if (entry?.home === chatId) outbox.remove(beforeFile(chatId, turnId));
  }

  function put(turnId: string, made: BeforeBytes): void {
    entries.set(turnId, { size: made.size, home: chatId, made });
    outbox.write(beforeFile(chatId, turnId), () => made.bytes());
  }

  function makeRoom(forTurn: string): void {
    let size = [...entries.values()].reduce((sum, entry) => sum + entry.size, 0);
    for (const [turnId, entry] of entries) {
      if (size <= most.chat) return;
      if (turnId === forTurn) continue;
      size -= entry.size;
      remove(turnId);
    }
  }

  return {
    has: (turnId) => entries.has(turnId) && !dropped.has(turnId),
    keep(turnId, before) {
      // What was stored before would put files back to where they were not.
      if (before === undefined || before.size > most.turn) return remove(turnId);
      put(turnId, before);
      makeRoom(turnId);
    },
    async read(turnId) {
      const entry = entries.get(turnId);
      if (entry === undefined) return undefined;
      return entry.made?.bytes() ?? (await readIfThere(storage, beforeFile(entry.home, turnId)));
    },
    async setAside(turnId, now) {
      const entry = entries.get(turnId);
      // What another window has, or is on its way to the disk, is not what was read.
      if (entry?.home !== chatId || entry.made !== undefined) return;
      entries.delete(turnId);
      await setAside(storage, chatId, [beforeFile(chatId, turnId)], now);
    },
    drop(turnIds) {
      for (const turnId of turnIds) if (entries.has(turnId)) dropped.add(turnId);
    },
    restore: (turnId) => void dropped.delete(turnId),
    sweep() {
      for (const turnId of dropped) remove(turnId);
    },
    moveTo(other) {
      chatId = other;
      for (const [turnId, { made }] of entries) if (made !== undefined) put(turnId, made);
    },
  };
}
