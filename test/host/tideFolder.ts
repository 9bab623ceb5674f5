import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Uri } from './fakeTypes.ts';
import { folder, workspace } from './fakeVscode.ts';

/** The folder of the window, once {@link openTideFolder} has made it. */
export const place = join(folder, 'context');

export async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(place, path)), { recursive: true });
  await writeFile(join(place, path), text);
}

/** Makes a folder with two files, anew, and has the window show it. */
export async function openTideFolder(): Promise<void> {
  await rm(place, { recursive: true, force: true, maxRetries: 5 });
  await write('src/total.ts', 'export const total = 1;\nexport const more = 2;\n');
  await write('src/deep/tide.ts', 'export const tide = 2;\n');
  workspace.workspaceFolders = [{ name: 'context', uri: Uri.file(place), index: 0 }];
}
