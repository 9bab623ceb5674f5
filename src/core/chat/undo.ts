import type { LocalText } from '../../protocol/localText.ts';
import type { ViewStore } from './viewStore.ts';

/** Something that was deleted. */
export interface Deleted {
  /** What the strip reads: `The chat "Tides" was deleted.` */
  readonly text: LocalText;
  /** Brings it back. */
  restore(): void | Promise<void>;
  /** It cannot be brought back any more: what was kept of it can go. */
  gone?(): void;
  /** It belongs to the chat that is shown, and is offered until another one is, or the chat has gone on with an answer. */
  readonly isOfChat?: true;
}

/** The last thing that was deleted, as long as it can be brought back: one at a time, whatever it is. */
export interface UndoHolder {
  offer(deleted: Deleted): void;
  /** Brings back what was offered under this id; nothing happens when it is another by now. What could not be brought back is offered again. */
  undo(id: string): Promise<void>;
  /** Takes the offer back. */
  lapse(): void;
}

/** Shows the offer in the chat's state. */
export function createUndo(store: ViewStore): UndoHolder {
  let offered: { readonly id: string; readonly deleted: Deleted } | undefined;
  let count = 0;

  function lapse(): void {
    if (offered === undefined) return;
    const { deleted } = offered;
    offered = undefined;
    store.publish({ type: 'undo-changed', undo: undefined });
    deleted.gone?.();
  }

  let shown = store.state.chat.id;
  store.listen((change) => {
    const isOver = (change.type === 'turn-ended' && change.outcome === 'done') || change.type === 'chat-cleared' || (change.type === 'chat-opened' && change.chat.id !== shown);
    shown = store.state.chat.id;
    if (isOver && offered?.deleted.isOfChat === true) lapse();
  });

  function offer(deleted: Deleted): void {
    const before = offered;
    offered = { id: `undo-${(count += 1)}`, deleted };
    store.publish({ type: 'undo-changed', undo: { id: offered.id, text: deleted.text } });
    before?.deleted.gone?.();
  }

  return {
    offer,
    async undo(id) {
      if (offered?.id !== id) return;
      const { deleted } = offered;
      offered = undefined;
      store.publish({ type: 'undo-changed', undo: undefined });
      try {
        await deleted.restore();
      } catch (error) {
        if (offered === undefined) offer(deleted);
        else deleted.gone?.();
        throw error;
      }
    },
    lapse,
  };
}
