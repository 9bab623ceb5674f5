import type { ChatList, ChatMatch } from '../../protocol/chatsView.ts';
import type { ViewStore } from '../chat/viewStore.ts';
import { readIndex, type IndexEntry, type IndexStore } from './chatIndex.ts';
import type { Leases } from './leases.ts';
import { searchChats } from './searchChats.ts';
import { entryOf, listed, readElsewhere, readShelf } from './shelf.ts';
import type { Session } from './session.ts';
import type { Storage } from './storage.ts';

/** The list of chats, and what the index remembers of it. */
export interface ChatListing {
  /** Shows the list: what the index remembers at once, then what is on the disk. */
  open(): Promise<void>;
  /** Looks at the disk again. */
  refresh(): Promise<void>;
  close(): void;
  /** Looks for words in all chats, showing what is found as it is found; no words end the search. */
  search(query: string): Promise<void>;
  /** The chat that is open, as it is now. */
  noteOpen(session: Session): void;
  note(entry: IndexEntry): void;
  forget(chatId: string): void;
  isDamaged(chatId: string): boolean;
  titleOf(chatId: string): string;
  /** The chat that was open last, when this window was opened. */
  readonly last: string | undefined;
  /** The highest mark of a draft that this window has heard of, or the index had when it was opened. */
  readonly heardMark: number | undefined;
  hear(mark: number): void;
}

export interface ListingOptions {
  readonly storage: Storage;
  readonly leases: Leases;
  readonly index: IndexStore;
  readonly store: ViewStore;
  /** The chats of which this window knows more than the storage, which may not have them at all. */
  readonly held: () => readonly Session[];
}

export function createChatList({ storage, leases, index, store, held }: ListingOptions): ChatListing {
  const remembered = readIndex(index);
  let entries = new Map(remembered.entries.map((entry) => [entry.id, entry]));
  let last = remembered.last;
  let { heardMark } = remembered;
  let written = JSON.stringify({ last, entries: remembered.entries });
  let elsewhere: ReadonlySet<string> = new Set();
  let damaged: ReadonlySet<string> = new Set();
  let found: ChatList['found'];
  let searching: AbortController | undefined;
  let isOpen = false;
  /** What has changed since each reading of the disk began. */
  const meanwhile = new Set<Map<string, IndexEntry | undefined>>();
  /** The readings of the disk are counted as they begin: how many have, and the last of them that came to its end. */
  let begun = 0;
  let taken = 0;

  function set(id: string, entry: IndexEntry | undefined): void {
    if (entry === undefined) entries.delete(id);
    else entries.set(id, entry);
    for (const changed of meanwhile) changed.set(id, entry);
  }

  function show(): void {
    if (isOpen) store.publish({ type: 'chats-changed', chats: { entries: listed([...entries.values()], { open: store.state.chat.id, elsewhere, damaged }), found: found && { ...found, matches: [...found.matches] } } });
  }

  function remember(): void {
    const next = { last, entries: [...entries.values()].filter(({ id }) => !damaged.has(id)) };
    if (JSON.stringify(next) === written) return;
    written = JSON.stringify(next);
    // Not for itself: it changes with every pause in typing, and what is asked changes the rest.
    index.write({ ...next, heardMark });
    show();
  }

  async function refresh(): Promise<void> {
    const changed = new Map<string, IndexEntry | undefined>();
    meanwhile.add(changed);
    try {
      await read(changed);
    } finally {
      meanwhile.delete(changed);
    }
  }

  async function read(changed: ReadonlyMap<string, IndexEntry | undefined>): Promise<void> {
    const number = (begun += 1);
    // One that is stored while the disk is read is not found there, or as it was before, and not held any more.
    const heldBefore = held();
    const shelf = await readShelf(storage);
    const others = await readElsewhere(leases, shelf.entries);
    // A later one has seen what this one has, and what was brought back since.
    if (number < taken) return;
    taken = number;
    entries = new Map([...shelf.entries, ...entriesOf(heldBefore), ...entriesOf(held())].map((entry) => [entry.id, entry]));
    // What was read may be from before that.
    for (const [id, entry] of changed) {
      if (entry === undefined) entries.delete(id);
      else entries.set(id, entry);
    }
    damaged = shelf.damaged;
    elsewhere = others;
    remember();
    show();
  }

  function endSearch(): void {
    searching?.abort();
    searching = undefined;
    found = undefined;
  }

  return {
    last,
    get heardMark() {
      return heardMark;
    },
    hear: (mark) => void (heardMark = Math.max(mark, heardMark ?? mark)),
    refresh,
    isDamaged: (chatId) => damaged.has(chatId),
    titleOf: (chatId) => entries.get(chatId)?.title ?? '',
    async open() {
      isOpen = true;
      show();
      await refresh();
    },
    close() {
      if (!isOpen) return;
      isOpen = false;
      endSearch();
      store.publish({ type: 'chats-changed', chats: undefined });
    },
    async search(query) {
      endSearch();
      if (query.trim() === '') return show();
      const controller = new AbortController();
      searching = controller;
      const matches: ChatMatch[] = [];
      found = { query, matches, isDone: false };
      show();
      const add = (added: readonly ChatMatch[], isDone: boolean): void => {
        matches.push(...added);
        found = { query, matches, isDone };
        // What has been found is in the page already, and the list may be long.
        if (isOpen) store.publish({ type: 'chats-found', query, matches: added, isDone });
      };
      const order = listed([...entries.values()], { open: '', elsewhere, damaged });
      try {
        for await (const match of searchChats(storage, { query: query.trim(), entries: order.map((entry) => entryOf(entry, entry.questions)) }, controller.signal)) {
          // One may have been on its way when the next search began.
          if (controller.signal.aborted) return;
          add([match], false);
        }
      } catch (error) {
        if (!controller.signal.aborted) throw error;
      } finally {
        if (!controller.signal.aborted) add([], true);
      }
    },
    noteOpen(session) {
      const { chat, questions } = session;
      last = chat.id;
      if (isToBeKept(session) || entries.has(chat.id)) set(chat.id, entryOf(chat, questions));
      remember();
    },
    note(entry) {
      set(entry.id, entry);
      remember();
      show();
    },
    forget(chatId) {
      set(chatId, undefined);
      if (last === chatId) last = undefined;
      remember();
      show();
    },
  };
}

function entriesOf(sessions: readonly Session[]): readonly IndexEntry[] {
  return sessions.filter(isToBeKept).map(({ chat, questions }) => entryOf(chat, questions));
}

/** Nothing is kept of a chat without a word, nor of a copy that was only looked at. */
function isToBeKept({ isKept, questions, chat }: Session): boolean {
  return isKept && (questions > 0 || chat.draft.trim() !== '');
}
