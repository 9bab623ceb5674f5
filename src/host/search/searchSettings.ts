import type { Glob } from '../../core/editor/glob.ts';

/** What the editor's settings say about searching in one folder. */
export interface SearchSettings {
  /** `files.exclude` and `search.exclude`. */
  readonly excludes: readonly Glob[];
  readonly usesIgnoreFiles: boolean;
  readonly usesParentIgnoreFiles: boolean;
  readonly usesGlobalIgnoreFiles: boolean;
  /** `files.encoding`: `utf8`, `gbk`, `windows1252`. */
  readonly encoding: string;
}

/** What is the same for both ways of searching. */
export interface SearchSources {
  settings(folder: string): SearchSettings;
  /** The unsaved texts of files below the folder, by their path relative to it. */
  unsaved(folder: string): ReadonlyMap<string, string>;
}

/** Bytes of a file that is searched at most. */
export const largestFile = 16 * 1024 * 1024;

/** Milliseconds after which a search ends with what it has. */
export const longestSearch = 20_000;

/** Matching lines, or names, beyond which nobody looks. */
export const mostPaths = 20_000;
