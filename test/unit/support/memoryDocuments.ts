import type { FileChange } from '../../../src/core/edits/change.ts';
import { ApplyError, type Documents, type DocumentText } from '../../../src/core/editor/documents.ts';
import { FileError } from '../../../src/core/ports.ts';

/** A file as it is given: its text with the line ends that the file has, or that of an editor with unsaved changes. */
export type Given = string | { readonly text: string; readonly isDirty?: boolean; readonly isReadOnly?: boolean } | { readonly binary: true };

type Entry = DocumentText | 'binary';

/** Texts in memory by their real path. Applies changes all or none, and nothing to a text that is not what it was. */
export interface MemoryDocuments extends Documents {
  /** What has been applied, call by call. */
  readonly applied: (readonly FileChange[])[];
  /** Paths that were read. */
  readonly reads: string[];
  /** What the file at a path holds, line ends as they are; undefined where there is none or no text. */
  bytesOf(path: string): string | undefined;
  isDirty(path: string): boolean;
  /** Somebody else writes, with the line ends as given; without a text the file goes. */
  write(path: string, given: Given | undefined): void;
  /** All further calls of apply fail with this. */
  failWith(error: ApplyError | undefined): void;
  /** The next call of apply with more changes makes only so many, and fails as an editor does that takes none back. */
  breakAfter(count: number): void;
}

export function memoryDocuments(given: { readonly [path: string]: Given }): MemoryDocuments {
  const entries = new Map(Object.entries(given).map(([path, value]) => [path, entryOf(value)]));
  const applied: (readonly FileChange[])[] = [];
  const reads: string[] = [];
  let failure: ApplyError | undefined;
  let most = Infinity;

  return {
    applied,
    reads,
    bytesOf(path) {
      const entry = entries.get(path);
      return entry === undefined || entry === 'binary' ? undefined : entry.text.replaceAll('\n', entry.eol);
    },
    isDirty: (path) => {
      const entry = entries.get(path);
      return entry !== undefined && entry !== 'binary' && entry.isDirty;
    },
    write: (path, value) => void (value === undefined ? entries.delete(path) : entries.set(path, entryOf(value))),
    failWith: (error) => void (failure = error),
    breakAfter: (count) => void (most = count),
    async read({ canonical, display }) {
      reads.push(canonical);
      const entry = entries.get(canonical);
      if (entry === undefined) throw new FileError('missing', `ENOENT: ${canonical}`);
      if (entry === 'binary') throw new ApplyError('binary', display, `${display} is no text.`);
      return entry;
    },
    async apply(changes, signal) {
      signal.throwIfAborted();
      if (failure !== undefined) throw failure;
      const after = new Map(entries);
      const made = changes.slice(0, most);
      for (const change of made) applyTo(after, change);
      entries.clear();
      for (const [path, entry] of after) entries.set(path, entry);
      applied.push(made);
      most = Infinity;
      if (made.length < changes.length) throw new ApplyError('refused', changes[0]?.place.display ?? '', 'The editor did not apply the change.', made);
    },
  };
}

function entryOf(given: Given): Entry {
  if (typeof given === 'object' && 'binary' in given) return 'binary';
  const { text, isDirty = false, isReadOnly = false } = typeof given === 'string' ? { text: given } : given;
  return { text: text.replaceAll('\r\n', '\n'), eol: text.includes('\r\n') ? '\r\n' : '\n', isDirty, isReadOnly };
}

function applyTo(entries: Map<string, Entry>, change: FileChange): void {
  const { canonical, display } = change.place;
  const entry = entries.get(canonical);
  const fail = (reason: ApplyError['reason'], name = display): never => {
    throw new ApplyError(reason, name, `${name}: ${reason}`);
  };
  if (change.kind === 'create') {
    if (entry !== undefined) return fail('exists');
    return void entries.set(canonical, { text: change.after, eol: '\n', isDirty: false, isReadOnly: false });
  }
  if (entry === undefined) return fail('missing');
  if (entry !== 'binary' && entry.isReadOnly) return fail('read-only');
  if (change.kind === 'edit') {
    if (entry === 'binary') return fail('binary');
    if (entry.text !== change.before) return fail('changed');
    return void entries.set(canonical, { ...entry, text: change.after });
  }
  if (change.kind === 'delete') {
    if ((entry === 'binary' ? undefined : entry.text) !== change.before) return fail('changed');
    return void entries.delete(canonical);
  }
  if (entries.has(change.to.canonical)) return fail('exists', change.to.display);
  entries.delete(canonical);
  entries.set(change.to.canonical, entry);
}
