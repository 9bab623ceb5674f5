import type { Change, Push } from '../protocol/messages.ts';
import type { ViewState } from '../protocol/viewState.ts';

/** Gathers changes and hands them on a frame at a time, numbered, so that a page can tell that it missed some. */
export interface Pushes {
  add(change: Change): void;
  /** Drops what is gathered and sends the whole state instead. */
  snapshot(state: ViewState): void;
  dispose(): void;
}

/** Milliseconds between pushes while an answer streams: two frames. A timer, for animation frames stop in hidden pages. */
const frame = 33;

export function createPushes(post: (push: Push) => void): Pushes {
  let revision = 0;
  let changes: Change[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush(): void {
    timer = undefined;
    if (changes.length === 0) return;
    const push = { revision: (revision += 1), changes };
    changes = [];
    post(push);
  }

  return {
    add(change) {
      const last = changes.at(-1);
      if (last?.type === 'item-extended' && change.type === 'item-extended' && last.turnId === change.turnId && last.itemId === change.itemId) {
        changes[changes.length - 1] = { ...last, text: last.text + change.text };
      } else changes.push(change);
      timer ??= setTimeout(flush, frame);
    },
    snapshot(state) {
      clearTimeout(timer);
      timer = undefined;
      changes = [];
      revision += 1;
      post({ revision, changes: [{ type: 'snapshot', state: { ...state, revision } }] });
    },
    dispose() {
      clearTimeout(timer);
    },
  };
}
