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

export interface TurnItemsOptions {
  readonly turnId: string;
  /** What the ids of items begin with: another at each run of the same turn. */
  readonly idPrefix: string;
  readonly clock: Clock;
}

export function createTurnItems({ turnId, idPrefix, clock }: TurnItemsOptions, publish: (change: Change) => void): TurnItems {
  let count = 0;
  let open: { readonly kind: 'reasoning' | 'text'; readonly id: string; readonly since: number } | undefined;
  /** White space that came where no answer had begun: part of the answer if one follows, nothing otherwise. */
  let held = '';
  /** The calls of the message that is arriving or running, by their place in it. */
  let calls: CallItem[] = [];

  function add(item: ItemWithoutId): string {
    const id = `${idPrefix}.${(count += 1)}`;
    publish({ type: 'item-added', turnId, item: { ...item, id } as Item });
    return id;
  }

  function closeOpen(): void {
    if (open?.kind === 'reasoning') publish({ type: 'reasoning-ended', turnId, itemId: open.id, durationMs: clock.now() - open.since });
    open = undefined;
    held = '';
  }

  function stream(kind: 'reasoning' | 'text', text: string): void {
    if (open?.kind === kind) {
      publish({ type: 'item-extended', turnId, itemId: open.id, text });
      return;
    }
    if (kind === 'text' && text.trim() === '') {
      held += text;
      return;
    }
    const whole = kind === 'text' ? held + text : text;
    closeOpen();
    open = { kind, id: add(kind === 'reasoning' ? { kind, text: whole, durationMs: undefined } : { kind, text: whole }), since: clock.now() };
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
        case 'leaked-call-delta':
          stream('text', event.text);
          return 'answering';
        case 'liveness':
          return event.state === 'flowing' ? undefined : event.state;
        case 'retrying':
          return 'retrying';
        case 'call-started':
          changeCall(event.index, { status: 'running', summary: event.summary, tool: event.call.name, arguments: event.call.arguments });
          return 'tool';
        case 'call-ended':
          changeCall(event.index, { status: event.result.status, result: event.result.text });
          return 'tool';
        case 'message':
        case 'answered':
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
