import type { ViewStore } from '../chat/viewStore.ts';
import { ApplyError, type Documents } from '../editor/documents.ts';
import type { Files, Log } from '../ports.ts';
import { explainFailure } from './applyFailure.ts';
import type { BeforeImages } from './beforeImages.ts';
import type { Dialogs } from './dialogs.ts';
import type { News } from './news.ts';
import type { Queue } from './queue.ts';
import { changesOf, editedSince, onlyOthers, planRevert, type Restoration } from './revert.ts';
import { isSamePlace } from './samePlace.ts';

export interface UndoTurnOptions {
  readonly store: ViewStore;
  readonly documents: Documents;
  readonly files: Files;
  readonly images: BeforeImages;
  readonly writes: Queue;
  readonly log: Log;
  readonly dialogs: Dialogs;
  /** Is told which files were put back. */
  readonly news: News;
  /** An id for an item of the turn. */
  readonly nextId: (turnId: string) => string;
}

/** Puts the files of a turn back as one step, without git; a file that was edited since only when the person says so. */
export function createUndoTurn({ store, documents, files, images, writes, log, dialogs, news, nextId }: UndoTurnOptions): (turnId: string) => Promise<void> {
  const running = new Set<string>();

  async function chosen(plan: readonly Restoration[]): Promise<readonly Restoration[]> {
    const confirm = dialogs.together();
    const edited = plan.filter((restoration) => restoration.edited);
    if (edited.length === 0 || (await confirm(editedSince(edited)))) return plan;
    const others = plan.filter((restoration) => !restoration.edited);
    return others.length > 0 && (await confirm(onlyOthers(others.length))) ? others : [];
  }

  async function undo(turnId: string): Promise<void> {
    const told = news.ofChat();
    const all = images.of(turnId);
    const restorations = await chosen(await planRevert(all, documents, files));
    if (restorations.length === 0) return;
    const changes = changesOf(restorations);
    await writes.run(async () => {
      for (const { place } of changes) if (!(await isSamePlace(place, files))) throw new ApplyError('refused', place.display, 'The path leads elsewhere now.');
      if (changes.length > 0) await documents.apply(changes, new AbortController().signal);
    });
    told.reverted([...new Set(changes.map(({ place }) => place.display))]);
    const restored = new Set(restorations.map(({ image }) => image));
    const left = images.of(turnId).filter((image) => !restored.has(image));
    images.set(turnId, left);
    store.publish({ type: 'turn-changes', turnId, changes: left.length === 0 ? { files: all.length, state: 'reverted' } : { files: left.length, state: 'kept' } });
  }

  return async (turnId) => {
    if (running.has(turnId) || images.of(turnId).length === 0) return;
    running.add(turnId);
    try {
      await undo(turnId);
    } catch (error) {
      const { note } = explainFailure(error, '');
      log.warn(`A turn was not reverted: ${error instanceof Error ? error.name : 'unknown'}`);
      store.publish({ type: 'item-added', turnId, item: { kind: 'notice', id: nextId(turnId), text: note, actions: [] } });
    } finally {
      running.delete(turnId);
    }
  };
}
