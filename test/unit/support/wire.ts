import assert from 'node:assert/strict';
import type { CompletionEnd, CompletionEvent } from '../../../src/core/completions/completion.ts';
import { readCompletion } from '../../../src/core/completions/readCompletion.ts';
import type { ReadOptions } from '../../../src/core/completions/reading.ts';
import type { Json } from '../../../src/core/json.ts';
import { inPieces } from './bytes.ts';
import { collect, type Collected, type Delta } from './collect.ts';

/** A chunk with one choice. */
export function chunk(delta: Json, finish: string | null = null): { readonly [name: string]: Json } {
  return { choices: [{ index: 0, delta, finish_reason: finish }] };
}

/** Values as server-sent events, one each; a text stands as it is. */
export function events(...values: readonly (Json | string)[]): string {
  return values.map((value) => (typeof value === 'string' ? value : `data: ${JSON.stringify(value)}\n\n`)).join('');
}

export const done = 'data: [DONE]\n\n';

/** What comes of a body, which must be the same however it is cut. */
export async function read(body: string | Uint8Array, options: ReadOptions = {}): Promise<Collected> {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const whole = await collect(readCompletion(inPieces(bytes), options));
  for (const size of [1, 2, 3, 7]) {
    const cut = await collect(readCompletion(inPieces(bytes, size), options));
    assert.deepEqual({ ...cut, error: cut.error?.message }, { ...whole, error: whole.error?.message }, `cut at ${size} bytes`);
  }
  return whole;
}

/** The end of a body that must have one. */
export async function endOf(body: string | Uint8Array, options: ReadOptions = {}): Promise<CompletionEnd> {
  const { end, error } = await read(body, options);
  if (end === undefined) throw new Error('It did not end well.', { cause: error });
  return end;
}

/** All words of one kind, whatever came between them. */
export function said(deltas: readonly Delta[], kind: 'text' | 'reasoning' | 'leaked'): string {
  return deltas.map(([type, words]) => (type === kind ? words : '')).join('');
}

/** The events of pieces that come just so, silences among them. */
export async function eventsOf(pieces: readonly string[], options: ReadOptions = {}): Promise<readonly CompletionEvent[]> {
  async function* body(): AsyncGenerator<Uint8Array | 'silence'> {
    await Promise.resolve();
    for (const piece of pieces) yield piece === 'silence' ? piece : new TextEncoder().encode(piece);
  }
  const collected: CompletionEvent[] = [];
  for await (const event of readCompletion(body(), options)) collected.push(event);
  return collected;
}
