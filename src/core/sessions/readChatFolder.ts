import { manyAtOnce } from '../manyAtOnce.ts';
import { FileError } from '../ports.ts';
import { readJournal, type DatedEntry } from './journal.ts';
import { beforeFile, beforesIn, chatFile, chatFolder, damagedFolder, journalsIn, turnFile, turnsIn } from './paths.ts';
import type { KeptBefore } from './imageShelf.ts';
import { recover } from './recover.ts';
import { reattached, shownTurns } from './shownTurns.ts';
import type { Storage } from './storage.ts';
import type { StoredChat, StoredTurn } from './storedChat.ts';
import { readChat, readTurn } from './storedSchemas.ts';
import { titleOf } from './title.ts';

/** A chat as its folder holds it: turns that were interrupted say so. */
export interface ChatContents {
  readonly chat: StoredChat;
  readonly turns: readonly StoredTurn[];
  /** Those of them that differ from their files, for they were interrupted. */
  readonly recovered: readonly StoredTurn[];
  /** Files that could not be read. */
  readonly damaged: readonly string[];
  /** What is kept of files as they were before turns, of the oldest turns first. */
  readonly befores: readonly KeptBefore[];
  /** The same of turns that are not there. */
  readonly orphans: readonly string[];
  /** What is there of a journal. */
  readonly journals: readonly string[];
}

/**
 * Reads a chat's folder as far as it can be read; undefined when nothing of a chat is in it. Changes nothing. Throws a
 * `FileError` where the storage refuses: what cannot be reached is not damaged.
 */
export async function readChatFolder(storage: Storage, chatId: string): Promise<ChatContents | undefined> {
  const names = await storage.list(chatFolder(chatId));
  const ids = turnsIn(names);
  const found: (StoredTurn | undefined)[] = [];
  const damaged: string[] = [];
  await manyAtOnce(ids, async (id, index) => {
    const bytes = await readIfThere(storage, turnFile(chatId, id));
    const turn = bytes && readTurn(bytes, id);
    if (bytes !== undefined && turn === undefined) damaged.push(turnFile(chatId, id));
    found[index] = turn;
  });
  const running = found.some((turn) => turn?.view.outcome === 'running') ? await readJournals(storage, chatId, names) : undefined;
  const recovered: StoredTurn[] = [];
  const turns = reattached(found.filter((turn) => turn !== undefined)).map((turn) => {
    if (turn.view.outcome !== 'running') return turn;
    const isItsOwn = running?.turnId === undefined || running.turnId === turn.id;
    const whole = recover(turn, isItsOwn ? (running?.entries ?? []) : []);
    recovered.push(whole);
    return whole;
  });
  const bytes = names.includes('chat.json') ? await readIfThere(storage, chatFile(chatId)) : undefined;
  const chat = bytes && readChat(bytes, chatId);
  if (bytes !== undefined && chat === undefined) damaged.push(chatFile(chatId));
  if (chat === undefined && turns.length === 0 && damaged.length === 0) return undefined;
  const befores = await readBefores(storage, chatId, names, turns);
  const orphans = beforesIn(names).filter((id) => !ids.includes(id)).map((id) => beforeFile(chatId, id));
  return { chat: chat ?? chatFrom(chatId, turns), turns, recovered, damaged, befores, orphans, journals: journalsIn(names).map((name) => `${chatFolder(chatId)}/${name}`) };
}

async function readBefores(storage: Storage, chatId: string, names: readonly string[], turns: readonly StoredTurn[]): Promise<readonly KeptBefore[]> {
  const there = new Set(beforesIn(names));
  const kept = turns.filter(({ id }) => there.has(id)).toSorted((one, other) => (one.view.askedAt ?? 0) - (other.view.askedAt ?? 0)).map(({ id }) => ({ turnId: id, size: 0 }));
  // What cannot be looked at takes no room; whoever wants it finds out.
  await manyAtOnce(kept, async ({ turnId }, index) => {
    kept[index] = { turnId, size: await storage.size(beforeFile(chatId, turnId)).catch(() => 0) };
  });
  return kept;
}

/** Moves files that could not be read to where nobody looks for chats. */
export async function setAside(storage: Storage, chatId: string, files: readonly string[], now: number): Promise<void> {
  for (const file of files) {
    const name = file.slice(chatFolder(chatId).length + 1);
    await storage.move(file, `${damagedFolder}/${chatId}/${now.toString(36)}-${name}`).catch(ignoreMissing);
  }
}

/** What a chat's turns tell of it, where its own file cannot be read. */
function chatFrom(id: string, turns: readonly StoredTurn[]): StoredChat {
  const times = turns.flatMap(({ view }) => view.askedAt ?? []);
  const [first] = shownTurns(turns, {});
  return {
    version: 1,
    id,
    title: titleOf(first?.view.question.text ?? ''),
    isNamed: false,
    isPinned: false,
    createdAt: times.length === 0 ? 0 : Math.min(...times),
    updatedAt: times.length === 0 ? 0 : Math.max(...times),
    draft: '',
    shown: {},
  };
}

async function readJournals(storage: Storage, chatId: string, names: readonly string[]): Promise<{ readonly turnId: string | undefined; readonly entries: readonly DatedEntry[] }> {
  const parts = await Promise.all(journalsIn(names).map(async (name) => readIfThere(storage, `${chatFolder(chatId)}/${name}`)));
  const journals = parts.flatMap((bytes) => (bytes === undefined ? [] : [readJournal(bytes)]));
  return { turnId: journals[0]?.turnId, entries: journals.flatMap(({ entries }) => entries) };
}

/** The file's bytes; undefined when it has gone meanwhile. */
export async function readIfThere(storage: Storage, path: string): Promise<Uint8Array | undefined> {
  try {
    return await storage.read(path);
  } catch (error) {
    return ignoreMissing(error);
  }
}

/** Nothing for a file that is not there; anything else is thrown. */
export function ignoreMissing(error: unknown): undefined {
  if (error instanceof FileError && error.reason === 'missing') return undefined;
  throw error;
}
