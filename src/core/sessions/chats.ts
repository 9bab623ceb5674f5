import type { OpenChat } from '../../protocol/chatsView.ts';
import { openChatOf } from '../chat/openChat.ts';
import { createQueue } from '../queue.ts';
import { createChatList } from './chatList.ts';
import type { ChatsOptions } from './chatsOptions.ts';
import { createDrafts, withDraft } from './drafts.ts';
import type { BeforeKeeper, ChatKeeper } from './keeper.ts';
import { createLeases } from './leases.ts';
import { createLoader } from './loadChat.ts';
import { chatFile, chatFolder, damagedFolder } from './paths.ts';
import { ignoreMissing, readChatFolder } from './readChatFolder.ts';
import { patchChat, type ChatPatch, type Patched } from './patchChat.ts';
import { openSession, type Session, type SessionStart } from './session.ts';
import { entryOf } from './shelf.ts';
import { shownTurns } from './shownTurns.ts';
import type { StoredChat, StoredTurn } from './storedChat.ts';
import { toBytes } from './storedSchemas.ts';
import { titleOf } from './title.ts';
import { createTrash } from './trash.ts';

/** All chats of this window's folder, the one that is shown among them. */
export interface Chats {
  /** Keeps whatever chat is shown. */
  readonly keeper: ChatKeeper;
  /** Keeps what files were before the turns of the chat that is shown at this moment. */
  readonly befores: BeforeKeeper;
  /** Shows the chat that was shown last, unless something has been asked, written or chosen by then. */
  start(): Promise<void>;
  openNew(): Promise<void>;
  open(chatId: string): Promise<void>;
  /** The title as the person gave it; without one the chat is named by its first question again. */
  rename(chatId: string, title: string): Promise<void>;
  pin(chatId: string, isPinned: boolean): Promise<void>;
  /** Keeps what is written and not sent, unless something with a higher mark has been kept; without a mark it counts as the newest. */
  keepDraft(chatId: string, draft: string, mark?: number): Promise<void>;
  /** Keeps which tools the chat that is shown has; undefined when they are those of a new chat. */
  keepTools(tools: StoredChat['tools']): void;
  /** Deletes a chat; that can be undone for a while. */
  remove(chatId: string): Promise<void>;
  /** A chat as it is now; undefined when there is none with this id. */
  read(chatId: string): Promise<{ readonly chat: StoredChat; readonly turns: readonly StoredTurn[] } | undefined>;
  openList(): Promise<void>;
  closeList(): void;
  search(query: string): Promise<void>;
  /** The window goes: what is known is stored. What runs will be found interrupted. */
  close(): Promise<void>;
}

/** How long a window that is being loaded again waits for the one before it to let go of its chat, in milliseconds. */
const patienceMs = 10_000;

export function createChats({ storage, index, owner, clock, timers, log, store, undo, leave, show, tell, titleOfCopy }: ChatsOptions): Chats {
  const queue = createQueue();
  const leases = createLeases({ storage, owner, clock });
  const list = createChatList({ storage, leases, index, store, held: () => [session, ...left] });
  const load = createLoader({ storage, leases, clock, titleOfCopy, newId });
  const trash = createTrash({ storage, clock, timers, log, store, undo });
  const removed = new Set<string>();
  /** Chats that are being left, until they are stored; those stay that the storage refuses something of. What is here is newer than what is there. */
  const left = new Set<Session>();
  let session = sessionOf(emptyChat());
  const drafts = createDrafts({
    queue,
    shown: () => session,
    pending,
    patch,
    async create(chatId, draft) {
      if (removed.has(chatId)) return;
      const chat = withDraft(untitled(chatId), draft);
      await storage.write(chatFile(chatId), toBytes(chat));
      list.note(entryOf(chat, 0));
    },
  });

  function newId(): string {
    return `${clock.now().toString(36)}-${crypto.randomUUID().slice(0, 8)}`;
  }

  function untitled(id: string): StoredChat {
    const now = clock.now();
    return { version: 1, id, title: '', isNamed: false, isPinned: false, createdAt: now, updatedAt: now, draft: '', shown: {} };
  }

  function emptyChat(): SessionStart {
    return { chat: untitled(newId()), turns: [], isStored: false, unstored: [], leftovers: [], befores: [] };
  }

  function sessionOf(start: SessionStart): Session {
    return openSession(start, {
      storage,
      leases,
      clock,
      timers,
      changed(changed) {
        if (changed !== session) return;
        const { chat } = store.state;
        const { id, title, draft, draftMark } = changed.chat;
        if (chat.id !== id || chat.title !== title || chat.draft !== draft || chat.draftMark !== draftMark) store.publish({ type: 'chat-changed', chat: open(changed) });
        list.noteOpen(changed);
      },
      lost(chat) {
        tell({ kind: 'copied' });
        return { id: newId(), title: titleOfCopy(chat.title) };
      },
      trouble(error) {
        log.error(`The chat is not being kept: ${error instanceof Error ? error.message : String(error)}`);
        tell({ kind: 'refused', error });
      },
      recovered() {
        log.info('The chat is kept again.');
        tell({ kind: 'kept-again' });
      },
    });
  }

  function open({ chat }: Session): OpenChat {
    return openChatOf({ ...chat, heardMark: list.heardMark });
  }

  /** Shows another chat. The one before is stored meanwhile, and nobody waits for that. */
  async function enter(start: SessionStart | Session): Promise<void> {
    await leave();
    const before = session;
    session = 'keeper' in start ? start : sessionOf(start);
    // From here on a list that is read finds it among those that are held.
    left.add(before);
    left.delete(session);
    const { shown, tools } = session.chat;
    await show({ ...open(session), shown, tools, turns: session.turns });
    list.noteOpen(session);
    await put(before);
  }

  /** What is left is stored, now or once the storage takes it. */
  async function put(before: Session): Promise<void> {
    for (const each of left) if (!each.isPending) left.delete(each);
    // While it is being stored too: a list that is read meanwhile does not find all of it on the disk.
    left.add(before);
    await before.close().catch((error: unknown) => log.warn(`A chat was not closed: ${String(error)}`));
    if (!before.isPending) left.delete(before);
  }

  function pending(chatId: string): Session | undefined {
    return [...left].find(({ chat, isPending }) => chat.id === chatId && isPending);
  }

  /** Opens a chat, unless there is something else to be shown by the time that it has been read. */
  async function openKept(chatId: string, isWanted = (): boolean => true): Promise<void> {
    if (chatId === session.chat.id) return;
    const kept = pending(chatId);
    if (kept !== undefined && (await kept.reopen())) return enter(kept);
    const loaded = await load(chatId);
    if (!isWanted()) return loaded === 'damaged' || loaded === 'gone' || loaded.isCopy ? undefined : leases.release(chatId);
    if (loaded === 'damaged' || loaded === 'gone') {
      const isDamaged = loaded === 'damaged' || list.isDamaged(chatId);
      tell({ kind: isDamaged ? 'damaged' : 'gone' });
      return isDamaged ? list.refresh() : list.forget(chatId);
    }
    await enter(loaded.start);
    if (loaded.isCopy) tell({ kind: 'copied' });
    if (loaded.isDamaged) tell({ kind: 'partly-damaged' });
  }

  /** Changes a chat that is not open here, and shows in the list what has come of it. */
  async function patch(chatId: string, change: ChatPatch): Promise<Patched> {
    const patched = await patchChat({ storage, leases, clock }, chatId, change);
    if (typeof patched === 'string') return patched;
    list.note(patched.entry);
    if (patched.isDamaged) tell({ kind: 'partly-damaged' });
    return patched;
  }

  async function change(chatId: string, changed: ChatPatch): Promise<void> {
    await queue.run(async () => {
      const here = chatId === session.chat.id ? session : pending(chatId);
      if (here === undefined) return (await patch(chatId, changed)) === 'elsewhere' ? tell({ kind: 'elsewhere' }) : undefined;
      here.change(await changed(here.chat, async () => here.turns));
      if (here !== session) list.note(entryOf(here.chat, here.questions));
    });
  }

  async function remove(chatId: string): Promise<void> {
    const wasOpen = chatId === session.chat.id;
    if (!wasOpen && (await leases.isElsewhere(chatId))) return tell({ kind: 'elsewhere' });
    const title = wasOpen ? session.chat.title : list.titleOf(chatId);
    if (wasOpen) await enter(emptyChat());
    const kept = pending(chatId);
    await kept?.abandon();
    // What cannot be read stands where it was until somebody has opened it.
    const isSetAside = list.isDamaged(chatId) && (await storage.list(chatFolder(chatId))).length === 0;
    const folder = isSetAside ? `${damagedFolder}/${chatId}` : chatFolder(chatId);
    const isStored = (await storage.list(folder)).length > 0;
    const restored = async (): Promise<void> => {
      if (kept !== undefined && (await kept.reopen())) await put(kept);
      // It comes back into the list: what is being answered by now would be stopped, and nobody asked for that.
      return wasOpen && store.state.activity.kind !== 'running' ? openKept(chatId) : list.refresh();
    };
    if (isStored || kept !== undefined) {
      await trash.take({ id: chatId, title, folder: isStored ? folder : undefined }, async () => queue.run(restored)).catch(async (error: unknown) => {
        if (kept !== undefined && (await kept.reopen())) await put(kept);
        throw error;
      });
    }
    if (kept !== undefined) left.delete(kept);
    removed.add(chatId);
    list.forget(chatId);
  }

  async function start(): Promise<void> {
    const { id } = session.chat;
    store.publish({ type: 'chat-changed', chat: open(session) });
    void trash.empty().catch((error: unknown) => log.warn(`Deleted chats are still there: ${String(error)}`));
    const { last } = list;
    if (last === undefined) return;
    const until = clock.now() + patienceMs;
    while ((await leases.isElsewhere(last)) && clock.now() < until) await new Promise<void>((resolve) => timers.after(250, resolve));
    const isUntouched = (): boolean => session.chat.id === id && session.questions === 0 && session.chat.draft === '' && session.chat.tools === undefined;
    await queue.run(async () => {
      if (isUntouched() && !(await leases.isElsewhere(last)) && (await storage.list(chatFolder(last))).length > 0) await openKept(last, isUntouched);
    });
  }

  return {
    keeper: {
      begin: (turn, sent) => session.keeper.begin(turn, sent),
      note: (entry) => session.keeper.note(entry),
      keep: (turn) => session.keeper.keep(turn),
      drop: (turnIds) => session.keeper.drop(turnIds),
      show: (shown) => session.keeper.show(shown),
    },
    get befores() {
      return session.befores;
    },
    start,
    openNew: async () =>
      queue.run(async () => {
        if (session.questions > 0 || session.chat.draft.trim() !== '' || session.chat.tools !== undefined) await enter(emptyChat());
      }),
    open: async (chatId) => queue.run(async () => openKept(chatId)),
    async rename(chatId, title) {
      const given = titleOf(title);
      await change(chatId, async ({ shown }, turns) => {
        if (given !== '') return { isNamed: true, title: given };
        const [first] = shownTurns(await turns(), shown);
        return { isNamed: false, title: titleOf(first?.view.question.text ?? '') };
      });
    },
    pin: async (chatId, isPinned) => change(chatId, () => ({ isPinned })),
    async keepDraft(chatId, text, mark) {
      if (mark !== undefined) list.hear(mark);
      await drafts.keep(chatId, { text, mark });
    },
    keepTools(tools) {
      session.change({ tools });
    },
    remove: async (chatId) => queue.run(async () => remove(chatId)),
    async read(chatId) {
      const kept = pending(chatId);
      if (kept !== undefined) return { chat: kept.chat, turns: kept.turns };
      if (chatId !== session.chat.id) return readChatFolder(storage, chatId);
      const shown = new Map(store.state.turns.map((turn) => [turn.id, turn]));
      return { chat: session.chat, turns: session.turns.map((turn) => ({ ...turn, view: shown.get(turn.id) ?? turn.view })) };
    },
    openList: async () => list.open(),
    closeList: () => list.close(),
    search: async (query) => list.search(query),
    async close() {
      await session.close().catch(ignoreMissing);
      for (const kept of [session, ...left].filter(({ isPending }) => isPending)) {
        await kept.stored();
        await kept.abandon();
        await leases.release(kept.chat.id).catch(() => undefined);
      }
    },
  };
}
