import { neverMessage, type Change, type ToView } from './messages.ts';
import type { Item, Turn, ViewState } from './viewState.ts';

/**
 * The next state after one change. Pure; unchanged parts keep their identity, so that the page redraws only what is
 * new. A change that names a turn or an item that is not there leaves the state as it is.
 */
export function reduce(state: ViewState, change: Change): ViewState {
  switch (change.type) {
    case 'snapshot':
      return change.state;
    case 'chat-cleared':
      return { ...state, turns: [], activity: { kind: 'idle' }, edits: 'ask' };
    case 'model-changed':
      return { ...state, model: change.model };
    case 'activity-changed':
      return { ...state, activity: change.activity };
    case 'turn-added':
      return { ...state, turns: [...state.turns, change.turn] };
    case 'turn-ended':
      return withTurn(state, change.turnId, (turn) => ({ ...turn, outcome: change.outcome, usage: change.usage, ...(change.details !== undefined && { details: change.details }), ...(change.timing !== undefined && { timing: change.timing }) }));
    case 'turn-restarted':
      return withTurn(state, change.turnId, (turn) => ({ ...turn, question: change.question, items: [], outcome: 'running', usage: undefined }));
    case 'turn-resumed':
      return withTurn(state, change.turnId, (turn) => ({ ...turn, outcome: 'running' }));
    case 'item-added':
      return withTurn(state, change.turnId, (turn) => ({ ...turn, items: [...turn.items, change.item] }));
    case 'item-extended':
      return withItem(state, change.turnId, change.itemId, (item) => extend(item, change.text));
    case 'reasoning-ended':
      return withItem(state, change.turnId, change.itemId, (item) => (item.kind === 'reasoning' ? { ...item, durationMs: change.durationMs } : item));
    case 'item-changed':
      return withItem(state, change.turnId, change.item.id, () => change.item);
    case 'item-removed':
      return withTurn(state, change.turnId, (turn) => ({
        ...turn,
        items: turn.items.filter((item) => item.id !== change.itemId),
      }));
    case 'sheet-changed':
      return { ...state, sheet: change.sheet };
    case 'media-changed':
      return { ...state, media: change.media };
    case 'edits-changed':
      return { ...state, edits: change.edits };
    case 'unasked-changed':
      return { ...state, unasked: change.unasked };
    case 'tools-changed':
      return { ...state, tools: change.tools };
    case 'tool-picker-changed':
      return { ...state, toolPicker: change.picker };
    case 'turn-changes':
      return withTurn(state, change.turnId, (turn) => ({ ...turn, changes: change.changes }));
    case 'chat-opened':
      return { ...state, chat: change.chat, turns: change.turns, activity: { kind: 'idle' }, edits: change.chat.id === state.chat.id ? state.edits : 'ask' };
    case 'turns-shown':
      return { ...state, turns: [...state.turns.slice(0, change.after === undefined ? 0 : state.turns.findLastIndex(({ id }) => id === change.after) + 1), ...change.turns] };
    case 'chat-changed':
      return { ...state, chat: change.chat };
    case 'chats-changed':
      return { ...state, chats: change.chats };
    case 'chats-found':
      return withFound(state, change);
    case 'branch-changed':
      return withTurn(state, change.turnId, (turn) => ({ ...turn, branch: change.branch }));
    case 'context-changed':
      return { ...state, context: change.context };
    case 'attention-changed':
      return { ...state, attention: change.attention };
    case 'suggestions-changed':
      return { ...state, suggestions: change.suggestions };
    case 'gauge-changed':
      return { ...state, gauge: change.gauge };
    case 'today-changed':
      return { ...state, today: change.today };
    case 'undo-changed':
      return { ...state, undo: change.undo };
    case 'welcome-changed':
      return { ...state, welcome: change.welcome };
    case 'composer-focused':
    case 'find-opened':
      return state;
    default:
      neverMessage(change);
      return state;
  }
}

function extend(item: Item, text: string): Item {
  switch (item.kind) {
    case 'reasoning':
    case 'text':
      return { ...item, text: item.text + text };
    case 'call':
      return { ...item, arguments: item.arguments + text };
    case 'review':
    case 'permission':
    case 'alternative':
    case 'probabilities':
    case 'notice':
    case 'error':
      return item;
  }
}

function withFound(state: ViewState, { query, matches, isDone }: ToView['chats-found']): ViewState {
  const { chats } = state;
  if (chats?.found?.query !== query) return state;
  return { ...state, chats: { ...chats, found: { query, matches: [...chats.found.matches, ...matches], isDone } } };
}

function withTurn(state: ViewState, turnId: string, change: (turn: Turn) => Turn): ViewState {
  // From the end: it is nearly always the last turn that changes, and a chat may have hundreds.
  const index = state.turns.findLastIndex((turn) => turn.id === turnId);
  const turn = state.turns[index];
  return turn === undefined ? state : { ...state, turns: state.turns.with(index, change(turn)) };
}

function withItem(state: ViewState, turnId: string, itemId: string, change: (item: Item) => Item): ViewState {
  return withTurn(state, turnId, (turn) => {
    const index = turn.items.findLastIndex((item) => item.id === itemId);
    const item = turn.items[index];
    return item === undefined ? turn : { ...turn, items: turn.items.with(index, change(item)) };
  });
}
