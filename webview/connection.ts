import type { Change, Intent, Push } from '../src/protocol/messages.ts';
import { reduce } from '../src/protocol/reduce.ts';
import { createSignal } from './signal.ts';
import type { ViewState } from '../src/protocol/viewState.ts';

/** What `acquireVsCodeApi()` gives. */
export interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

/** Text that was added to an item: it starts at `from` in the item's text. `from` 0 replaces all of it. */
export interface Growth {
  readonly from: number;
  readonly text: string;
}

type Stop = () => void;

/** The page's end of the wall: the copy of the state, and the intents that go the other way. */
export interface Connection {
  /** The state as of the last push; undefined until the first snapshot. */
  state(): ViewState | undefined;
  readonly post: (intent: Intent) => void;
  /** The text of a reasoning or text item as of the last push. */
  readonly textOf: (itemId: string) => string | undefined;
  /** Takes one message from the host; whatever is not a push is ignored. */
  readonly receive: (message: unknown) => void;
  /** Called after each push that changed more than text which somebody listens for with `onGrowth`. */
  readonly onChange: (listener: () => void) => Stop;
  /** A wish from before anybody listened is told at once. */
  readonly onFocusComposer: (listener: () => void) => Stop;
  readonly onFind: (listener: () => void) => Stop;
  /** Tells one item's new text as it comes, past the component tree: at 100,000 pieces a redraw for each is too dear. */
  readonly onGrowth: (itemId: string, listener: (growth: Growth) => void) => Stop;
}

/** Makes the connection and asks for the state. */
export function createConnection(api: Pick<VsCodeApi, 'postMessage'>): Connection {
  let state: ViewState | undefined;
  let asked = false;
  const changed = createSignal();
  const focused = createSignal();
  const findOpened = createSignal();
  let focusTakers = 0;
  let focusWanted = false;
  const growthListeners = new Map<string, (growth: Growth) => void>();

  const post = (intent: Intent): void => api.postMessage(intent);

  const askForState = (): void => {
    if (asked) return;
    asked = true;
    post({ type: 'ready' });
  };

  /** Applies one change and says whether it was told to a listener of its own. */
  const apply = (before: ViewState, change: Change): boolean => {
    state = reduce(before, change);
    switch (change.type) {
      case 'item-extended': {
        const listener = growthListeners.get(change.itemId);
        const from = textIn(before, change.itemId)?.length;
        if (listener === undefined || from === undefined) return false;
        listener({ from, text: change.text });
        return true;
      }
      case 'item-changed':
        if ((change.item.kind === 'text' || change.item.kind === 'reasoning') && change.item.text !== textIn(before, change.item.id)) {
          growthListeners.get(change.item.id)?.({ from: 0, text: change.item.text });
        }
        return false;
      case 'composer-focused':
        if (focusTakers === 0) focusWanted = true;
        focused.tell();
        return true;
      case 'find-opened':
        findOpened.tell();
        return true;
      default:
        return false;
    }
  };

  const receive = (message: unknown): void => {
    if (!isPush(message)) return;
    const [first] = message.changes;
    if (first?.type === 'snapshot') {
      asked = false;
      state = { ...first.state, revision: message.revision };
      changed.tell();
      return;
    }
    if (state === undefined || message.revision !== state.revision + 1) return askForState();
    let told = true;
    for (const change of message.changes) told = apply(state, change) && told;
    state = { ...state, revision: message.revision };
    if (!told) changed.tell();
  };

  return {
    state: () => state,
    textOf: (itemId) => (state === undefined ? undefined : textIn(state, itemId)),
    post,
    receive,
    onChange: changed.on,
    onFocusComposer(listener) {
      focusTakers += 1;
      if (focusWanted) listener();
      focusWanted = false;
      const stop = focused.on(listener);
      return () => {
        focusTakers -= 1;
        stop();
      };
    },
    onFind: findOpened.on,
    onGrowth(itemId, listener) {
      growthListeners.set(itemId, listener);
      return () => {
        if (growthListeners.get(itemId) === listener) growthListeners.delete(itemId);
      };
    },
  };
}

function textIn(state: ViewState, itemId: string): string | undefined {
  // From the end: it is nearly always the last turn that is asked about.
  for (let index = state.turns.length - 1; index >= 0; index--) {
    const item = state.turns[index]?.items.findLast((item) => item.id === itemId);
    if (item !== undefined) return item.kind === 'reasoning' || item.kind === 'text' ? item.text : undefined;
  }
  return undefined;
}

function isPush(message: unknown): message is Push {
  if (typeof message !== 'object' || message === null) return false;
  const { revision, changes } = message as Partial<Push>;
  return typeof revision === 'number' && Array.isArray(changes);
}
