import type { LocalText } from '../protocol/localText.ts';

/** A folder of the workspace. */
export interface WorkspaceFolder {
  readonly name: string;
  /** Absolute, with forward slashes and no slash at the end: `/home/lin/shop`, `/c:/shop`. */
  readonly path: string;
}

/** What is open in the window. */
export interface Workspace {
  folders(): readonly WorkspaceFolder[];
  isTrusted(): boolean;
  /** What of the tools works less well here than on a disk, or not at all, in sentences for the person; a host without this lacks nothing. */
  limits?(): readonly LocalText[];
}

/** What the file system says of a path. */
export interface FileFacts {
  readonly type: 'file' | 'directory' | 'other';
  /** Bytes. */
  readonly size: number;
}

/** What lies at a path itself. */
export interface EntryFacts {
  readonly type: FileFacts['type'] | 'link';
  /** How many names this file has: more than one when there are hard links. */
  readonly names: number;
}

/** Reading files. Paths are written as in {@link WorkspaceFolder}; every failure is a {@link FileError}. */
export interface Files {
  /** The path with every symbolic link followed. */
  realPath(path: string): Promise<string>;
  /** What lies where the path leads to, links followed. */
  facts(path: string): Promise<FileFacts>;
  /** What lies at the path, its last segment not followed when it is a link: a link to nowhere is there, and is a `link`. */
  entry(path: string): Promise<EntryFacts>;
  read(path: string): Promise<Uint8Array>;
  /** Bytes as text, in the encoding that the editor would choose for this file. */
  decode(path: string, bytes: Uint8Array): Promise<string>;
  /** The text as the person sees it, if the file is open in an editor, saved or not. What is no file goes by its URI: `untitled:Untitled-1`. */
  openText(path: string): string | undefined;
  /** Whether a file that is deleted there goes to a trash; a host without this says that it does. */
  hasTrash?(path: string): boolean;
}

/** Why a file could not be reached; `message` is the file system's own. */
export class FileError extends Error {
  /** On Node two bundles hold a copy each of this class, and each must know the other's. */
  static override [Symbol.hasInstance](value: unknown): value is FileError {
    return value instanceof Error && value.name === 'FileError';
  }

  override readonly name = 'FileError';
  readonly reason: 'missing' | 'denied' | 'other';

  constructor(reason: 'missing' | 'denied' | 'other', message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Where keys are kept: one text for each name, encrypted by the host. */
export interface Secrets {
  get(name: string): Promise<string | undefined>;
  set(name: string, value: string): Promise<void>;
  delete(name: string): Promise<void>;
}

/** A line for whoever looks for a fault; never a key, never a person's text. */
export interface Log {
  info(line: string): void;
  warn(line: string): void;
  error(line: string): void;
}

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}
