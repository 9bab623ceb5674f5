import type { Change } from '../../protocol/messages.ts';
import { reduce } from '../../protocol/reduce.ts';
import type { ViewState } from '../../protocol/viewState.ts';

/** The state that the page shows. Whoever changes it publishes the change; nothing else changes it. */
export interface ViewStore {
  readonly state: ViewState;
  publish(change: Change): void;
  /** Calls the listener after every change, in order; answers how to stop. */
  listen(listener: (change: Change) => void): () => void;
}

/** Makes a store that tells `onChange` of every change, in order and after it has been made. */
export function createViewStore(initial: ViewState, onChange: (change: Change) => void): ViewStore {
  let state = initial;
  const listeners = new Set<(change: Change) => void>();
  return {
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    get state() {
      return state;
    },
    publish(change) {
      state = reduce(state, change);
      onChange(change);
      for (const listener of listeners) listener(change);
    },
  };
}

/** What is shown before anything has happened. */
export function initialState(model: ViewState['model']): ViewState {
  return {
    revision: 0,
    model,
    activity: { kind: 'idle' },
    turns: [],
    sheet: undefined,
    media: [],
    edits: 'ask',
    unasked: [],
    tools: { on: 0, foreign: 0 },
    toolPicker: undefined,
    chat: { id: '', title: '', draft: '' },
    chats: undefined,
    context: [],
    attention: { file: undefined, selection: undefined },
    suggestions: undefined,
    gauge: undefined,
    today: { costs: [], known: 0, unknown: 0 },
    undo: undefined,
    welcome: { choices: [], servers: 'unasked' },
  };
}
