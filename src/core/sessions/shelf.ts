import type { ChatEntry } from '../../protocol/chatsView.ts';
import { manyAtOnce } from '../manyAtOnce.ts';
import type { IndexEntry } from './chatIndex.ts';
import type { Leases } from './leases.ts';
import { chatFile, chatFolder, chatsFolder, damagedFolder, isChatId, turnsIn } from './paths.ts';
import { readChatFolder, readIfThere } from './readChatFolder.ts';
import type { Storage } from './storage.ts';
import { readChat } from './storedSchemas.ts';

/** What is on the disk of chats: entries of the list, and the ids of those of which nothing can be read. */
export interface Shelf {
  readonly entries: readonly IndexEntry[];
  readonly damaged: ReadonlySet<string>;
}

/** Looks at every chat. A folder that cannot be reached now is left out; what was set aside whole stands among the damaged. */
export async function readShelf(storage: Storage): Promise<Shelf> {
  const ids = (await storage.list(chatsFolder)).filter(isChatId);
  const found: (IndexEntry | undefined)[] = [];
  const damaged = new Set<string>();
  await manyAtOnce(ids, async (id, index) => {
    const entry = await readEntry(storage, id).catch(() => undefined);
    if (entry !== undefined && 'isDamaged' in entry) damaged.add(id);
    found[index] = entry;
  });
  const entries = found.filter((entry) => entry !== undefined);
  const aside = (await storage.list(damagedFolder)).filter((id) => isChatId(id) && !ids.includes(id));
  for (const id of aside) damaged.add(id);
  return { entries: [...entries, ...aside.map((id) => entryOf({ id, title: '', updatedAt: 0, isPinned: false }, 0))], damaged };
}

async function readEntry(storage: Storage, chatId: string): Promise<IndexEntry | (IndexEntry & { readonly isDamaged: true }) | undefined> {
  const bytes = await readIfThere(storage, chatFile(chatId));
  const chat = bytes && readChat(bytes, chatId);
  const turns = turnsIn(await storage.list(chatFolder(chatId)));
  if (chat !== undefined) return entryOf(chat, turns.length);
  const contents = await readChatFolder(storage, chatId);
  if (contents === undefined) return undefined;
  const entry = entryOf(contents.chat, contents.turns.length);
  return contents.turns.length === 0 ? { ...entry, isDamaged: true } : entry;
}

export function entryOf({ id, title, updatedAt, isPinned }: Omit<IndexEntry, 'questions'>, questions: number): IndexEntry {
  return { id, title, updatedAt, isPinned, questions };
}

/** Which of these chats other windows have. */
export async function readElsewhere(leases: Leases, entries: readonly IndexEntry[]): Promise<ReadonlySet<string>> {
  const elsewhere = new Set<string>();
  await manyAtOnce(entries, async ({ id }) => {
    if (await leases.isElsewhere(id).catch(() => false)) elsewhere.add(id);
  });
  return elsewhere;
}

export interface Standing {
  readonly open: string;
  readonly elsewhere: ReadonlySet<string>;
  readonly damaged: ReadonlySet<string>;
}

/** As the list shows them: pinned ones first, then the last used first. */
export function listed(entries: readonly IndexEntry[], { open, elsewhere, damaged }: Standing): readonly ChatEntry[] {
  const stateOf = (id: string): ChatEntry['state'] => (id === open ? 'open' : damaged.has(id) ? 'damaged' : elsewhere.has(id) ? 'elsewhere' : 'here');
  return entries
    .toSorted((one, other) => Number(other.isPinned) - Number(one.isPinned) || other.updatedAt - one.updatedAt)
    .map((entry) => ({ ...entry, state: stateOf(entry.id) }));
}
