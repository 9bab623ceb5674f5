import { say, type LocalText } from '../../protocol/localText.ts';
import type { Item, TurnChangesView } from '../../protocol/viewState.ts';
import type { ViewStore } from '../chat/viewStore.ts';
import type { FileChange } from '../edits/change.ts';
import { ApplyError, type Documents } from '../editor/documents.ts';
import type { Files, Log } from '../ports.ts';
import { explainFailure, explainPart, madeOf } from './applyFailure.ts';
import { filesIn, type BeforeImage, type BeforeImages } from './beforeImages.ts';
import type { Confirm, Dialogs } from './dialogs.ts';
import type { News } from './news.ts';
import { createQueue, type Queue } from '../queue.ts';
import { changesOf, planRevert, type RevertPlan } from './revert.ts';
import { appliedFile, type CardFile } from './revertedFiles.ts';
import { editedSince, explainObstacles, onlyOthers, togetherWith } from './revertWords.ts';
import type { Reviews } from './reviews.ts';
import { isSamePlace, placesOf } from './samePlace.ts';
import { cardsReverted, isMoreThanOne, togetherOf } from './together.ts';

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
  /** Answers what answers whether the chat that is shown now still is: turns of another may have the same names. */
  readonly watchChat: () => () => boolean;
}

/** Whether the chat in which it was asked is still shown. */
type IsHere = () => boolean;

/** Puts the files of a turn, or one of them, back as one step, without git; a file that was edited since only when the person says so. What cannot be put back stays to be tried again, and the person is told. */
export function createUndoTurn({ store, documents, files, images, writes, log, dialogs, news, nextId, watchChat }: UndoTurnOptions): Reviews['revert'] {
  const running = new Map<string, Running>();

  async function plan(some: readonly BeforeImage[], confirm: Confirm): Promise<RevertPlan> {
    const whole = await planRevert(some, documents, files);
    const edited = whole.restorations.filter((restoration) => restoration.edited);
    if (edited.length === 0 || (await confirm(editedSince(edited)))) return whole;
    const others = whole.restorations.filter((restoration) => !restoration.edited);
    const count = others.filter(({ changes }) => changes.length > 0).length;
    if (count === 0 || !(await confirm(onlyOthers(count)))) return { restorations: [], obstacles: [] };
    // What is left as it is may stand in the way of another, and what was edited meanwhile was not asked about.
    const { restorations, obstacles } = await planRevert(others.map(({ image }) => image), documents, files);
    return { restorations: restorations.filter((restoration) => !restoration.edited), obstacles: [...whole.obstacles, ...obstacles] };
  }

  /** Answers what was written; throws when it was nothing. */
  async function write(turnId: string, changes: readonly FileChange[], isHere: IsHere): Promise<readonly FileChange[]> {
    if (changes.length === 0) return [];
    return writes.run(async () => {
      if (!isHere()) return [];
      for (const place of changes.flatMap(placesOf)) if (!(await isSamePlace(place, files))) throw new ApplyError('refused', place.display, 'The path leads elsewhere now.');
      try {
        await documents.apply(changes, new AbortController().signal);
        return changes;
      } catch (error) {
        const made = madeOf(error, changes);
        if (made.length === 0) throw error;
        if (isHere()) tell(turnId, (made.length === changes.length ? explainFailure(error, '') : explainPart(error, changes, made)).note);
        return made;
      }
    });
  }

  function tell(turnId: string, text: LocalText): void {
    store.publish({ type: 'item-added', turnId, item: { kind: 'notice', id: nextId(turnId), text, actions: [] } });
  }

  /** What was kept of it cannot be read, or is gone. */
  function forget(turnId: string, isDamaged: boolean): void {
    const changes = store.state.turns.findLast(({ id }) => id === turnId)?.changes;
    if (changes?.state === 'kept') store.publish({ type: 'turn-changes', turnId, changes: { ...changes, state: 'forgotten', ...(isDamaged && { why: 'damaged' }) } });
  }

  function revertedBefore(turnId: string): number {
    return store.state.turns.findLast(({ id }) => id === turnId)?.changes?.reverted ?? 0;
  }

  function itemsOf(turnId: string): readonly Item[] {
    return store.state.turns.findLast(({ id }) => id === turnId)?.items ?? [];
  }

  /** The images that go back with a card's file; none when it has been put back before, or the person does not want all of them to. */
  async function imagesFor(turnId: string, only: CardFile, confirm: Confirm, isHere: IsHere): Promise<readonly BeforeImage[]> {
    const items = itemsOf(turnId);
    const file = appliedFile(items, only);
    if (file === undefined) return [];
    const together = togetherOf(items, images.of(turnId)).find(({ files: some }) => some.includes(file));
    if (together === undefined || together.images.length === 0) {
      tell(turnId, say('{0} was not put back: it is not where it was, or may not be changed any more.', file.path));
      return [];
    }
    const isWanted = !isMoreThanOne(together, items) || (await confirm(togetherWith(together.images)));
    return isWanted && isHere() ? together.images : [];
  }

  async function undo(turnId: string, only: CardFile | undefined, isHere: IsHere): Promise<void> {
    const told = news.ofChat();
    const confirm = dialogs.together();
    const { restorations, obstacles } = await plan(only === undefined ? images.of(turnId) : await imagesFor(turnId, only, confirm, isHere), confirm);
    if (!isHere()) return;
    if (restorations.length > 0) {
      const written = new Set(await write(turnId, changesOf(restorations), isHere));
      if (!isHere()) return;
      told.reverted([...new Set([...written].map(({ place }) => place.display))]);
      const restored = new Set(restorations.flatMap(({ image, changes }) => (changes.every((change) => written.has(change)) ? [image] : [])));
      // A change that had been put off may have been made while they were written.
      const now = images.of(turnId);
      const left = now.filter((image) => !restored.has(image));
      images.set(turnId, left);
      store.publish({ type: 'turn-changes', turnId, changes: changesWith(now, left, revertedBefore(turnId)) });
      for (const item of cardsReverted(itemsOf(turnId), now, restored)) store.publish({ type: 'item-changed', turnId, item });
    }
    for (const text of explainObstacles(obstacles)) tell(turnId, text);
  }

  async function revert(turnId: string, only: CardFile | undefined, isHere: IsHere): Promise<void> {
    try {
      if (!isHere()) return;
      const loaded = await images.load(turnId);
      if (!isHere()) return;
      if (loaded === 'unread') return tell(turnId, say('Nothing was put back: what was kept of the files cannot be read now. Try again.'));
      if (filesIn(images.of(turnId)).length === 0) return forget(turnId, loaded === 'damaged');
      await undo(turnId, only, isHere);
    } catch (error) {
      const { note } = explainFailure(error, '');
      log.warn(`A turn was not reverted: ${error instanceof Error ? error.name : 'unknown'}`);
      if (isHere()) tell(turnId, note);
    }
  }

  return async (turnId, only) => {
    const before = running.get(turnId);
    const own = before?.isHere() === true ? before : { isHere: watchChat(), queue: createQueue(), targets: new Set<string>() };
    running.set(turnId, own);
    const target = only === undefined ? '' : `${only.file} ${only.itemId}`;
    if (own.targets.has(target)) return;
    own.targets.add(target);
    await own.queue.run(async () => revert(turnId, only, own.isHere));
    own.targets.delete(target);
    if (own.targets.size === 0 && running.get(turnId) === own) running.delete(turnId);
  };
}

/** What is being put back of one turn, one thing after another; what was asked for already is not asked for twice. */
interface Running {
  readonly isHere: IsHere;
  readonly queue: Queue;
  readonly targets: Set<string>;
}

/** What there is to say of a turn of whose files these are left as they are. */
function changesWith(all: readonly BeforeImage[], left: readonly BeforeImage[], before: number): TurnChangesView {
  const reverted = before + filesIn(all).length - filesIn(left).length;
  if (filesIn(left).length > 0) return { files: filesIn(left).length, state: 'kept', ...(reverted > 0 && { reverted }) };
  return { files: reverted, state: left.length === 0 ? 'reverted' : 'forgotten' };
}
