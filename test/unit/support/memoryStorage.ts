import { FileError } from '../../../src/core/ports.ts';
import type { Storage } from '../../../src/core/sessions/storage.ts';

/** A storage in memory, which may be made to refuse. */
export interface MemoryStorage extends Storage {
  readonly files: Map<string, Uint8Array>;
  /** What every write is refused with, while it is set. */
  refusal: FileError | undefined;
  /** The files as text. */
  texts(): Readonly<Record<string, string>>;
}

export function memoryStorage(given: Iterable<readonly [string, Uint8Array]> = [], { canAppend = true } = {}): MemoryStorage {
  const files = new Map(given);
  const writing = (): void => {
    if (storage.refusal !== undefined) throw storage.refusal;
  };
  const below = (path: string): readonly string[] => [...files.keys()].filter((name) => name === path || name.startsWith(`${path}/`));
  const storage: MemoryStorage = {
    files,
    refusal: undefined,
    texts: () => Object.fromEntries([...files].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)])),
    async read(path) {
      const bytes = files.get(path);
      if (bytes === undefined) throw new FileError('missing', path);
      return bytes.slice();
    },
    size: async (path) => (await storage.read(path)).length,
    async write(path, bytes) {
      writing();
      files.set(path, bytes.slice());
    },
    async list(path) {
      return [...new Set(below(path).flatMap((name) => name.slice(path.length + 1).split('/')[0] ?? []))];
    },
    async move(from, to) {
      writing();
      if (below(from).length === 0) throw new FileError('missing', from);
      for (const name of below(from)) {
        const bytes = files.get(name);
        files.delete(name);
        if (bytes !== undefined) files.set(to + name.slice(from.length), bytes);
      }
    },
    async delete(path) {
      writing();
      for (const name of below(path)) files.delete(name);
    },
  };
  if (!canAppend) return storage;
  return Object.assign(storage, {
    async append(path: string, bytes: Uint8Array) {
      writing();
      const before = files.get(path) ?? new Uint8Array();
      const whole = new Uint8Array(before.length + bytes.length);
      whole.set(before);
      whole.set(bytes, before.length);
      files.set(path, whole);
    },
  });
}
