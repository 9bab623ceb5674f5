import type { CompletionEnd, CompletionEvent, Liveness, Retrying } from '../../../src/core/completions/completion.ts';
import { CompletionError } from '../../../src/core/completions/completionError.ts';

const kinds = { 'text-delta': 'text', 'reasoning-delta': 'reasoning', 'leaked-call-delta': 'leaked' } as const;

/** A delta as fixtures write it. */
export type Delta = readonly ['reasoning' | 'text' | 'leaked', string] | readonly ['call', number, string, string];

/** Everything that came of a completion. */
export interface Collected {
  /** Neighbours of one kind joined: how the bytes were cut does not show. */
  readonly deltas: readonly Delta[];
  readonly end: CompletionEnd | undefined;
  readonly error: CompletionError | undefined;
}

/** Reads a completion to its end. What is thrown must be a `CompletionError`: everything else is passed on. */
export async function collect(events: AsyncIterable<CompletionEvent>): Promise<Collected> {
  const deltas: Delta[] = [];
  let end: CompletionEnd | undefined;
  try {
    for await (const event of events) {
      if (end !== undefined) throw new Error(`An event of type ${event.type} came after the end.`);
      if (event.type === 'end') end = event;
      else if (event.type !== 'liveness' && event.type !== 'retrying') add(deltas, event);
    }
  } catch (error) {
    if (!(error instanceof CompletionError)) throw error;
    return { deltas, end, error };
  }
  return { deltas, end, error: undefined };
}

function add(deltas: Delta[], event: Exclude<CompletionEvent, CompletionEnd | Liveness | Retrying>): void {
  const last = deltas.at(-1);
  if (event.type === 'call-delta') {
    const joins = last?.[0] === 'call' && last[1] === event.index;
    if (joins) deltas[deltas.length - 1] = ['call', event.index, event.name, last[3] + event.arguments];
    else deltas.push(['call', event.index, event.name, event.arguments]);
    return;
  }
  const kind = kinds[event.type];
  if (last?.[0] === kind) deltas[deltas.length - 1] = [kind, last[1] + event.text];
  else deltas.push([kind, event.text]);
}
