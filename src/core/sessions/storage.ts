/** Files below the extension's own storage. Paths are relative, with forward slashes; every failure is a `FileError`. */
export interface Storage {
  read(path: string): Promise<Uint8Array>;
  /** How many bytes a file has. */
  size(path: string): Promise<number>;
  /** Writes a file whole, with the folders above it: whoever reads it finds the old contents or the new, never a part. */
  write(path: string, bytes: Uint8Array): Promise<void>;
  /** Adds to the end of a file. Absent where the host cannot. */
  append?(path: string, bytes: Uint8Array): Promise<void>;
  /** Names of the files and folders in a folder; none for a folder that is not there. */
  list(path: string): Promise<readonly string[]>;
  /** Moves a file or folder to a name that is free. */
  move(from: string, to: string): Promise<void>;
  /** Deletes a file, or a folder with all that is in it; nothing happens when it is not there. */
  delete(path: string): Promise<void>;
}
