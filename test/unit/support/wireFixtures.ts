import { readdirSync, readFileSync } from 'node:fs';
import type { CompletionEnd, Usage } from '../../../src/core/completions/completion.ts';
import type { Reasoning } from '../../../src/core/conversation/message.ts';
import type { Delta } from './collect.ts';
import { nothingMore } from './scriptedAgent.ts';

/** A body as it came over the wire, and what must come of it; see test/fixtures/deepseek/README.md. */
export interface WireFixture {
  readonly name: string;
  readonly wire: string;
  readonly deltas: readonly Delta[];
  readonly end: CompletionEnd | undefined;
  readonly error: { readonly kind: string; readonly message: string } | undefined;
  /** How much of the wire has to have come before there may be an end; undefined when there is none. */
  readonly finish: { readonly from: number; readonly to: number } | undefined;
}

interface Expectation {
  readonly deltas: readonly Delta[];
  readonly end?: {
    readonly reason: CompletionEnd['reason'];
    readonly text: string;
    readonly reasoning?: readonly [Reasoning['field'], string];
    readonly calls: readonly (readonly [string, string, string])[];
    readonly cutCalls?: number;
    readonly usage?: readonly [number, number, number | null, number | null];
    /** The texts of the further choices. */
    readonly alternatives?: readonly string[];
  };
  readonly error?: { readonly kind: string; readonly message: string };
  readonly finish?: string;
}

const root = new URL('../../fixtures/', import.meta.url);

/** All wire fixtures of the four dialects. */
export const wireFixtures: readonly WireFixture[] = ['deepseek', 'iflow', 'jiekou', 'family'].flatMap((dialect) =>
  readdirSync(new URL(`${dialect}/`, root))
    .filter((file) => file.endsWith('.wire'))
    .sort()
    .map((file) => load(`${dialect}/${file.slice(0, -'.wire'.length)}`)),
);

function load(name: string): WireFixture {
  const wire = readFileSync(new URL(`${name}.wire`, root), 'utf8');
  const expectation = JSON.parse(readFileSync(new URL(`${name}.json`, root), 'utf8')) as Expectation;
  if ((expectation.end === undefined) === (expectation.error === undefined)) throw new Error(`${name}: say either end or error.`);
  if ((expectation.end === undefined) !== (expectation.finish === undefined)) throw new Error(`${name}: an end needs a finish.`);
  return {
    name,
    wire,
    deltas: expectation.deltas,
    end: expectation.end && endOf(expectation.end),
    error: expectation.error,
    finish: finishIn(name, wire, expectation.finish),
  };
}

function endOf({ reason, text, reasoning, calls, cutCalls = 0, usage, alternatives = [] }: NonNullable<Expectation['end']>): CompletionEnd {
  return {
    type: 'end',
    reason,
    message: {
      role: 'assistant',
      text,
      reasoning: reasoning && { field: reasoning[0], text: reasoning[1] },
      calls: calls.map(([id, name, text]) => ({ id, name, arguments: text })),
    },
    cutCalls,
    usage: usage && usageOf(usage),
    ...nothingMore,
    alternatives: alternatives.map((words) => ({ role: 'assistant', text: words, reasoning: undefined, calls: [] })),
  };
}

function usageOf([promptTokens, completionTokens, cached, reasoned]: readonly [number, number, number | null, number | null]): Usage {
  return { promptTokens, completionTokens, cachedTokens: cached ?? undefined, reasoningTokens: reasoned ?? undefined };
}

/** Before `from` bytes there may be no end, from `to` bytes on there must be one: the rest of the line carries nothing. */
function finishIn(name: string, wire: string, finish: string | undefined): WireFixture['finish'] {
  if (finish === undefined) return undefined;
  const at = wire.indexOf(finish);
  if (at === -1) throw new Error(`${name}: its finish does not stand in the wire.`);
  const end = at + finish.length;
  const line = wire.indexOf('\n', end);
  return { from: Buffer.byteLength(wire.slice(0, end)), to: Buffer.byteLength(wire.slice(0, line === -1 ? undefined : line)) };
}
