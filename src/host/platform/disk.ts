import { constants } from 'node:fs';
import { access, lstat, realpath, stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { diskStorage } from '../chats/diskStorage.ts';
import type { Disk } from './platform.ts';

/** The disk of this machine. */
export const disk: Disk = {
  realPath: async (path) => realpath(path),
  async entry(path) {
    const found = await lstat(path);
    return { type: found.isSymbolicLink() ? 'link' : found.isFile() ? 'file' : found.isDirectory() ? 'directory' : 'other', names: found.nlink };
  },
  async stamp(path) {
    const { mtimeMs, size } = await stat(path);
    return { modified: mtimeMs, size };
  },
  async isReadOnly(path) {
    try {
      // Whoever took the right to write from everybody meant it, though root may write all the same.
      const { mode } = await stat(path);
      if ((mode & 0o222) === 0) return true;
      await access(path, constants.W_OK);
      return false;
    } catch (error) {
      const code = (error as { code?: unknown }).code;
      return code === 'EACCES' || code === 'EROFS' || code === 'EPERM';
    }
  },
  async isFolderWritable(path) {
    const isDirectory = await stat(path).then((found) => found.isDirectory(), () => undefined);
    return isDirectory === undefined ? undefined : isDirectory && (await access(path, constants.W_OK).then(() => true, () => false));
  },
  isAbsolute,
  storage: diskStorage,
};
