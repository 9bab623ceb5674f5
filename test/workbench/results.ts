import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What came of a set of tests. */
export interface Results {
  readonly passed: number;
  readonly failed: number;
  /** Skipped or not written yet. */
  readonly pending: number;
  readonly failures: readonly { readonly title: string; readonly message: string }[];
}

/** Writes results where `readResults` finds them. */
export async function writeResults(file: string, results: Results): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(results, undefined, 2)}\n`);
}

/** The results a run left in a file, or undefined when it left none. */
export async function readResults(file: string): Promise<Results | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Results;
  } catch {
    return undefined;
  }
}
