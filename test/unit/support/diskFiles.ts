import { lstat, readFile, realpath, stat } from 'node:fs/promises';
import { FileError, type Files } from '../../../src/core/ports.ts';

/** The files of this machine, without an editor over them. */
export const diskFiles: Files = {
  realPath: async (path) => attempt(realpath(path)),
  async facts(path) {
    const found = await attempt(stat(path));
    return { type: found.isFile() ? 'file' : found.isDirectory() ? 'directory' : 'other', size: found.size };
  },
  async entry(path) {
    const found = await attempt(lstat(path));
    return { type: found.isSymbolicLink() ? 'link' : found.isFile() ? 'file' : found.isDirectory() ? 'directory' : 'other', names: found.nlink };
  },
  read: async (path) => attempt(readFile(path)),
  decode: async (_path, bytes) => new TextDecoder().decode(bytes),
  openText: () => undefined,
};

async function attempt<Value>(action: Promise<Value>): Promise<Value> {
  try {
    return await action;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new FileError(code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : code === 'EACCES' || code === 'EPERM' ? 'denied' : 'other', message);
  }
}
