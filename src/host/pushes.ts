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

/** Text that comes faster than this, in UTF-16 units a millisecond, nobody reads: about 1,000 tokens a second. */
const unreadable = 4;

/** Milliseconds between pushes of such text: the page draws it three times a second, and each push costs it and the editor a message more. */
const rushing = 5 * frame;

export function createPushes(post: (push: Push) => void): Pushes {
  let revision = 0;
  let changes: Change[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** How long is gathered for now. */
  let wait = frame;
  /** Whether the last push was nothing but unreadably much text. One such push may be a burst. */
  let wasRush = false;

  function flush(): void {
    timer = undefined;
    if (changes.length === 0) return;
    const push = { revision: (revision += 1), changes };
    const isRush = isOnlyText(changes) && lengthOf(changes) >= wait * unreadable;
    changes = [];
    wait = isRush && wasRush ? rushing : frame;
    wasRush = isRush;
    post(push);
  }

  function gather(change: Change): void {
    // What is not text, such as the end of a turn or a question, is not kept waiting by text that is.
    if (change.type !== 'item-extended' && wait > frame) {
      clearTimeout(timer);
      timer = undefined;
      wait = frame;
    }
    timer ??= setTimeout(flush, wait);
  }

  return {
    add(change) {
      const last = changes.at(-1);
      if (last?.type === 'item-extended' && change.type === 'item-extended' && last.turnId === change.turnId && last.itemId === change.itemId) {
        changes[changes.length - 1] = { ...last, text: last.text + change.text };
      } else changes.push(change);
      gather(change);
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

function isOnlyText(changes: readonly Change[]): boolean {
  return changes.every(({ type }) => type === 'item-extended');
}

function lengthOf(changes: readonly Change[]): number {
  return changes.reduce((sum, change) => sum + (change.type === 'item-extended' ? change.text.length : 0), 0);
}
