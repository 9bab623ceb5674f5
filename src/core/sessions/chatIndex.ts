import * as v from 'valibot';
import { id } from './storedSchemas.ts';
import { moment } from './viewSchemas.ts';

/** What the list of chats shows of one. */
export interface IndexEntry {
  readonly id: string;
  readonly title: string;
  readonly updatedAt: number;
  readonly questions: number;
  readonly isPinned: boolean;
}

/** What is known of the chats before any file has been read. The files are right where the two differ. */
export interface ChatIndex {
  /** The chat that was open last. */
  readonly last: string | undefined;
  readonly entries: readonly IndexEntry[];
  /** The highest mark of a draft that whoever wrote the rest had heard of by then. */
  readonly heardMark?: number | undefined;
}

/** Where the host keeps a small thing, read at once: never a transcript. */
export interface IndexStore {
  read(): unknown;
  write(index: ChatIndex): void;
}

const stored = v.object({
  last: v.optional(id),
  heardMark: v.optional(v.pipe(v.number(), v.finite())),
  entries: v.array(v.object({ id, title: v.string(), updatedAt: moment, questions: v.pipe(v.number(), v.finite()), isPinned: v.boolean() })),
});

/** What the store holds; nothing when it holds something else. */
export function readIndex(store: IndexStore): ChatIndex {
  const read = v.safeParse(stored, store.read());
  return read.success ? { last: read.output.last, entries: read.output.entries, heardMark: read.output.heardMark } : { last: undefined, entries: [] };
}
