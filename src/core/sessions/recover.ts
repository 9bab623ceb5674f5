import { say } from '../../protocol/localText.ts';
import { reduce } from '../../protocol/reduce.ts';
import type { Item, Turn, ViewState } from '../../protocol/viewState.ts';
import { canGoOn, withPartial } from '../chat/turnHistory.ts';
import { initialState } from '../chat/viewStore.ts';
import type { AssistantMessage, Message } from '../conversation/message.ts';
import { notRun } from '../conversation/normalise.ts';
import type { DatedEntry } from './journal.ts';
import type { StoredTurn } from './storedChat.ts';

const noModel = { service: '', serviceLabel: '', model: '', readiness: 'unknown', hasKeyPage: false, notice: undefined, tools: 'on' } as const;

/** What a turn was when the journal breaks off: ended, if the journal says so, or else interrupted, which its last item tells. */
export function recover(begun: StoredTurn, entries: readonly DatedEntry[]): StoredTurn {
  const view = replay(begun.view, entries);
  const { messages, partial } = said(begun, entries);
  if (view.outcome !== 'running') {
    const whole = withPartial(messages, view.outcome === 'done' ? undefined : partial);
    return { ...begun, view, history: { ...begun.history, messages: whole, isRefused: view.outcome === 'failed' && whole.every(({ role }) => role === 'user') } };
  }
  const kept = answered(withPartial(messages, partial));
  const actions = canGoOn({ messages: kept }) ? (['continue'] as const) : (['retry'] as const);
  const notice: Item = { kind: 'notice', id: `${begun.id}.interrupted`, text: say('The window was closed or its extensions stopped in the middle of this turn. What had come until then was kept.'), actions };
  const lastSign = entries.at(-1)?.at;
  const items = view.items.filter(({ id }) => id !== notice.id).map((item) => closed(item, lastSign === undefined ? 0 : lastSign - (begunAt(item, entries) ?? lastSign)));
  return { ...begun, view: { ...view, outcome: 'interrupted', items: [...items, notice] }, history: { ...begun.history, messages: kept } };
}

function replay(turn: Turn, entries: readonly DatedEntry[]): Turn {
  const first: ViewState = { ...initialState(noModel), turns: [turn] };
  const state = entries.reduce((current, entry) => (entry.kind === 'change' ? reduce(current, entry.change) : current), first);
  return state.turns[0] ?? turn;
}

/** What the history grew by, and the words that were streamed behind its last message. */
function said(begun: StoredTurn, entries: readonly DatedEntry[]): { readonly messages: readonly Message[]; readonly partial: AssistantMessage | undefined } {
  let { messages } = begun.history;
  const streamed = new Map<string, { readonly kind: 'text' | 'reasoning'; readonly text: string }>();
  const kinds = new Map(begun.view.items.flatMap((item) => (item.kind === 'text' || item.kind === 'reasoning' ? [[item.id, item.kind] as const] : [])));
  for (const entry of entries) {
    if (entry.kind === 'message') {
      messages = [...(entry.replaces ? messages.slice(0, -1) : messages), entry.message];
      streamed.clear();
      continue;
    }
    const { change } = entry;
    if (change.type === 'item-added' && (change.item.kind === 'text' || change.item.kind === 'reasoning')) {
      kinds.set(change.item.id, change.item.kind);
      streamed.set(change.item.id, { kind: change.item.kind, text: change.item.text });
    }
    if (change.type === 'item-removed') streamed.delete(change.itemId);
    if (change.type === 'item-extended') {
      // One that is known from before the journal is gone on with; what a call is extended by is no words.
      const kind = kinds.get(change.itemId);
      if (kind !== undefined) streamed.set(change.itemId, { kind, text: (streamed.get(change.itemId)?.text ?? '') + change.text });
    }
  }
  const words = (kind: 'text' | 'reasoning'): string => [...streamed.values()].filter((each) => each.kind === kind).map((each) => each.text).join('');
  const [text, reasoning] = [words('text'), words('reasoning')];
  if (text === '') return { messages, partial: undefined };
  return { messages, partial: { role: 'assistant', text, reasoning: reasoning === '' ? undefined : { field: 'reasoning_content', text: reasoning }, calls: [] } };
}

/** Every call of the last message has an answer, so that the model can go on from there. */
function answered(messages: readonly Message[]): readonly Message[] {
  const index = messages.findLastIndex(({ role }) => role === 'assistant');
  const last = messages[index];
  if (last?.role !== 'assistant') return messages;
  const known = new Set(messages.slice(index + 1).map((message) => (message.role === 'tool' ? message.callId : '')));
  return [...messages, ...last.calls.filter(({ id }) => !known.has(id)).map(({ id }) => ({ role: 'tool', callId: id, content: notRun }) as const)];
}

function begunAt({ id }: Item, entries: readonly DatedEntry[]): number | undefined {
  return entries.find((entry) => entry.kind === 'change' && entry.change.type === 'item-added' && entry.change.item.id === id)?.at;
}

/** A turn as it is when its chat is opened again: what the window alone knew is gone, the answers to its questions and, unless that is kept, what files were before it. */
export function reopened(turn: StoredTurn, { hasBefore, isCopy = false }: { readonly hasBefore: boolean; readonly isCopy?: boolean }): StoredTurn {
  const { items, changes } = turn.view;
  const settled = items.map((item) => (item.kind === 'review' || item.kind === 'permission' ? closed(item, 0) : item));
  const isForgotten = changes?.state === 'kept' && !hasBefore;
  if (!isForgotten && settled.every((item, index) => item === items[index])) return turn;
  return { ...turn, view: { ...turn.view, items: settled, ...(isForgotten && { changes: { ...changes, state: 'forgotten', ...(isCopy && { why: 'copy' }) } }) } };
}

/** What was going on goes on no more. */
function closed(item: Item, durationMs: number): Item {
  switch (item.kind) {
    case 'reasoning':
      return item.durationMs === undefined ? { ...item, durationMs } : item;
    case 'call':
      return item.status === 'arriving' || item.status === 'running' ? { ...item, status: 'not-run' } : item;
    case 'review':
      return item.status === 'open' || item.status === 'later' || item.status === 'applying' ? { ...item, status: 'unanswered' } : item;
    case 'permission':
      return item.status === 'open' ? { ...item, status: 'unanswered', ...(item.data !== undefined && { data: undefined }) } : item;
    default:
      return item;
  }
}
