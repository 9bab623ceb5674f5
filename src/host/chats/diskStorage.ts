import { appendFile, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Storage } from '../../core/sessions/storage.ts';
import { attempt } from '../fileErrors.ts';
import { abandonedMs, isOwnName, ownName, segmentsOf } from './storagePath.ts';

/** Files in a folder of this machine's disk. What has been written or moved is on the disk even if the power goes, what was appended soon after. */
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
        if (!isLease(target)) await file.sync();
      } finally {
        await file.close();
      }
      await insist(async () => rename(temporary, target));
      if (!isLease(target)) await syncFolder(dirname(target));
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw error;
    }
  }

  return {
    read: async (path) => attempt(async () => readFile(at(path))),
    size: async (path) => attempt(async () => (await stat(at(path))).size),
    write: async (path, bytes) => attempt(async () => write(path, bytes)),
    append: async (path, bytes) =>
      attempt(async () => {
        await mkdir(dirname(at(path)), { recursive: true });
        await appendFile(at(path), bytes);
      }),
    list: async (path) => attempt(async () => withoutAbandoned(at(path), await readdir(at(path)).catch((error: unknown) => (isMissing(error) ? [] : Promise.reject(error))))),
    move: async (from, to) =>
      attempt(async () => {
        await mkdir(dirname(at(to)), { recursive: true });
        await insist(async () => rename(at(from), at(to)));
        await syncFolder(dirname(at(to)));
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

/** A lease is written every two seconds and means nothing once the power was gone. */
function isLease(target: string): boolean {
  return basename(target) === 'lease.json';
}

/** Brings the names in a folder to the disk, where folders can be opened: the system does it soon anyway. */
async function syncFolder(folder: string): Promise<void> {
  const opened = await open(folder, 'r').catch(() => undefined);
  await opened?.sync().catch(() => undefined);
  await opened?.close();
}

/** The names but for those of files that are being written; what a killed window has left of those goes. */
async function withoutAbandoned(folder: string, names: readonly string[]): Promise<readonly string[]> {
  for (const name of names.filter(isOwnName)) {
    const path = join(folder, name);
    const file = await stat(path).catch(() => undefined);
    if (file !== undefined && file.mtimeMs < Date.now() - abandonedMs) await rm(path, { force: true }).catch(() => undefined);
  }
  return names.filter((name) => !isOwnName(name));
}

function isMissing(error: unknown): boolean {
  return (error as { readonly code?: unknown }).code === 'ENOENT';
}
