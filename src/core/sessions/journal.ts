import * as v from 'valibot';
import type { Change } from '../../protocol/messages.ts';
import type { JournalEntry } from './keeper.ts';
import { fromText, message } from './storedSchemas.ts';
import * as view from './viewSchemas.ts';

/** An entry with the moment, in milliseconds since the epoch, at which it was noted. */
export type DatedEntry = JournalEntry & { readonly at: number };

/** What a journal says: whose it is, where that can be read, and what was noted, up to where it breaks off. */
export interface Journal {
  readonly turnId: string | undefined;
  readonly entries: readonly DatedEntry[];
}

const ofTurn = { turnId: v.string() };
const ofItem = { ...ofTurn, itemId: v.string() };

/** Changes of one turn; others do not belong into a journal. */
const change = v.variant('type', [
  v.looseObject({ type: v.literal('turn-ended'), ...ofTurn, outcome: view.outcome, usage: v.optional(view.usage), details: v.optional(view.details), timing: v.optional(view.timing) }),
  v.looseObject({ type: v.literal('turn-restarted'), ...ofTurn, question: view.question }),
  v.looseObject({ type: v.literal('turn-resumed'), ...ofTurn }),
  v.looseObject({ type: v.literal('item-added'), ...ofTurn, item: view.item }),
  v.looseObject({ type: v.literal('item-extended'), ...ofItem, text: v.string() }),
  v.looseObject({ type: v.literal('reasoning-ended'), ...ofItem, durationMs: v.pipe(v.number(), v.finite()) }),
  v.looseObject({ type: v.literal('item-changed'), ...ofTurn, item: view.item }),
  v.looseObject({ type: v.literal('item-removed'), ...ofItem }),
  v.looseObject({ type: v.literal('turn-changes'), ...ofTurn, changes: v.optional(view.turnChanges) }),
]);

const at = v.pipe(v.number(), v.finite());

const entry = v.variant('kind', [
  v.looseObject({ kind: v.literal('change'), at, change }),
  v.looseObject({ kind: v.literal('message'), at, message, replaces: v.boolean() }),
]);

const header = v.object({ turn: v.string() });

/** The line that a journal begins with. */
export function headerLine(turnId: string): string {
  return `${JSON.stringify({ turn: turnId })}\n`;
}

/** The line of an entry, the `number`th of its journal. */
export function entryLine(dated: DatedEntry, number: number): string {
  return `${JSON.stringify({ ...dated, number })}\n`;
}

/** Both as one entry where the second adds to the text that the first has added to, so that a stream is few lines. */
export function joined(first: DatedEntry, second: DatedEntry): DatedEntry | undefined {
  if (first.kind !== 'change' || second.kind !== 'change') return undefined;
  const [one, other] = [first.change, second.change];
  if (one.type !== 'item-extended' || other.type !== 'item-extended' || one.turnId !== other.turnId || one.itemId !== other.itemId) return undefined;
  return { ...second, change: { ...one, text: one.text + other.text } satisfies Change };
}

/**
 * Reads a journal as far as it goes. A line that is torn or is none is left out: the rest says more than nothing. So is one
 * that was there before: what was written in part is written again whole.
 */
export function readJournal(bytes: Uint8Array): Journal {
  const lines = new TextDecoder().decode(bytes).split('\n').map(fromText);
  const first = v.safeParse(header, lines[0]);
  const had = new Set<unknown>();
  const entries = lines.flatMap((line) => {
    if (!v.is(entry, line)) return [];
    const { number, ...dated } = line as DatedEntry & { readonly number?: unknown };
    if (number !== undefined && had.has(number)) return [];
    had.add(number);
    return [dated];
  });
  return { turnId: first.success ? first.output.turn : undefined, entries };
}
