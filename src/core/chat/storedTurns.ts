import type { Item, Turn } from '../../protocol/viewState.ts';
import type { StoredTurn } from '../sessions/storedChat.ts';
import type { TurnNode } from './turnTree.ts';

/** What is kept of a turn. */
export function storedTurn({ id, parent, view, question, news, media, service, model, messages, isRefused, leftBehind }: TurnNode): StoredTurn {
  const { branch: _, ...shown } = view;
  return { version: 1, id, parent, view: shown, history: { question, news, media, service, model, messages, isRefused, ...(leftBehind.length > 0 && { leftBehind }) } };
}

/** Turns that were kept, each behind its parent. One whose parent is lost follows the turn that was asked before it. */
export function keptTurns(stored: readonly StoredTurn[]): readonly TurnNode[] {
  const known = new Set<string>();
  let last: TurnNode | undefined;
  const nodes: TurnNode[] = [];
  for (const turn of stored.toSorted((one, other) => (one.view.askedAt ?? 0) - (other.view.askedAt ?? 0))) {
    if (known.has(turn.id)) continue;
    const { parent } = turn;
    const { question, news, media, service, model, messages, isRefused, leftBehind = [] } = turn.history;
    const askedAt = Math.max(turn.view.askedAt ?? 0, (last?.askedAt ?? 0) + 1);
    last = { id: turn.id, parent: parent === undefined || known.has(parent) ? parent : last?.id, askedAt, view: asKept(turn.view), provider: undefined, question, news, media, service, model, messages, isRefused, leftBehind };
    known.add(turn.id);
    nodes.push(last);
  }
  return nodes;
}

/** A turn as it is shown when it comes from where it was kept: what waited for a person waits no more. */
export function asKept(view: Turn): Turn {
  return {
    ...view,
    outcome: view.outcome === 'running' ? 'interrupted' : view.outcome,
    items: settled(view.items),
  };
}

/** Items of which nothing waits for a person any more. */
export function settled(items: readonly Item[]): readonly Item[] {
  return items.map((item) => {
    if (item.kind === 'review' && (item.status === 'open' || item.status === 'later' || item.status === 'applying')) return { ...item, status: 'unanswered' };
    if (item.kind === 'permission' && item.status === 'open') return { ...item, status: 'unanswered', ...(item.data !== undefined && { data: undefined }) };
    return item;
  });
}
