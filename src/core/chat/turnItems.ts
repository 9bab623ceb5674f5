import { say, type LocalText } from '../../protocol/localText.ts';
import type { Change } from '../../protocol/messages.ts';
import type { CallItem, Item, Phase } from '../../protocol/viewState.ts';
import type { AgentEvent } from '../agent/run.ts';
import type { CompletionEnd } from '../completions/completion.ts';
import { probabilitiesOf } from './probabilities.ts';
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
  /** The items of an answer that is gone on with: what comes is added to its text and its reasoning. */
  readonly goesOn?: readonly Item[] | undefined;
}

export function createTurnItems({ turnId, idPrefix, clock, goesOn }: TurnItemsOptions, publish: (change: Change) => void): TurnItems {
  let count = 0;
  let open: { readonly kind: 'reasoning' | 'text' | 'leak'; readonly id: string; readonly since: number } | undefined;
  /** The text that is gone on with, and the reasoning in front of it: so the seam does not show. */
  let continued = continuedItems(goesOn ?? []);
  /** The last tool call that was written as text, and whether the present answer holds one. */
  let leak: CallItem | undefined;
  let hasLeaked = false;
  /** The items of the present answer's words, and when the first began. */
  let streamed: string[] = [];
  let streamedSince = 0;
  const continuedKinds = new Set<'reasoning' | 'text'>();
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
    if (open?.kind === 'reasoning' && open.id !== continued?.reasoning) publish({ type: 'reasoning-ended', turnId, itemId: open.id, durationMs: clock.now() - open.since });
    if (leak !== undefined) publish({ type: 'item-changed', turnId, item: { ...leak, tool: nameIn(leak.arguments), status: 'not-run' } });
    leak = undefined;
    open = undefined;
    held = '';
  }

  function stream(kind: 'reasoning' | 'text', text: string): void {
    if (open?.kind === kind) {
      publish({ type: 'item-extended', turnId, itemId: open.id, text });
      return;
    }
    const earlier = continued?.[kind];
    if (earlier !== undefined) {
      const isFirst = !continuedKinds.has(kind);
      continuedKinds.add(kind);
      closeOpen();
      open = { kind, id: earlier, since: clock.now() };
      publish({ type: 'item-extended', turnId, itemId: earlier, text: kind === 'reasoning' && isFirst ? `\n\n${text}` : text });
      return;
    }
    if (kind === 'text' && text.trim() === '') {
      held += text;
      return;
    }
    const whole = kind === 'text' ? held + text : text;
    closeOpen();
    if (streamed.length === 0) streamedSince = clock.now();
    open = { kind, id: add(kind === 'reasoning' ? { kind, text: whole, durationMs: undefined } : { kind, text: whole }), since: clock.now() };
    streamed.push(open.id);
  }

  function streamLeak(text: string): void {
    if (leak !== undefined) {
      leak = { ...leak, arguments: leak.arguments + text };
      publish({ type: 'item-extended', turnId, itemId: leak.id, text });
      return;
    }
    closeOpen();
    continued = undefined;
    hasLeaked = true;
    const item = { kind: 'call', tool: '', arguments: text, status: 'arriving', summary: say('Written into the answer as text'), result: undefined } as const;
    leak = { ...item, id: add(item) };
    open = { kind: 'leak', id: leak.id, since: clock.now() };
    streamed.push(leak.id);
  }

  /** Puts what has streamed under a wrong name under the right one. */
  function relabel({ reasoning, text }: NonNullable<CompletionEnd['relabelled']>): void {
    for (const itemId of streamed) publish({ type: 'item-removed', turnId, itemId });
    if (reasoning.trim() !== '') add({ kind: 'reasoning', text: reasoning, durationMs: clock.now() - streamedSince });
    if (text.trim() !== '') add({ kind: 'text', text });
  }

  function endAnswer(end: CompletionEnd): void {
    const tokens = probabilitiesOf(end);
    const alternatives = end.alternatives.filter(({ text, reasoning }) => text !== '' || reasoning !== undefined);
    if (alternatives.length > 0 || tokens !== undefined || hasLeaked || end.relabelled !== undefined) closeOpen();
    if (end.relabelled !== undefined && continued === undefined) relabel(end.relabelled);
    for (const [index, { text, reasoning }] of alternatives.entries()) add({ kind: 'alternative', number: index + 2, reasoning: reasoning?.text ?? '', text });
    if (tokens !== undefined) add({ kind: 'probabilities', tokens });
    if (hasLeaked) add(notice(say('The model wrote a tool call into its answer as text. It was not run.'), ['retry']));
    hasLeaked = false;
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
          // Only the first answer goes on with what was there.
          if (calls.length > 0) continued = undefined;
          calls = [];
          streamed = [];
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
          streamLeak(event.text);
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
          endAnswer(event.end);
          return undefined;
        case 'message':
        case 'calls-cut':
        case 'turn-end':
          return undefined;
      }
    },
  };
}

/** The text at the end of the items, and the reasoning right before it. */
function continuedItems(items: readonly Item[]): { readonly text: string; readonly reasoning: string | undefined } | undefined {
  const index = items.findLastIndex((item) => item.kind === 'text');
  const text = items[index];
  if (text === undefined || items.slice(index + 1).some((item) => item.kind === 'call')) return undefined;
  const before = items[index - 1];
  return { text: text.id, reasoning: before?.kind === 'reasoning' ? before.id : undefined };
}

/** The name of the tool in a call that was written as text, as far as it can be made out. */
function nameIn(markup: string): string {
  return /(?:name["']?\s*[:=]\s*["']?|<invoke\s+|function=|sep[^\w]{1,4})([A-Za-z_][\w-]{0,63})/.exec(markup)?.[1] ?? '';
}

/** A sentence of its own in the transcript. */
export function notice(text: LocalText, actions: Extract<Item, { kind: 'notice' }>['actions'] = []): ItemWithoutId {
  return { kind: 'notice', text, actions };
}
