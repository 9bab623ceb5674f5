import { appendFile, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Storage } from '../../core/sessions/storage.ts';
import { attempt } from '../files.ts';
import { ownName, segmentsOf } from './storagePath.ts';

/** Files in a folder of this machine's disk. What has been written is on the disk even if the power goes. */
export function diskStorage(root: string): Storage {
  const at = (path: string): string => join(root, ...segmentsOf(path));

  async function write(path: string, bytes: Uint8Array): Promise<void> {
    const target = at(path);
    const temporary = join(dirname(target), ownName());
    await mkdir(dirname(target), { recursive: true });
    try {
      const file = await open(temporary, 'wx');
      try {
        await file.writeFile(bytes);
        // A lease is written every two seconds and means nothing once the power was gone.
        if (target !== leaseIn(dirname(target))) await file.sync();
      } finally {
        await file.close();
      }
      await insist(async () => rename(temporary, target));
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw error;
    }
  }

  return {
    read: async (path) => attempt(async () => readFile(at(path))),
    write: async (path, bytes) => attempt(async () => write(path, bytes)),
    append: async (path, bytes) =>
      attempt(async () => {
        await mkdir(dirname(at(path)), { recursive: true });
        await appendFile(at(path), bytes);
      }),
    list: async (path) => attempt(async () => readdir(at(path)).catch((error: unknown) => (isMissing(error) ? [] : Promise.reject(error)))),
    move: async (from, to) =>
      attempt(async () => {
        await mkdir(dirname(at(to)), { recursive: true });
        await insist(async () => rename(at(from), at(to)));
      }),
    delete: async (path) => attempt(async () => rm(at(path), { recursive: true, force: true, maxRetries: 3 })),
  };
}

/** Whoever looks at a file for a moment, a virus scanner for one, keeps it from being replaced on some systems. */
async function insist(action: () => Promise<void>): Promise<void> {
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await action();
    } catch (error) {
      const { code } = error as { readonly code?: unknown };
      if (attempts === 5 || (code !== 'EPERM' && code !== 'EBUSY' && code !== 'EACCES')) throw error;
      await sleep(20 * attempts);
    }
  }
}

function leaseIn(folder: string): string {
  return join(folder, 'lease.json');
}

function isMissing(error: unknown): boolean {
  return (error as { readonly code?: unknown }).code === 'ENOENT';
}
