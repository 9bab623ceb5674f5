/** Which two states are compared: the last commit, what is staged for the next one, and the files on the disk. */
export type Comparison = 'head-to-disk' | 'staged-to-disk' | 'head-to-staged';

/** A file that differs from the last commit. Paths are absolute. */
export interface ChangedFile {
  readonly path: string;
  /** A word: modified, added, deleted, renamed, untracked, conflicting. */
  readonly status: string;
  /** Whether the change, or a part of it, is staged. */
  readonly isStaged: boolean;
  /** Whether there is a change, or a part of it, that is not. */
  readonly isUnstaged: boolean;
}

/** A repository of the window. */
export interface Repository {
  readonly root: string;
  /** Undefined when no branch is checked out. */
  readonly branch: string | undefined;
  /** Whether there is a commit to compare with. */
  readonly hasCommit: boolean;
  readonly files: readonly ChangedFile[];
}

/** Version control of the window. What fails throws an `Error` whose message is the tool's own. */
export interface SourceControl {
  /** The repositories, looked at anew; a sentence for the model when there is nothing to ask. */
  repositories(signal: AbortSignal): Promise<readonly Repository[] | string>;
  /** The unified diff of one changed file of a repository, empty when the two states are the same. */
  diff(repository: Repository, file: ChangedFile, comparison: Comparison, signal: AbortSignal): Promise<string>;
}
