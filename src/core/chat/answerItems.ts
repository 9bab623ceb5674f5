import { say, type LocalText } from '../../protocol/localText.ts';
import type { Change } from '../../protocol/messages.ts';
import type { CallItem, Item } from '../../protocol/viewState.ts';
import type { CompletionEnd } from '../completions/completion.ts';
import type { Clock } from '../ports.ts';
import { probabilitiesOf } from './probabilities.ts';

type WithoutId<Kind> = Kind extends Item ? Omit<Kind, 'id'> : never;
export type ItemWithoutId = WithoutId<Item>;

/** The items that show the words of a turn's answers: reasoning, text, and calls that were written as text. */
export interface AnswerItems {
  /** Another answer of the turn begins; only the first goes on with what was there. */
  begin(): void;
  stream(kind: 'reasoning' | 'text', text: string): void;
  /** Words that are a tool call in a form nobody can run. */
  streamLeak(text: string): void;
  /** Something else comes, or nothing: open reasoning gets its duration. */
  close(): void;
  /** The answer is whole. */
  end(end: CompletionEnd): void;
}

export interface AnswerItemsOptions {
  readonly turnId: string;
  readonly clock: Clock;
  /** The items of an answer that is gone on with: what comes is added to its text and its reasoning. */
  readonly goesOn: readonly Item[] | undefined;
  readonly publish: (change: Change) => void;
  /** Shows another item and gives its id. */
  readonly add: (item: ItemWithoutId) => string;
}

export function createAnswerItems({ turnId, clock, goesOn, publish, add }: AnswerItemsOptions): AnswerItems {
  let open: { readonly kind: 'reasoning' | 'text'; readonly id: string; readonly since: number } | undefined;
  /** The text that is gone on with, and the reasoning in front of it: so the seam does not show. */
  let continued = continuedItems(goesOn ?? []);
  let reasonsAgain = false;
  let answers = 0;
  /** The tool call that is being written as text, and whether the present answer holds one. */
  let leak: CallItem | undefined;
  let hasLeaked = false;
  /** The items of the present answer's words, and when the first began. */
  let streamed: string[] = [];
  let streamedSince = 0;
  /** White space that came where no answer had begun: part of the answer if one follows, nothing otherwise. */
  let held = '';

  function close(): void {
    if (open?.kind === 'reasoning' && open.id !== continued?.reasoning) publish({ type: 'reasoning-ended', turnId, itemId: open.id, durationMs: clock.now() - open.since });
    if (leak !== undefined) publish({ type: 'item-changed', turnId, item: { ...leak, tool: nameIn(leak.arguments), status: 'not-run' } });
    leak = undefined;
    open = undefined;
    held = '';
  }

  function note(id: string): void {
    if (streamed.length === 0) streamedSince = clock.now();
    streamed.push(id);
  }

  function extend(kind: 'reasoning' | 'text', itemId: string, text: string): void {
    close();
    open = { kind, id: itemId, since: clock.now() };
    const isApart = kind === 'reasoning' && !reasonsAgain;
    reasonsAgain ||= isApart;
    publish({ type: 'item-extended', turnId, itemId, text: isApart ? `\n\n${text}` : text });
  }

  /** Puts what has streamed under a wrong name under the right one. */
  function relabel({ reasoning, text }: NonNullable<CompletionEnd['relabelled']>): void {
    for (const itemId of streamed) publish({ type: 'item-removed', turnId, itemId });
    if (reasoning.trim() !== '') add({ kind: 'reasoning', text: reasoning, durationMs: clock.now() - streamedSince });
    if (text.trim() !== '') add({ kind: 'text', text });
  }

  return {
    close,
    begin() {
      close();
      if (answers > 0) continued = undefined;
      answers += 1;
      streamed = [];
    },
    stream(kind, text) {
      if (open?.kind === kind) return publish({ type: 'item-extended', turnId, itemId: open.id, text });
      const earlier = continued?.[kind];
      if (earlier !== undefined) return extend(kind, earlier, text);
      if (kind === 'text' && text.trim() === '') {
        held += text;
        return;
      }
      const whole = kind === 'text' ? held + text : text;
      close();
      open = { kind, id: add(kind === 'reasoning' ? { kind, text: whole, durationMs: undefined } : { kind, text: whole }), since: clock.now() };
      note(open.id);
    },
    streamLeak(text) {
      if (leak !== undefined) {
        leak = { ...leak, arguments: leak.arguments + text };
        return publish({ type: 'item-extended', turnId, itemId: leak.id, text });
      }
      close();
      continued = undefined;
      hasLeaked = true;
      const item = { kind: 'call', tool: '', arguments: text, status: 'arriving', summary: say('Written into the answer as text'), result: undefined } as const;
      leak = { ...item, id: add(item) };
      note(leak.id);
    },
    end(end) {
      const tokens = probabilitiesOf(end);
      const alternatives = end.alternatives.filter(({ text, reasoning }) => text !== '' || reasoning !== undefined);
      if (alternatives.length > 0 || tokens !== undefined || hasLeaked || end.relabelled !== undefined) close();
      if (end.relabelled !== undefined && continued === undefined) relabel(end.relabelled);
      for (const [index, { text, reasoning }] of alternatives.entries()) add({ kind: 'alternative', number: index + 2, reasoning: reasoning?.text ?? '', text });
      if (tokens !== undefined) add({ kind: 'probabilities', tokens });
      if (hasLeaked) add(notice(say('The model wrote a tool call into its answer as text. It was not run.'), ['retry']));
      hasLeaked = false;
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
  return /(?:name["']?\s*[:=]\s*["']?|<invoke\s+|function=|sep[^\w]{1,4})([A-Za-z_][\w-]{0,63})/.exec(markup.slice(0, 2000))?.[1] ?? '';
}

/** A sentence of its own in the transcript. */
export function notice(text: LocalText, actions: Extract<Item, { kind: 'notice' }>['actions'] = []): ItemWithoutId {
  return { kind: 'notice', text, actions };
}
