import { FileError, type EntryFacts, type FileFacts, type Files } from '../../../src/core/ports.ts';

/** What lies at a path: text or bytes of a file, a link to somewhere, a second name of a file, a folder, or something that is neither. */
export type Entry = string | Uint8Array | { readonly link: string } | { readonly sameAs: string } | { readonly refuses: true } | { readonly folder: true } | { readonly other: true };

/** A small file system in memory, folders implied by what lies in them. Records which paths were read. */
export interface MemoryFiles extends Files {
  readonly reads: string[];
  readonly open: Map<string, string>;
}

export interface MemoryOptions {
  /** Finds names in any case and in any Unicode normal form, and keeps the one that they were made with, as APFS and NTFS do. */
  readonly ignoresCase?: boolean;
}

export function memoryFiles(entries: { readonly [path: string]: Entry }, { ignoresCase = false }: MemoryOptions = {}): MemoryFiles {
  const key = (path: string): string => (ignoresCase ? path.normalize('NFC').toUpperCase() : path);
  const all = new Map<string, { readonly path: string; readonly entry: Entry }>(Object.entries(entries).map(([path, entry]) => [key(path), { path, entry }]));
  for (const { path } of all.values()) {
    for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      const folder = path.slice(0, slash);
      if (!all.has(key(folder))) all.set(key(folder), { path: folder, entry: { folder: true } });
    }
  }
  const reads: string[] = [];
  const open = new Map<string, string>();

  /** Follows every link on the way, as realpath(3) does; a plain algorithm on purpose. */
  function resolve(path: string, budget: { links: number }): string {
    let at = '';
    const rest = path.split('/').filter((segment) => segment !== '' && segment !== '.');
    for (let segment = rest.shift(); segment !== undefined; segment = rest.shift()) {
      const way = all.get(key(at))?.entry ?? { folder: true };
      if (typeof way !== 'object' || !('folder' in way)) throw new FileError('missing', `ENOTDIR: ${at}`);
      if (segment === '..') {
        at = at.slice(0, Math.max(0, at.lastIndexOf('/')));
        continue;
      }
      if (segment.length > 255) throw new FileError('other', `ENAMETOOLONG: ${at}`);
      const found = all.get(key(`${at}/${segment}`));
      if (found === undefined) throw new FileError('missing', `ENOENT: ${at}/${segment}`);
      const { entry, path: made } = found;
      if (typeof entry === 'object' && 'refuses' in entry) throw new FileError('denied', `EACCES: ${made}`);
      if (typeof entry === 'object' && 'link' in entry) {
        if ((budget.links -= 1) < 0) throw new FileError('other', `ELOOP: ${made}`);
        at = resolve(entry.link.startsWith('/') ? entry.link : `${at}/${entry.link}`, budget);
      } else at = `${at}/${made.slice(made.lastIndexOf('/') + 1)}`;
    }
    return at === '' ? '/' : at;
  }

  function at(real: string): Entry {
    const entry = real === '/' ? { folder: true as const } : all.get(key(real))?.entry;
    if (entry === undefined) throw new FileError('missing', `ENOENT: ${real}`);
    return typeof entry === 'object' && 'sameAs' in entry ? at(entry.sameAs) : entry;
  }

  const entryAt = (path: string): Entry => at(resolve(path, { links: 40 }));

  return {
    reads,
    open,
    realPath: async (path) => resolve(path, { links: 40 }),
    facts: async (path) => factsOf(entryAt(path)),
    async entry(path): Promise<EntryFacts> {
      const slash = path.lastIndexOf('/');
      const own = `${resolve(path.slice(0, slash), { links: 40 })}/${path.slice(slash + 1)}`.replace(/^\/\//, '/');
      const found = all.get(key(own))?.entry;
      if (typeof found === 'object' && 'link' in found) return { type: 'link', names: 1 };
      const { type } = factsOf(at(own));
      const first = typeof found === 'object' && 'sameAs' in found ? found.sameAs : own;
      const others = [...all.values()].filter(({ entry }) => typeof entry === 'object' && 'sameAs' in entry && key(entry.sameAs) === key(first));
      return { type, names: 1 + others.length };
    },
    async read(path) {
      reads.push(path);
      const entry = entryAt(path);
      if (!(typeof entry === 'string' || entry instanceof Uint8Array)) throw new FileError('other', `EISDIR: ${path}`);
      return bytesOf(entry);
    },
    decode: async (_path, bytes) => new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8').decode(bytes),
    openText: (path) => open.get(path),
  };
}

function factsOf(entry: Entry): FileFacts {
  if (typeof entry === 'string' || entry instanceof Uint8Array) return { type: 'file', size: bytesOf(entry).length };
  if ('refuses' in entry) throw new FileError('denied', 'EACCES');
  return { type: 'folder' in entry ? 'directory' : 'other', size: 0 };
}

function bytesOf(entry: string | Uint8Array): Uint8Array {
  return typeof entry === 'string' ? new TextEncoder().encode(entry) : entry;
}
