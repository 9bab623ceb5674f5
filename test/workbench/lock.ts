import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { onExit } from './shutdown.ts';
import { rmSync } from 'node:fs';
import { pause } from './processes.ts';
import { say } from './progress.ts';

/** Runs `work` while no other process that uses the same lock file does; a lock whose owner is gone is taken over. */
export async function withLock<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  await mkdir(dirname(file), { recursive: true });
  let said = false;
  while (!(await take(file))) {
    if (!said) say('  waiting for another run that prepares the same thing …');
    said = true;
    await pause(500);
  }
  const forget = onExit(() => rmSync(file, { force: true }));
  try {
    return await work();
  } finally {
    forget();
    await rm(file, { force: true });
  }
}

async function take(file: string): Promise<boolean> {
  try {
    await writeFile(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if (await isStale(file)) await rm(file, { force: true });
    return false;
  }
}

async function isStale(file: string): Promise<boolean> {
  try {
    const owner = Number(await readFile(file, 'utf8'));
    // An empty file was created this moment, or its writer died: give it a few seconds.
    if (!owner) return Date.now() - (await stat(file)).mtimeMs > 5000;
    process.kill(owner, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
