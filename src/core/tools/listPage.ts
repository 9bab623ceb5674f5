import * as v from 'valibot';
import { showHidden } from '../../protocol/hiddenCharacters.ts';
import { breathing } from '../breathe.ts';
import { cutAt } from './cutAt.ts';
import { fence } from './fence.ts';

/** What one answer lists at most; the rest is there for another call. */
const most = { entries: 100, characters: 32 * 1024, entryLength: 1000 } as const;

/** The argument with which a model gets the rest of a list. */
export const firstResult = v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.description('Number of the first result to list: for the rest of a list that was cut.')));

export interface Listing<Entry> {
  /** What is listed: `References to total`. */
  readonly label: string;
  readonly entries: readonly Entry[];
  readonly first: number | undefined;
  /** One or more lines; only asked of entries that are shown. */
  readonly describe: (entry: Entry) => string | Promise<string>;
  readonly signal: AbortSignal;
}

/** As much of a list as fits into one answer, fenced, with hidden characters shown, and how to get the rest. */
export async function listPage<Entry>({ label, entries, first = 1, describe, signal }: Listing<Entry>): Promise<string> {
  if (first > entries.length) return `There are only ${entries.length} results; call again with a smaller first_result.`;
  const breathe = breathing(signal);
  const shown: string[] = [];
  let characters = 0;
  for (const entry of entries.slice(first - 1, first - 1 + most.entries)) {
    await breathe();
    const text = cutAt(await describe(entry), most.entryLength);
    characters += text.length + 1;
    if (characters > most.characters && shown.length > 0) break;
    shown.push(text);
  }
  const last = first + shown.length - 1;
  const range = shown.length === entries.length ? '' : `, ${first} to ${last} of ${entries.length}`;
  const more = last < entries.length ? `\nCall again with first_result ${last + 1} for the next of them.` : '';
  return `${fence(showHidden(`${label}${range}`), shown.join('\n'))}${more}`;
}
