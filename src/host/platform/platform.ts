import type { SearchSources } from '../search/searchSettings.ts';
import type { Search } from '../../core/editor/search.ts';
import type { EntryFacts } from '../../core/ports.ts';
import type { Owner } from '../../core/sessions/leases.ts';
import type { Storage } from '../../core/sessions/storage.ts';

/**
 * What the place where extensions run has besides VS Code's interface. What is absent it lacks, and nothing is offered
 * there that needs it; nobody asks which place it is. `node.ts` is a process on a machine, `web.ts` a worker of a browser;
 * the entry of each bundle takes its own.
 */
export interface Platform {
  readonly disk?: Disk | undefined;
  readonly programs?: Programs | undefined;
  /** The process of this extension host. */
  readonly process?: Pick<Owner, 'process' | 'machine' | 'isGone'> | undefined;
  /** The person's own folder, as the system writes it. */
  readonly home?: string | undefined;
  /** A variable of the environment in which the editor was started. */
  readonly variable?: ((name: string) => string | undefined) | undefined;
  /** What ends the lines of a new file where no setting says so. */
  readonly lineEnd: '\n' | '\r\n';
  /**
   * Runs a function in a thread of its own, handed over as its text: nothing outside of it may be named in it, and
   * `data` and what is posted are copied.
   */
  startThread<Data>(run: (data: Data, port: ThreadPort) => void, data: Data): Thread;
  /** Lets a timer not keep the host alive, where a host could be kept so. */
  release(timer: unknown): void;
}

/** How a function in a thread speaks to who started it. */
export interface ThreadPort {
  post(value: unknown): void;
  listen(listener: (value: unknown) => void): void;
}

/** A thread, seen from outside; listeners stay until it has ended. */
export interface Thread {
  post(value: unknown): void;
  onMessage(listener: (value: unknown) => void): void;
  onError(listener: (error: unknown) => void): void;
  /** Ends it, whatever it is doing. */
  end(): void;
}

/** The disk of a machine. Paths of the system; failures are those of the system. */
export interface Disk {
  /** The path with every link followed. */
  realPath(path: string): Promise<string>;
  entry(path: string): Promise<EntryFacts>;
  /** When a file was last written, in milliseconds since the epoch with their fractions, and its bytes. */
  stamp(path: string): Promise<{ readonly modified: number; readonly size: number }>;
  /** Whether the rights to the file, or to its file system, keep this process from writing it; false for one that is missing. */
  isReadOnly(path: string): Promise<boolean>;
  /** Whether this process may write into a folder; undefined when nothing is there. */
  isFolderWritable(path: string): Promise<boolean | undefined>;
  /** Whether an absolute path of the system is meant. */
  isAbsolute(path: string): boolean;
  /** Files below a folder, kept so that they survive a loss of power. */
  storage(folder: string): Storage;
}

/** Programs that can be started. */
export interface Programs {
  /** Searches with the ripgrep of the VS Code in this folder; undefined when it has none. A search fails with a `NoRipgrep` when it cannot be run. */
  search(appRoot: string, sources: SearchSources): Promise<Pick<Search, 'files' | 'text'> | undefined>;
}
