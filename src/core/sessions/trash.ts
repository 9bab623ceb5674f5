import { say } from '../../protocol/localText.ts';
import type { UndoHolder } from '../chat/undo.ts';
import type { ViewStore } from '../chat/viewStore.ts';
import type { Clock, Log } from '../ports.ts';
import { chatsFolder, damagedFolder, leaseFile, trashFolder } from './paths.ts';
import type { Storage } from './storage.ts';
import type { Timers } from './timers.ts';

/** What was deleted, for as long as it can be brought back. */
export interface Trash {
  /**
   * Moves a chat's folder away and offers to bring it back, for {@link undoMs}; `restored` is called when it has been. One of
   * which nothing is stored yet has no folder.
   */
  take(chat: { readonly id: string; readonly title: string; readonly folder: string | undefined }, restored: () => Promise<void>): Promise<void>;
  /**
   * Removes what was deleted before this window was loaded, but not what another window may still bring back; what was to be
   * brought back and could not be comes back now.
   */
  empty(): Promise<void>;
}

/** Milliseconds for which a deleted chat can be brought back. */
export const undoMs = 15_000;

export interface TrashOptions {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  readonly store: ViewStore;
  readonly undo: UndoHolder;
}

export function createTrash({ storage, clock, timers, log, store, undo }: TrashOptions): Trash {
  async function bringBack(from: string, folder: string, id: string): Promise<void> {
    // Nothing can be moved to where something is: a window that looked for the chat may have left its name there.
    const names = await storage.list(folder);
    if (names.length > 0 && names.every((name) => leaseFile(id).endsWith(`/${name}`))) await storage.delete(folder);
    await storage.move(from, folder);
  }

  return {
    async take({ id, title, folder }, restored) {
      const trashed = `${trashFolder}/${clock.now().toString(36)}-${id}`;
      if (folder !== undefined) await storage.move(folder, trashed);
      let isWanted = false;
      let at = folder === undefined ? undefined : trashed;
      let marking: Promise<void> | undefined;

      /** Gives it a name under which it is not taken for rubbish, whatever comes then: now, or once the storage takes it. */
      async function mark(): Promise<void> {
        if (at !== trashed || folder === undefined) return;
        const wanted = `${trashFolder}/${wantedName(folder)}`;
        at = await storage.move(trashed, wanted).then(() => wanted, () => trashed);
        if (at === trashed) timers.after(undoMs, markOnce);
      }

      function markOnce(): void {
        marking ??= mark().finally(() => (marking = undefined));
      }

      undo.offer({
        text: title === '' ? say('The chat was deleted.') : say('The chat “{0}” was deleted.', title),
        async restore() {
          isWanted = true;
          markOnce();
          await marking;
          if (at !== undefined && folder !== undefined) {
            // Another window that was loaded meanwhile has brought it back.
            if ((await storage.list(at)).length > 0) await bringBack(at, folder, id);
            at = undefined;
          }
          await restored();
        },
        gone() {
          if (at === undefined || isWanted) return;
          storage.delete(at).catch((error: unknown) => log.warn(`A deleted chat is still there: ${String(error)}`));
        },
      });
      const offer = store.state.undo?.id;
      timers.after(undoMs, () => {
        if (offer !== undefined && store.state.undo?.id === offer) undo.lapse();
      });
    },
    async empty() {
      for (const name of await storage.list(trashFolder)) {
        const wanted = /^wanted_(chats|damaged)_(.+)$/.exec(name);
        if (wanted?.[2] !== undefined) {
          await bringBack(`${trashFolder}/${name}`, `${wanted[1] === 'chats' ? chatsFolder : damagedFolder}/${wanted[2]}`, wanted[2]).catch((error: unknown) => log.warn(`A deleted chat could not be brought back: ${String(error)}`));
          continue;
        }
        const at = Number.parseInt(name, 36);
        if (!(at > clock.now() - 4 * undoMs)) await storage.delete(`${trashFolder}/${name}`);
      }
    },
  };
}

function wantedName(folder: string): string {
  return `wanted_${folder.replace('/', '_')}`;
}
