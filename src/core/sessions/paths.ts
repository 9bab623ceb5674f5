/*
 * Where things are below the extension's storage: `chats/<chat>/` with `chat.json`, `turn-<turn>.json`, `before-<turn>.json`,
 * the journal of the running turn (`running.jsonl`, or `running-<number>.jsonl` where nothing can be appended to a file) and `lease.json`;
 * `trash/<time>-<chat>/` what was deleted a moment ago; `damaged/<chat>/` what could not be read.
 */

export const chatsFolder = 'chats';
export const trashFolder = 'trash';
export const damagedFolder = 'damaged';

export const chatFolder = (chatId: string): string => `${chatsFolder}/${chatId}`;
export const chatFile = (chatId: string): string => `${chatFolder(chatId)}/chat.json`;
export const turnFile = (chatId: string, turnId: string): string => `${chatFolder(chatId)}/turn-${turnId}.json`;
/** What files were before a turn. */
export const beforeFile = (chatId: string, turnId: string): string => `${chatFolder(chatId)}/before-${turnId}.json`;
export const leaseFile = (chatId: string): string => `${chatFolder(chatId)}/lease.json`;
export const journalFile = (chatId: string): string => `${chatFolder(chatId)}/running.jsonl`;
export const journalSegment = (chatId: string, number: number): string => `${chatFolder(chatId)}/running-${number}.jsonl`;

/** Ids of the turns in a chat's folder, by the names of its files. */
export function turnsIn(names: readonly string[]): readonly string[] {
  return names.flatMap((name) => /^turn-([\w-][\w.-]{0,99})\.json$/.exec(name)?.[1] ?? []);
}

/** Ids of the turns of which is kept what files were before them. */
export function beforesIn(names: readonly string[]): readonly string[] {
  return names.flatMap((name) => /^before-([\w-][\w.-]{0,99})\.json$/.exec(name)?.[1] ?? []);
}

/** The names among these that are parts of a journal, in order. */
export function journalsIn(names: readonly string[]): readonly string[] {
  return names.filter((name) => name === 'running.jsonl' || numberOf(name) >= 0).toSorted((one, other) => numberOf(one) - numberOf(other));
}

function numberOf(name: string): number {
  return Number(/^running-(\d+)\.jsonl$/.exec(name)?.[1] ?? -1);
}

/** Whether a name can be that of a chat. */
export function isChatId(name: string): boolean {
  return /^[\w-][\w.-]{0,99}$/.test(name);
}
