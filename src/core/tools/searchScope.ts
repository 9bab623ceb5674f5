import * as v from 'valibot';
import { showHidden } from '../../protocol/hiddenCharacters.ts';
import { readGlob, type Glob } from '../editor/glob.ts';
import type { Incompleteness, SearchScope } from '../editor/search.ts';
import type { ResolvedPath } from '../guard/pathGuard.ts';
import { relativeTo } from '../guard/places.ts';
import { isSecret } from '../guard/secrets.ts';
import { refuse, type ToolContext, type ToolResult } from './tool.ts';

/** The arguments by which a model says where is to be searched. */
export const scopeArguments = {
  folder: v.optional(v.pipe(v.string(), v.description('Folder to search in, relative to the workspace folder. The whole workspace when left out.'))),
  exclude: v.optional(v.pipe(v.string(), v.description('Globs of files and folders to leave out, separated by commas.'))),
  include_ignored: v.optional(v.pipe(v.boolean(), v.description('Also look into what is ignored, such as node_modules.'))),
};

export interface ScopeArguments {
  readonly folder?: string | undefined;
  readonly include?: string | undefined;
  readonly exclude?: string | undefined;
  readonly include_ignored?: boolean | undefined;
}

/** Where a search takes place, one scope for each folder of the workspace; or why it does not. */
export async function scopesOf(tool: string, input: ScopeArguments, context: ToolContext): Promise<readonly SearchScope[] | ToolResult> {
  const include = readGlobs(input.include);
  const exclude = readGlobs(input.exclude);
  for (const globs of [include, exclude]) if (typeof globs === 'string') return refuse(`${tool} was not run: ${globs}.`);
  const rest = { include: asGlobs(include), exclude: asGlobs(exclude), includesIgnored: input.include_ignored === true };
  const folders = context.workspace.folders();
  if (folders.length === 0) return refuse(`${tool} was not run: no folder is open in this window.`);
  if (isWhole(input.folder)) return folders.map(({ path }) => ({ folder: path, under: '', ...rest }));

  const place = await context.guard.resolve(input.folder, 'read');
  if (place.class === 'denied') return refuse(`${tool} cannot search in "${showHidden(input.folder)}": ${place.reason}.`);
  if (place.class === 'outside') return refuse(`${tool} was not run: "${place.display}" lies outside the workspace, and only the workspace is searched. Ask the person to open that folder if it is needed.`);
  if (place.class === 'sensitive') return refuse(`${tool} was not run: "${place.display}" may hold secrets or is the machinery of a tool, and is not searched.`);
  if (place.kind === 'missing') return refuse(`${tool} was not run: there is no folder "${place.display}". Use list_directory to see which there are.`);
  if (place.kind === 'file') return refuse(`${tool} was not run: "${place.display}" is a file, not a folder. ${tool === 'search_text' ? 'Give its path as include to search in it alone.' : 'Use read_file to read it.'}`);
  const home = await homeOf(place, context);
  return home === undefined ? refuse(`${tool} was not run: "${place.display}" lies in no folder of the workspace.`) : [{ ...home, ...rest }];
}

/** Whether the whole workspace is meant. */
export function isWhole(folder: string | undefined): folder is undefined | '' {
  return folder === undefined || /^(\.?\/?|\.\\)$/.test(folder.trim());
}

/** The folder of the workspace that really holds a place, and the way from there. */
export async function homeOf(place: ResolvedPath, { workspace, files }: Pick<ToolContext, 'workspace' | 'files'>): Promise<Pick<SearchScope, 'folder' | 'under'> | undefined> {
  const homes = await Promise.all(
    workspace.folders().map(async ({ path }) => {
      const under = await files.realPath(path).then((real) => relativeTo(real, place.canonical), () => undefined);
      return under === undefined ? [] : [{ folder: path, under }];
    }),
  );
  // The innermost folder leaves the shortest way.
  return homes.flat().toSorted((one, other) => one.under.length - other.under.length)[0];
}

const mostGlobs = 30;

function readGlobs(text: string | undefined): readonly Glob[] | string {
  const globs: Glob[] = [];
  for (const part of splitAtCommas(text ?? '')) {
    const glob = readGlob(part);
    if (typeof glob === 'string') return `the glob "${showHidden(part.trim())}" cannot be used: ${glob}`;
    globs.push(glob);
  }
  return globs.length > mostGlobs ? `there are more than ${mostGlobs} globs; use fewer` : globs;
}

function asGlobs(globs: readonly Glob[] | string): readonly Glob[] {
  return typeof globs === 'string' ? [] : globs;
}

/** The parts between commas that stand in no braces. */
function splitAtCommas(text: string): readonly string[] {
  const parts: string[] = [''];
  let depth = 0;
  for (const character of text) {
    depth = Math.max(0, depth + (character === '{' ? 1 : character === '}' ? -1 : 0));
    if (character === ',' && depth === 0) parts.push('');
    else parts.push(`${parts.pop() ?? ''}${character}`);
  }
  return parts.filter((part) => part.trim() !== '');
}

/** Names of sources and pictures, which no secret goes by: a test holds it against {@link isSecret}. */
export const plainName = /^[A-Za-z][A-Za-z0-9]*([._-][A-Za-z0-9]+)*\.(ts|tsx|js|jsx|mjs|cjs|css|scss|less|html|vue|svelte|md|mdx|py|go|rs|java|kt|swift|c|h|cc|cpp|hpp|cs|rb|svg|png|jpg|gif|map|snap)$/;

/** {@link isSecret} for very many paths: each folder is looked at once, for whether nothing in it is open, or only programs. */
export function createSecretFilter(): (path: string) => boolean {
  const folders = new Map<string, 'closed' | 'programs' | 'open'>();
  return (path) => {
    const slash = path.lastIndexOf('/');
    const folder = path.slice(0, slash + 1);
    let access = folders.get(folder);
    if (access === undefined) folders.set(folder, (access = isSecret(`${folder}x.ts`) ? 'closed' : isSecret(`${folder}x`) ? 'programs' : 'open'));
    const name = path.slice(slash + 1);
    return access === 'closed' || (!plainName.test(name) && isSecret(access === 'programs' ? path : name));
  };
}

/** An absolute path from a folder of the workspace and the way from there. */
export function absolutePath(folder: string, path: string): string {
  return `${folder === '/' ? '' : folder}/${path}`;
}

/** What a model is told of an answer that is not all there is. */
export function describeIncomplete(incomplete: Incompleteness | undefined, limit: string): readonly string[] {
  switch (incomplete) {
    case undefined:
      return [];
    case 'limit':
      return [limit];
    case 'time':
      return ['The search took too long and was ended, so there may be more: search in a folder, with an include glob, or for something simpler.'];
    case 'unreadable':
      return ['Some files or folders could not be read, so there may be more.'];
  }
}
