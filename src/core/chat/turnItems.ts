import type { Change } from '../../protocol/messages.ts';
import type { CallItem, Item, Phase } from '../../protocol/viewState.ts';
import type { AgentEvent } from '../agent/run.ts';
import type { Clock } from '../ports.ts';
import { createAnswerItems, type ItemWithoutId } from './answerItems.ts';

/** Turns what happens in a turn into the items that show it. */
export interface TurnItems {
  /** Shows one event and says which phase the turn is in afterwards. */
  show(event: AgentEvent): Phase | undefined;
  add(item: ItemWithoutId): void;
  /** Nothing more will come: open reasoning gets its duration, calls that did not run say so. */
  close(): void;
}

export interface TurnItemsOptions {
  readonly turnId: string;
  /** What the ids of items begin with: another at each run of the same turn. */
  readonly idPrefix: string;
  readonly clock: Clock;
  /** The items of an answer that is gone on with. */
  readonly goesOn?: readonly Item[] | undefined;
}

/** Characters of a tool's name that are shown: one that grows for ever would be told anew each time. */
const longestName = 100;

export function createTurnItems({ turnId, idPrefix, clock, goesOn }: TurnItemsOptions, publish: (change: Change) => void): TurnItems {
  let count = 0;
  /** The calls of the message that is arriving or running, by their place in it. */
  let calls: CallItem[] = [];

  function add(item: ItemWithoutId): string {
    const id = `${idPrefix}.${(count += 1)}`;
    publish({ type: 'item-added', turnId, item: { ...item, id } as Item });
    return id;
  }

  const answer = createAnswerItems({ turnId, clock, goesOn, publish, add });

  function streamCall(index: number, wholeName: string, text: string): void {
    const name = wholeName.slice(0, longestName);
    answer.close();
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
      answer.close();
      endCalls();
    },
    show(event): Phase | undefined {
      switch (event.type) {
        case 'asking':
          answer.begin();
          endCalls();
          calls = [];
          return 'waiting';
        case 'reasoning-delta':
          answer.stream('reasoning', event.text);
          return 'reasoning';
        case 'text-delta':
          answer.stream('text', event.text);
          return 'answering';
        case 'call-delta':
          streamCall(event.index, event.name, event.arguments);
          return 'answering';
        case 'leaked-call-delta':
          answer.streamLeak(event.text);
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
        case 'answered':
          answer.end(event.end);
          return undefined;
        case 'message':
        case 'calls-cut':
        case 'turn-end':
          return undefined;
      }
    },
  };
}
