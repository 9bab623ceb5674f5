import { FileError, type FileFacts, type Files } from '../../../src/core/ports.ts';

/** What lies at a path: text or bytes of a file, a link to somewhere, a folder, or something that is neither. */
export type Entry = string | Uint8Array | { readonly link: string } | { readonly refuses: true } | { readonly folder: true } | { readonly other: true };

/** A small file system in memory, folders implied by what lies in them. Records which paths were read. */
export interface MemoryFiles extends Files {
  readonly reads: string[];
  readonly open: Map<string, string>;
}

export function memoryFiles(entries: { readonly [path: string]: Entry }): MemoryFiles {
  const all = new Map<string, Entry>(Object.entries(entries));
  for (const path of all.keys()) {
    for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      if (!all.has(path.slice(0, slash))) all.set(path.slice(0, slash), { folder: true });
    }
  }
  const reads: string[] = [];
  const open = new Map<string, string>();

  /** Follows every link on the way, as realpath(3) does; a plain algorithm on purpose. */
  function resolve(path: string, budget: { links: number }): string {
    let at = '';
    const rest = path.split('/').filter((segment) => segment !== '' && segment !== '.');
    for (let segment = rest.shift(); segment !== undefined; segment = rest.shift()) {
      if (segment === '..') {
        at = at.slice(0, Math.max(0, at.lastIndexOf('/')));
        continue;
      }
      const next = `${at}/${segment}`;
      const entry = all.get(next);
      if (entry === undefined) throw new FileError('missing', `ENOENT: ${next}`);
      if (typeof entry === 'object' && 'refuses' in entry) throw new FileError('denied', `EACCES: ${next}`);
      if (typeof entry === 'object' && 'link' in entry) {
        if ((budget.links -= 1) < 0) throw new FileError('other', `ELOOP: ${next}`);
        at = resolve(entry.link.startsWith('/') ? entry.link : `${at}/${entry.link}`, budget);
      } else at = next;
    }
    return at === '' ? '/' : at;
  }

  function entryAt(path: string): Entry {
    const entry = all.get(resolve(path, { links: 40 }));
    if (entry === undefined) throw new FileError('missing', `ENOENT: ${path}`);
    return entry;
  }

  return {
    reads,
    open,
    realPath: async (path) => resolve(path, { links: 40 }),
    async facts(path): Promise<FileFacts> {
      const entry = entryAt(path);
      if (typeof entry === 'object' && 'folder' in entry) return { type: 'directory', size: 0 };
      if (typeof entry === 'string' || entry instanceof Uint8Array) return { type: 'file', size: bytesOf(entry).length };
      return { type: 'other', size: 0 };
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

function bytesOf(entry: string | Uint8Array): Uint8Array {
  return typeof entry === 'string' ? new TextEncoder().encode(entry) : entry;
}
