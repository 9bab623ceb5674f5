import { lstat, readdir, readFile, stat } from 'node:fs/promises';
import { FileError } from '../../../src/core/ports.ts';
import type { Tree } from '../../../src/host/search/tree.ts';

/** The file system of this machine, as the extension host's stands to a search. */
export const diskTree: Tree = {
  async entries(path) {
    const found = await readdir(path, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
      throw new FileError(error.code === 'ENOENT' || error.code === 'ENOTDIR' ? 'missing' : 'denied', error.message);
    });
    return Promise.all(
      found.map(async (entry) => {
        const isLink = entry.isSymbolicLink();
        const target = isLink ? await stat(`${path}/${entry.name}`).catch(() => undefined) : entry;
        return { name: entry.name, type: target?.isDirectory() === true ? 'directory' : target?.isFile() === true ? 'file' : 'other', isLink } as const;
      }),
    );
  },
  async facts(path) {
    const { size, mtimeMs } = await lstat(path);
    return { size, modified: mtimeMs };
  },
  text: async (path) => readFile(path, 'utf8'),
};
