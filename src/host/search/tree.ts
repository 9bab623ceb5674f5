/** What lies in a folder. Of a link `type` is what it leads to, `other` when that is nowhere. */
export interface TreeEntry {
  readonly name: string;
  readonly type: 'file' | 'directory' | 'other';
  readonly isLink: boolean;
}

/** A file system to walk over. Paths are absolute, with forward slashes; every failure is a `FileError`. */
export interface Tree {
  entries(path: string): Promise<readonly TreeEntry[]>;
  /** Bytes, and milliseconds since the epoch. */
  facts(path: string): Promise<{ readonly size: number; readonly modified: number }>;
  /** The text of a file in the encoding that the editor would choose for it. */
  text(path: string): Promise<string>;
}
