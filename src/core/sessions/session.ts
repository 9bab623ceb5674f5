import type { Clock } from '../ports.ts';
import { createImageShelf, type KeptBefore } from './imageShelf.ts';
import { createJournalWriter } from './journalWriter.ts';
import type { BeforeKeeper, ChatKeeper } from './keeper.ts';
import { renewMs, type Leases } from './leases.ts';
import { createOutbox } from './outbox.ts';
import { chatFile, chatFolder, turnFile, turnsIn } from './paths.ts';
import { reopened } from './recover.ts';
import type { Storage } from './storage.ts';
import type { StoredChat, StoredTurn } from './storedChat.ts';
import { toBytes } from './storedSchemas.ts';
import type { Timers } from './timers.ts';
import { titleOf } from './title.ts';

/** The chat that is open, kept as it goes on. Nothing of it is stored before there is something in it. */
export interface Session {
  readonly chat: StoredChat;
  readonly keeper: ChatKeeper;
  readonly befores: BeforeKeeper;
  /** How many turns are kept, versions counted too. */
  readonly questions: number;
  readonly turns: readonly StoredTurn[];
  /** Whether anything of it is stored or on its way: nothing is of a new chat, nor of a copy that was only looked at. */
  readonly isKept: boolean;
  change(change: Partial<StoredChat>): void;
  /** Settles when what is known is stored, or the storage has refused. */
  stored(): Promise<void>;
  /**
   * The chat is left: what is known is stored, and then another window may have it. One without a word in it goes. Settles
   * before that where the storage refuses, which goes on being tried.
   */
  close(): Promise<void>;
  /** Whether it was left, and the storage does not have everything yet. */
  readonly isPending: boolean;
  /** Takes up a chat that was left, as it is here; false when it is stored, and is to be read from there. */
  reopen(): Promise<boolean>;
  /** It is deleted: nothing more is stored of it, unless it is taken up again. */
  abandon(): Promise<void>;
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
  /** Journals whose turns have been recovered, and what belongs to turns that are gone. */
  readonly leftovers: readonly string[];
  readonly befores: readonly KeptBefore[];
}

export function openSession(start: SessionStart, surroundings: SessionSurroundings): Session {
  const { storage, leases, clock, timers, changed, lost, trouble, recovered } = surroundings;
  const turns = new Map(start.turns.map((turn) => [turn.id, turn]));
  const outbox = createOutbox({ storage, timers, onTrouble: trouble, onRecovered: recovered });
  const images = createImageShelf({ chatId: start.chat.id, storage, outbox, kept: start.befores });
  const dropped = new Set<string>();
  let { chat } = start;
  let isStored = start.isStored;
  let running: string | undefined;
  let isClosed = false;
  let isAbandoned = false;
  let renewing: Promise<void> | undefined;
  let ending: Promise<void> | undefined;
  const journal = createJournalWriter({ chatId: chat.id, outbox, canAppend: storage.append !== undefined, clock, timers });
  let stopRenewing = timers.every(renewMs, tick);

  /** A chat that was left is held until it is stored. */
  function tick(): void {
    if (isClosed && outbox.isEmpty) void end().catch(() => undefined);
    else void renew();
  }

  async function renew(): Promise<void> {
    if (isStored && !isAbandoned && ending === undefined) await (renewing ??= take().finally(() => (renewing = undefined)));
  }

  async function take(): Promise<void> {
    // A storage that refuses says nothing of another window.
    const isOurs = await leases.take(chat.id).catch(() => true);
    if (!isOurs && ending === undefined && !isAbandoned && !(isClosed && outbox.isEmpty)) await moveToCopy();
  }

  async function end(): Promise<void> {
    ending ??= letGo();
    await ending;
  }

  async function letGo(): Promise<void> {
    stopRenewing();
    await renewing;
    if (!isStored) return;
    const isEmpty = turns.size === 0 && chat.draft.trim() === '' && !chat.isNamed;
    // Turns that are there and not here could not be read, nor set aside.
    if (isEmpty && turnsIn(await storage.list(chatFolder(chat.id))).length === 0) await storage.delete(chatFolder(chat.id));
    else await leases.release(chat.id);
  }

  async function moveToCopy(): Promise<void> {
    outbox.forget();
    chat = { ...chat, ...lost(chat) };
    storeAll();
    images.moveTo(chat.id);
    journal.moveTo(chat.id);
    changed(session);
    await leases.take(chat.id).catch(() => undefined);
  }

  function storeAll(): void {
    for (const turn of turns.values()) storeTurn(turn);
    storeChat();
    void renew();
  }

  function storeTurn(turn: StoredTurn): void {
    outbox.write(turnFile(chat.id, turn.id), () => toBytes(turn));
  }

  function storeChat(): void {
    if (!isStored && turns.size === 0 && chat.draft === '') return;
    const stored = chat;
    // What is there of a copy is stored with its first change; the turn that has just begun is on its way.
    if (!isStored) for (const turn of turns.values()) if (turn.id !== running) storeTurn(turn);
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
    begin(turn, sent) {
      if (isClosed) return;
      // The same words may have been written since, or stand there while an older question is asked again.
      const isSent = sent !== undefined && chat.draftMark === sent.mark && chat.draft.trim() === turn.view.question.text.trim();
      turns.set(turn.id, turn);
      running = turn.id;
      storeTurn(turn);
      journal.begin(turn.id);
      const title = chat.title === '' && !chat.isNamed ? titleOf(turn.view.question.text) : chat.title;
      set({ title, updatedAt: clock.now(), ...(isSent && sentDraft(chat)) });
    },
    note(entry) {
      if (!isClosed && running !== undefined) journal.note(entry);
    },
    keep(turn) {
      if (isClosed) return;
      turns.set(turn.id, turn);
      images.restore(turn.id);
      storeTurn(turn);
      // The first question was deleted, and is brought back.
      if (running !== turn.id && chat.title === '' && !chat.isNamed) return set({ title: titleOf(turn.view.question.text) });
      if (running !== turn.id) return isStored ? undefined : storeChat();
      running = undefined;
      journal.end();
      // Nothing that was deleted is offered to be brought back behind an answer.
      if (turn.view.outcome === 'done') images.sweep();
      set({ updatedAt: clock.now() });
    },
    drop(turnIds) {
      if (isClosed) return;
      images.drop(turnIds);
      for (const id of turnIds) {
        if (!turns.delete(id)) continue;
        dropped.add(id);
        outbox.remove(turnFile(chat.id, id));
      }
      set(turns.size === 0 && !chat.isNamed ? { title: '' } : {});
    },
    show(shown) {
      if (!isClosed) set({ shown });
    },
  };

  const befores: BeforeKeeper = {
    keep(turnId, before) {
      // Of a chat that was left meanwhile nothing can be put back from here.
      if (!isClosed && turns.has(turnId)) images.keep(turnId, before);
    },
    has: (turnId) => images.has(turnId),
    read: async (turnId) => images.read(turnId),
    setAside: async (turnId) => images.setAside(turnId, clock.now()),
  };

  const session: Session = {
    keeper,
    befores,
    get chat() {
      return chat;
    },
    get questions() {
      return turns.size;
    },
    get isKept() {
      return isStored;
    },
    get turns() {
      return [...turns.values()];
    },
    change(change) {
      if (ending === undefined) set(change);
    },
    async stored() {
      journal.flush();
      await outbox.settled();
    },
    async close() {
      if (isClosed) return;
      journal.flush();
      images.sweep();
      isClosed = true;
      await outbox.settled();
      if (outbox.isEmpty) await end();
    },
    get isPending() {
      return isClosed && ending === undefined;
    },
    async reopen() {
      // What is being let go of is there to be read afterwards.
      await ending?.catch(() => undefined);
      if (ending !== undefined) return false;
      isClosed = false;
      for (const turn of turns.values()) turns.set(turn.id, reopened(turn, { hasBefore: images.has(turn.id) }));
      if (!isAbandoned) return true;
      isAbandoned = false;
      stopRenewing = timers.every(renewMs, tick);
      storeAll();
      for (const id of dropped) if (!turns.has(id)) outbox.remove(turnFile(chat.id, id));
      return true;
    },
    async abandon() {
      isAbandoned = true;
      stopRenewing();
      outbox.forget();
      await Promise.all([outbox.settled(), renewing]);
    },
  };
  if (start.isStored) {
    for (const turn of start.unstored) storeTurn(turn);
    for (const path of start.leftovers) outbox.remove(path, start.unstored.map(({ id }) => turnFile(chat.id, id)));
  }
  return session;
}

/** What is sent is no draft any more, also where the page goes before it can say so; what it has written since stays the newer one. */
function sentDraft({ draftMark }: StoredChat): Partial<StoredChat> {
  return { draft: '', ...(draftMark !== undefined && { draftMark: Math.floor(draftMark) + 0.5 }) };
}
