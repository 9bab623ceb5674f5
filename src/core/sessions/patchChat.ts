import type { Clock } from '../ports.ts';
import type { IndexEntry } from './chatIndex.ts';
import type { Leases } from './leases.ts';
import { chatFile, chatFolder, turnsIn } from './paths.ts';
import { readChatFolder, readIfThere, setAside } from './readChatFolder.ts';
import { entryOf } from './shelf.ts';
import type { Storage } from './storage.ts';
import type { StoredChat, StoredTurn } from './storedChat.ts';
import { readChat, toBytes } from './storedSchemas.ts';

/** What changes of a chat, its turns being there for whoever asks for them. */
export type ChatPatch = (chat: StoredChat, turns: () => Promise<readonly StoredTurn[]>) => Partial<StoredChat> | Promise<Partial<StoredChat>>;

/** `isDamaged`: files of it were set aside. `elsewhere`: another window has it, and nothing was changed. */
export type Patched = 'gone' | 'elsewhere' | { readonly entry: IndexEntry; readonly isDamaged: boolean };

export interface PatchOptions {
  readonly storage: Storage;
  readonly leases: Leases;
  readonly clock: Clock;
}

/** Changes the own file of a chat that is not open in this window. Its turns, which may be thousands, are left alone unless that file cannot be read. */
export async function patchChat({ storage, leases, clock }: PatchOptions, chatId: string, patch: ChatPatch): Promise<Patched> {
  const names = await storage.list(chatFolder(chatId));
  const bytes = names.includes('chat.json') ? await readIfThere(storage, chatFile(chatId)) : undefined;
  const own = bytes && readChat(bytes, chatId);
  const contents = own === undefined ? await readChatFolder(storage, chatId) : undefined;
  const chat = own ?? contents?.chat;
  if (chat === undefined) return 'gone';
  if (await leases.isElsewhere(chatId)) return 'elsewhere';
  const damaged = contents?.damaged ?? [];
  await setAside(storage, chatId, damaged, clock.now());
  const turns = async (): Promise<readonly StoredTurn[]> => (contents ?? (await readChatFolder(storage, chatId)))?.turns ?? [];
  const changed = { ...chat, ...(await patch(chat, turns)) };
  await storage.write(chatFile(chatId), toBytes(changed));
  return { entry: entryOf(changed, contents?.turns.length ?? turnsIn(names).length), isDamaged: damaged.length > 0 };
}
