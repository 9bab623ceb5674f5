import type { Item, Turn } from '../../protocol/viewState.ts';
import type { AssistantMessage, Message } from '../conversation/message.ts';
import type { TurnHistory } from './turnHistory.ts';

/** A turn in which an alternative and the answer have changed places. */
export interface Chosen {
  readonly view: Turn;
  readonly messages: readonly Message[];
}

/** Puts the alternative in the place of the turn's last answer; undefined when it is none, or when more came after it. */
export function chosen({ view, messages }: Pick<TurnHistory, 'messages'> & { readonly view: Turn }, itemId: string): Chosen | undefined {
  const { items } = view;
  const at = items.findIndex(({ id }) => id === itemId);
  const alternative = items[at];
  const last = messages.at(-1);
  if (alternative?.kind !== 'alternative' || last?.role !== 'assistant' || last.calls.length > 0) return undefined;
  if (items.slice(at).some(({ kind }) => kind === 'call' || kind === 'text')) return undefined;
  const begins = items.findLastIndex(({ kind }) => kind === 'call') + 1;
  const text = items.findLastIndex((item, index) => index >= begins && item.kind === 'text');
  if (text === -1) return undefined;
  const reasoning = items.findLastIndex((item, index) => index >= begins && index < text && item.kind === 'reasoning');
  const replaced = items.flatMap((item, index) => place(item, index));

  function place(item: Item, index: number): readonly Item[] {
    if (alternative?.kind !== 'alternative' || last?.role !== 'assistant') return [item];
    if (index === at) return [{ ...alternative, text: last.text, reasoning: last.reasoning?.text ?? '' }];
    // The probabilities are those of the answer that goes.
    if (index === reasoning || (index >= begins && item.kind === 'probabilities')) return [];
    if (index !== text || item.kind !== 'text') return [item];
    const before: Item = { kind: 'reasoning', id: `${item.id}-reasoning`, text: alternative.reasoning, durationMs: 0 };
    return [...(alternative.reasoning === '' ? [] : [before]), { ...item, text: alternative.text }];
  }

  const message: AssistantMessage = { ...last, text: alternative.text, reasoning: alternative.reasoning === '' ? undefined : { field: last.reasoning?.field ?? 'reasoning_content', text: alternative.reasoning } };
  return { view: { ...view, items: replaced }, messages: [...messages.slice(0, -1), message] };
}
