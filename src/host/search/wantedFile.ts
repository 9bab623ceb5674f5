import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SearchScope } from '../../core/editor/search.ts';
import { wantedLines } from './ripgrepArguments.ts';

/**
 * Hands on the path of a file with the {@link wantedLines} of a scope, in a folder of its own that nobody else can write to
 * and that is gone afterwards; undefined when there are none, or when it cannot be written.
 */
export async function withWantedFile<Found>(scope: SearchScope, search: (path: string | undefined) => Promise<Found>, folder = tmpdir()): Promise<Found> {
  const lines = wantedLines(scope);
  const place = lines === undefined ? undefined : await mkdtemp(join(folder, 'rivulet-search-')).catch(() => undefined);
  if (lines === undefined || place === undefined) return search(undefined);
  try {
    const path = join(place, 'wanted');
    return await search(await writeFile(path, `${lines.join('\n')}\n`).then(() => path, () => undefined));
  } finally {
    // What is left behind when it cannot be removed is a few bytes in the system's folder for such things.
    await rm(place, { recursive: true, force: true }).catch(() => undefined);
  }
}
