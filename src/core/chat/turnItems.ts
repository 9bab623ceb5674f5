import type { LocalText } from '../../protocol/localText.ts';
import type { Change } from '../../protocol/messages.ts';
import type { CallItem, Item, Phase } from '../../protocol/viewState.ts';
import type { AgentEvent } from '../agent/run.ts';
import type { Clock } from '../ports.ts';

/** Turns what happens in a turn into the items that show it. */
export interface TurnItems {
  /** Shows one event and says which phase the turn is in afterwards. */
  show(event: AgentEvent): Phase | undefined;
  add(item: ItemWithoutId): void;
  /** Nothing more will come: open reasoning gets its duration, calls that did not run say so. */
  close(): void;
}

type WithoutId<Kind> = Kind extends Item ? Omit<Kind, 'id'> : never;
export type ItemWithoutId = WithoutId<Item>;

export function createTurnItems(turnId: string, clock: Clock, publish: (change: Change) => void): TurnItems {
  let count = 0;
  let open: { readonly item: Item & { readonly kind: 'reasoning' | 'text' }; text: string; readonly since: number } | undefined;
  /** The calls of the message that is arriving or running, by their place in it. */
  let calls: CallItem[] = [];

  function add(item: ItemWithoutId): string {
    const id = `${turnId}.${(count += 1)}`;
    publish({ type: 'item-added', turnId, item: { ...item, id } as Item });
    return id;
  }

  function closeOpen(): void {
    if (open?.item.kind === 'reasoning') {
      publish({ type: 'item-changed', turnId, item: { ...open.item, text: open.text, durationMs: clock.now() - open.since } });
    }
    open = undefined;
  }

  function stream(kind: 'reasoning' | 'text', text: string): void {
    if (open?.item.kind === kind) {
      open.text += text;
      publish({ type: 'item-extended', turnId, itemId: open.item.id, text });
      return;
    }
    closeOpen();
    // White space between reasoning and a tool call is no answer.
    if (kind === 'text' && text.trim() === '') return;
    const item: ItemWithoutId = kind === 'reasoning' ? { kind, text, durationMs: undefined } : { kind, text };
    const id = add(item);
    open = { item: { ...item, id }, text, since: clock.now() };
  }

  function streamCall(index: number, name: string, text: string): void {
    closeOpen();
    const call = calls[index];
    if (call === undefined) {
      const item = { kind: 'call', tool: name, arguments: text, status: 'arriving', summary: undefined, result: undefined } as const;
      calls[index] = { ...item, id: add(item) };
      return;
    }
    calls[index] = { ...call, tool: name, arguments: call.arguments + text };
    if (call.tool === name) publish({ type: 'item-extended', turnId, itemId: call.id, text });
    else publish({ type: 'item-changed', turnId, item: calls[index] });
  }

  function changeCall(index: number, change: Partial<CallItem>): void {
    const call = calls[index];
    if (call === undefined) return;
    const changed = { ...call, ...change };
    calls[index] = changed;
    publish({ type: 'item-changed', turnId, item: changed });
  }

  function endCalls(): void {
    for (const [index, call] of calls.entries()) {
      if (call.status === 'arriving' || call.status === 'running') changeCall(index, { status: 'not-run' });
    }
  }

  return {
    add,
    close() {
      closeOpen();
      endCalls();
    },
    show(event): Phase | undefined {
      switch (event.type) {
        case 'asking':
          closeOpen();
          endCalls();
          calls = [];
          return 'waiting';
        case 'reasoning-delta':
          stream('reasoning', event.text);
          return 'reasoning';
        case 'text-delta':
          stream('text', event.text);
          return 'answering';
        case 'call-delta':
          streamCall(event.index, event.name, event.arguments);
          return 'answering';
        case 'call-started':
          changeCall(event.index, { status: 'running', summary: event.summary, tool: event.call.name, arguments: event.call.arguments });
          return 'tool';
        case 'call-ended':
          changeCall(event.index, { status: event.result.status, result: event.result.text });
          return 'tool';
        case 'message':
        case 'calls-cut':
        case 'turn-end':
          return undefined;
      }
    },
  };
}

/** A sentence of its own in the transcript. */
export function notice(text: LocalText, actions: Extract<Item, { kind: 'notice' }>['actions'] = []): ItemWithoutId {
  return { kind: 'notice', text, actions };
}
