import { say } from '../../protocol/localText.ts';
import type { UndoHolder } from '../chat/undo.ts';
import type { ViewStore } from '../chat/viewStore.ts';
import type { Clock, Log } from '../ports.ts';
import { trashFolder } from './paths.ts';
import type { Storage } from './storage.ts';
import type { Timers } from './timers.ts';

/** What was deleted, for as long as it can be brought back. */
export interface Trash {
  /** Moves a chat's folder away and offers to bring it back, for {@link undoMs}; `restored` is called when it has been. */
  take(chat: { readonly id: string; readonly title: string; readonly folder: string }, restored: () => Promise<void>): Promise<void>;
  /** Removes what was deleted before this window was loaded, but not what another window may still bring back. */
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
  return {
    async take({ id, title, folder }, restored) {
      const trashed = `${trashFolder}/${clock.now().toString(36)}-${id}`;
      await storage.move(folder, trashed);
      undo.offer({
        text: title === '' ? say('The chat was deleted.') : say('The chat “{0}” was deleted.', title),
        async restore() {
          await storage.move(trashed, folder);
          await restored();
        },
        gone: () => void storage.delete(trashed).catch((error: unknown) => log.warn(`A deleted chat is still there: ${String(error)}`)),
      });
      const offer = store.state.undo?.id;
      timers.after(undoMs, () => {
        if (offer !== undefined && store.state.undo?.id === offer) undo.lapse();
      });
    },
    async empty() {
      for (const name of await storage.list(trashFolder)) {
        const at = Number.parseInt(name, 36);
        if (!(at > clock.now() - 4 * undoMs)) await storage.delete(`${trashFolder}/${name}`);
      }
    },
  };
}
