import type { Glob } from './glob.ts';

/** Where is searched: one folder of the workspace, links not followed, version control never. */
export interface SearchScope {
  /** The folder as the editor knows it, an absolute path; every path of an answer is relative to it, with forward slashes. */
  readonly folder: string;
  /** A folder below it to which the search keeps, relative; empty for all of it. */
  readonly under: string;
  /** A file belongs to the search when it, or a folder that it lies in, fits one of these; all do when there are none. */
  readonly include: readonly Glob[];
  readonly exclude: readonly Glob[];
  /** Also what ignore files and the editor's settings leave out. */
  readonly includesIgnored: boolean;
}

/** Why an answer is not all there is: more than was asked for; it took too long; something could not be read. */
export type Incompleteness = 'limit' | 'time' | 'unreadable';

export interface TextQuery extends SearchScope {
  /** One line; a regular expression is in the dialect of the engine. */
  readonly pattern: string;
  readonly isRegex: boolean;
  readonly isCaseSensitive: boolean;
  readonly isWholeWord: boolean;
  /** Lines before and after each match. */
  readonly context: number;
  /** Matching lines at most. */
  readonly most: number;
  /** Files that are not searched although they belong to the search, by relative path. */
  leavesOut(path: string): boolean;
}

/** A line of a file; a long one is cut around its first match ({@link cutAround}). `number` counts from 1. */
export interface FoundLine {
  readonly number: number;
  readonly text: string;
  readonly isMatch: boolean;
}

/** The matches of one file, in order. */
export interface FileMatches {
  readonly path: string;
  readonly lines: readonly FoundLine[];
  /** There are matches on lines of more than a million characters, which are not among the lines. */
  readonly hasOverlong: boolean;
}

export interface FoundText {
  /** By path. Which files they are when there are more matches than were asked for may differ from time to time. */
  readonly files: readonly FileMatches[];
  /** How many files were left out, whatever stands in them; undefined when that is not known. */
  readonly leftOut: number | undefined;
  readonly incomplete: Incompleteness | undefined;
}

export interface FilesQuery extends SearchScope {
  readonly order: 'path' | 'newest';
  /** Names at most; 20,000 when left out. */
  readonly most?: number;
}

export interface FoundFiles {
  /** Relative paths, in order. */
  readonly paths: readonly string[];
  readonly incomplete: Incompleteness | undefined;
}

export interface EntriesQuery {
  /** From here on ignore files and settings count: a folder of the workspace, or what is listed when it lies outside. Absolute. */
  readonly folder: string;
  /** The folder that is listed, relative to `folder`; empty for `folder` itself. */
  readonly under: string;
  /** How many levels are listed, 1 or more. */
  readonly depth: number;
  readonly includesIgnored: boolean;
  /** Folders that are named but not looked into, by their path relative to `folder`. */
  staysOutOf(path: string): boolean;
}

/** What lies in a folder. A link is never looked into; `kind` says where it leads. */
export interface FolderEntry {
  /** Relative to the listed folder. */
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'other';
  readonly isLink: boolean;
  /** Bytes, of files. */
  readonly size: number | undefined;
}

export interface FoundEntries {
  /** Folders first, each followed by what lies in it. */
  readonly entries: readonly FolderEntry[];
  /** How many were left out, with what lies in them. */
  readonly ignored: number;
  readonly incomplete: Incompleteness | undefined;
}

/**
 * Looking for files and for text in them. The unsaved text of an open editor stands for what is on the disk. Binary files
 * and those of more than 16 MiB are not searched. Each throws the signal's reason when it aborts, within 100 ms.
 */
export interface Search {
  /** Fails with a {@link SearchError} for a pattern that is no regular expression. */
  text(query: TextQuery, signal: AbortSignal): Promise<FoundText>;
  files(query: FilesQuery, signal: AbortSignal): Promise<FoundFiles>;
  /** Fails with a `FileError` for a folder that cannot be read. */
  entries(query: EntriesQuery, signal: AbortSignal): Promise<FoundEntries>;
}

/** A pattern that cannot be searched for; `message` is the engine's own. */
export class SearchError extends Error {
  /** On Node two bundles hold a copy each of this class, and each must know the other's. */
  static override [Symbol.hasInstance](value: unknown): value is SearchError {
    return value instanceof Error && value.name === 'SearchError';
  }

  override readonly name = 'SearchError';
}

const longestLine = 400;
const before = 100;

/** A line of at most 400 characters around the place where its match begins; marks say what was left out. */
export function cutAround(line: string, start: number): string {
  if (line.length <= longestLine) return line;
  const from = Math.max(0, Math.min(start - before, line.length - longestLine));
  const part = line.slice(from, from + longestLine).replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, '');
  return `${from > 0 ? '[…] ' : ''}${part}${from + longestLine < line.length ? ` […, ${line.length} characters]` : ''}`;
}

/** By the code units of the text, the same everywhere. */
export function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
