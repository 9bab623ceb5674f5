import type { Clock } from '../ports.ts';
import type { Leases } from './leases.ts';
import { chatFile, chatFolder, chatsFolder } from './paths.ts';
import { readChatFolder, setAside } from './readChatFolder.ts';
import { reopened } from './recover.ts';
import type { SessionStart } from './session.ts';
import type { Storage } from './storage.ts';

/** A chat from the disk, ready to go on. */
export interface LoadedChat {
  readonly start: SessionStart;
  /** Another window has the chat itself. */
  readonly isCopy: boolean;
  /** Files of it were set aside. */
  readonly isDamaged: boolean;
}

export interface LoaderOptions {
  readonly storage: Storage;
  readonly leases: Leases;
  readonly clock: Clock;
  readonly titleOfCopy: (title: string) => string;
  readonly newId: () => string;
}

/** Makes what loads chats: for this window where it can have them, as copies where another has them. */
export function createLoader({ storage, leases, clock, titleOfCopy, newId }: LoaderOptions): (chatId: string) => Promise<LoadedChat | 'damaged' | 'gone'> {
  return async (chatId) => {
    // By its exact name: a file system that takes small letters for capitals would give a chat whose files are another's.
    if (!(await storage.list(chatsFolder)).includes(chatId) || (await storage.list(chatFolder(chatId))).length === 0) return 'gone';
    // Where the lease cannot be written nothing can: the chat can be read nevertheless, and the person is told of the rest.
    const isOurs = await leases.take(chatId).catch(() => true);
    const contents = await readChatFolder(storage, chatId);
    if (contents === undefined) return 'gone';
    const { chat, damaged, recovered, journals, orphans } = contents;
    // What was before the turns of another window's chat stays with that.
    const befores = isOurs ? contents.befores : [];
    const kept = new Set(befores.map(({ turnId }) => turnId));
    const turns = contents.turns.map((turn) => reopened(turn, { hasBefore: kept.has(turn.id), isCopy: !isOurs }));
    if (!isOurs) return { start: { chat: { ...chat, id: newId(), title: titleOfCopy(chat.title), isPinned: false }, turns, isStored: false, unstored: [], leftovers: [], befores }, isCopy: true, isDamaged: false };
    await setAside(storage, chatId, damaged, clock.now()).catch(() => undefined);
    if (turns.length === 0 && damaged.includes(chatFile(chatId))) {
      await leases.release(chatId).catch(() => undefined);
      return 'damaged';
    }
    const unstored = turns.filter(({ id }) => recovered.some((turn) => turn.id === id));
    return { start: { chat, turns, isStored: true, unstored, leftovers: [...journals, ...orphans], befores }, isCopy: false, isDamaged: damaged.length > 0 };
  };
}
