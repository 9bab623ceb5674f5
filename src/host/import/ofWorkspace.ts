import type { PathGuard } from '../../core/guard/pathGuard.ts';
import type { Found } from '../../core/import/found.ts';
import { foundPrompts } from '../../core/import/merge.ts';
import { readPromptFile, type PromptFolder } from '../../core/import/promptFile.ts';
import type { Workspace } from '../../core/ports.ts';
import { absolutePath } from '../../core/tools/searchScope.ts';
import { pathOf, uriOf } from '../addresses.ts';
import { readFolder } from './readFiles.ts';

const folders: readonly (readonly [string, PromptFolder])[] = [
  ['.continue/prompts', 'prompt'],
  ['.continue/rules', 'rule'],
  ['.roo/commands', 'prompt'],
  ['.roo/rules', 'rule'],
  ['.clinerules/workflows', 'prompt'],
  ['.clinerules', 'rule'],
];

/** Prompts and rules that come with a trusted workspace. Never services: a repository does not say where questions go (docs/safety.md B17). */
export async function findInWorkspace({ workspace, guard }: { readonly workspace: Workspace; readonly guard: PathGuard }): Promise<Found> {
  if (!workspace.isTrusted()) return foundPrompts([]);
  const places = workspace.folders().flatMap(({ path }) => folders.map(([name, kind]) => ({ path: absolutePath(path, name), kind })));
  const all = await Promise.all(places.map(async ({ path, kind }) => promptsAt(path, kind, guard)));
  return foundPrompts(all.flat().map((prompt) => ({ ...prompt, isOfWorkspace: true as const })));
}

async function promptsAt(path: string, kind: PromptFolder, guard: PathGuard): Promise<Found['prompts']> {
  const place = await guard.resolve(path, 'read');
  if (place.class !== 'inside' || place.kind !== 'directory') return [];
  const files = await readFolder(uriOf(place.canonical), ['.md', '.prompt']);
  const judged = await Promise.all(files.map(async ({ name, uri, text }) => ((await guard.resolve(pathOf(uri), 'read')).class === 'inside' ? readPromptFile(name, text, kind) : undefined)));
  return judged.filter((prompt) => prompt !== undefined);
}
