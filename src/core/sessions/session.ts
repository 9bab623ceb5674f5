import type { Clock } from '../ports.ts';
import { createJournalWriter, type JournalWriter } from './journalWriter.ts';
import type { ChatKeeper } from './keeper.ts';
import { renewMs, type Leases } from './leases.ts';
import { createOutbox } from './outbox.ts';
import { chatFile, chatFolder, turnFile } from './paths.ts';
import type { Storage } from './storage.ts';
import type { StoredChat, StoredTurn } from './storedChat.ts';
import { toBytes } from './storedSchemas.ts';
import type { Timers } from './timers.ts';
import { titleOf } from './title.ts';

/** The chat that is open, kept as it goes on. Nothing of it is stored before there is something in it. */
export interface Session {
  readonly chat: StoredChat;
  readonly keeper: ChatKeeper;
  /** How many turns are kept, versions counted too. */
  readonly questions: number;
  readonly turns: readonly StoredTurn[];
  change(change: Partial<StoredChat>): void;
  /** Settles when what is known is stored, or the storage has refused. */
  stored(): Promise<void>;
  /** The chat is left: what is known is stored, and another window may have it. One without a word in it goes. */
  close(): Promise<void>;
}

export interface SessionSurroundings {
  readonly storage: Storage;
  readonly leases: Leases;
  readonly clock: Clock;
  readonly timers: Timers;
  /** Is told whenever something of `chat` has changed. */
  readonly changed: (session: Session) => void;
  /** Another window has taken the chat, as it may when this one was asleep: this one goes on in a copy under the name that is answered. */
  readonly lost: (chat: StoredChat) => Pick<StoredChat, 'id' | 'title'>;
  readonly trouble: (error: unknown) => void;
  readonly recovered: () => void;
}

export interface SessionStart {
  readonly chat: StoredChat;
  readonly turns: readonly StoredTurn[];
  /** Whether its files are there already, all but those of `unstored`. */
  readonly isStored: boolean;
  readonly unstored: readonly StoredTurn[];
  /** Journals whose turns have been recovered. */
  readonly leftovers: readonly string[];
}

export function openSession(start: SessionStart, surroundings: SessionSurroundings): Session {
  const { storage, leases, clock, timers, changed, lost, trouble, recovered } = surroundings;
  const turns = new Map(start.turns.map((turn) => [turn.id, turn]));
  const outbox = createOutbox({ storage, timers, onTrouble: trouble, onRecovered: recovered });
  let { chat } = start;
  let isStored = start.isStored;
  let running: string | undefined;
  let isClosed = false;
  let journal = journalOf(chat.id);
  const stopRenewing = timers.every(renewMs, () => void renew());

  function journalOf(chatId: string): JournalWriter {
    return createJournalWriter({ chatId, outbox, canAppend: storage.append !== undefined, clock, timers });
  }

  async function renew(): Promise<void> {
    if (!isStored || isClosed) return;
    // A storage that refuses says nothing of another window.
    const isOurs = await leases.take(chat.id).catch(() => true);
    if (!isOurs && !isClosed) moveToCopy();
  }

  function moveToCopy(): void {
    outbox.forget();
    chat = { ...chat, ...lost(chat) };
    journal = journalOf(chat.id);
    storeAll();
    changed(session);
  }

  function storeAll(): void {
    for (const turn of turns.values()) storeTurn(turn);
    if (running !== undefined) journal.begin(running);
    storeChat();
    void renew();
  }

  function storeTurn(turn: StoredTurn): void {
    outbox.write(turnFile(chat.id, turn.id), () => toBytes(turn));
  }

  function storeChat(): void {
    if (!isStored && turns.size === 0 && chat.draft === '') return;
    const stored = chat;
    outbox.write(chatFile(stored.id), () => toBytes(stored));
    if (isStored) return;
    isStored = true;
    void renew();
  }

  function set(change: Partial<StoredChat>): void {
    chat = { ...chat, ...change };
    storeChat();
    changed(session);
  }

  const keeper: ChatKeeper = {
    begin(turn) {
      if (isClosed) return;
      turns.set(turn.id, turn);
      running = turn.id;
      storeTurn(turn);
      journal.begin(turn.id);
      const title = chat.title === '' && !chat.isNamed ? titleOf(turn.view.question.text) : chat.title;
      set({ title, updatedAt: clock.now() });
    },
    note(entry) {
      if (!isClosed && running !== undefined) journal.note(entry);
    },
    keep(turn) {
      if (isClosed) return;
      turns.set(turn.id, turn);
      storeTurn(turn);
      // The first question was deleted, and is brought back.
      if (running !== turn.id && chat.title === '' && !chat.isNamed) return set({ title: titleOf(turn.view.question.text) });
      if (running !== turn.id) return isStored ? undefined : storeChat();
      running = undefined;
      journal.end();
      set({ updatedAt: clock.now() });
    },
    drop(turnIds) {
      if (isClosed) return;
      for (const id of turnIds) {
        if (turns.delete(id)) outbox.remove(turnFile(chat.id, id));
      }
      set(turns.size === 0 && !chat.isNamed ? { title: '' } : {});
    },
    show(shown) {
      if (!isClosed) set({ shown });
    },
  };

  const session: Session = {
    keeper,
    get chat() {
      return chat;
    },
    get questions() {
      return turns.size;
    },
    get turns() {
      return [...turns.values()];
    },
    change(change) {
      if (!isClosed) set(change);
    },
    async stored() {
      journal.flush();
      await outbox.settled();
    },
    async close() {
      if (isClosed) return;
      journal.flush();
      isClosed = true;
      stopRenewing();
      await outbox.settled();
      if (!isStored) return;
      const isEmpty = turns.size === 0 && chat.draft.trim() === '' && !chat.isNamed;
      if (isEmpty) await storage.delete(chatFolder(chat.id));
      else await leases.release(chat.id);
    },
  };
  if (!start.isStored) {
    if (start.turns.length > 0) storeAll();
  } else {
    for (const turn of start.unstored) storeTurn(turn);
    for (const path of start.leftovers) outbox.remove(path);
  }
  return session;
}
