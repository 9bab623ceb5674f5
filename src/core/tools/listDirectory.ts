import * as v from 'valibot';
import { showHidden } from '../../protocol/hiddenCharacters.ts';
import { say } from '../../protocol/localText.ts';
import type { EntriesQuery, FolderEntry } from '../editor/search.ts';
import type { ResolvedPath } from '../guard/pathGuard.ts';
import { FileError } from '../ports.ts';
import { fence } from './fence.ts';
import { firstResult, listPage } from './listPage.ts';
import { createSecretFilter, describeIncomplete, homeOf, isWhole } from './searchScope.ts';
import { defineTool, refuse, type ToolContext, type ToolResult } from './tool.ts';

/** What lies in a folder. */
export const listDirectory = defineTool({
  name: 'list_directory',
  description: 'Lists a folder: folders first, with a slash at the end, then files with their size in bytes; links are marked and not followed. Ignored files are left out. Use it to see how a project is laid out, and find_files to look for a name.',
  input: v.object({
    path: v.optional(v.pipe(v.string(), v.description('The folder, relative to the workspace folder. The workspace folder itself when left out; with several of them, their names.'))),
    depth: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3), v.description('How many levels to list, 1 to 3. One when left out.'))),
    include_ignored: v.optional(v.pipe(v.boolean(), v.description('Also list what is ignored, such as node_modules.'))),
    first_result: firstResult,
  }),
  risk: 'read',
  needs: ['search'],
  summary: ({ path }) => (isWhole(path) ? say('List the workspace') : say('List {0}', path)),
  async run(request, context) {
    const folders = context.workspace.folders();
    if (folders.length === 0) return refuse('list_directory was not run: no folder is open in this window.');
    if (isWhole(request.path) && folders.length > 1) {
      return { status: 'done', text: `${fence('Folders of the workspace', showHidden(folders.map(({ name }) => `${name}/`).join('\n')))}\nCall again with one of these names as path.` };
    }
    const named = isWhole(request.path) ? (folders[0]?.path ?? '') : request.path;
    const place = await context.guard.resolve(named, 'read');
    const refusal = await refusalOf(place.class === 'denied' ? { reason: place.reason, input: named } : place, context);
    if (refusal !== undefined || place.class === 'denied') return refusal ?? refuse('list_directory was not run.');
    try {
      const query = { ...((await homeOf(place, context)) ?? { folder: place.canonical, under: '' }), depth: request.depth ?? 1, includesIgnored: request.include_ignored === true };
      return await list(place, { ...query, staysOutOf: staysOutOf(query.under) }, { first: request.first_result, context });
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      return refuse(`list_directory cannot list "${place.display}": the file system says "${error.message}".`);
    }
  },
});

async function refusalOf(place: ResolvedPath | { readonly reason: string; readonly input: string }, { person, signal }: ToolContext): Promise<ToolResult | undefined> {
  if ('reason' in place) return refuse(`list_directory cannot list "${showHidden(place.input)}": ${place.reason}.`);
  if (place.kind === 'missing') return refuse(`list_directory was not run: there is no folder "${place.display}". List the folder above it, or look for its name with find_files.`);
  if (place.kind === 'file') return refuse(`list_directory was not run: "${place.display}" is a file, not a folder. Use read_file to read it.`);
  if (place.class === 'inside') return undefined;
  const allowed = await person.allows({ text: say('Let the model list {0}?', place.display), reasons: place.reasons, canonical: place.canonical }, signal);
  return allowed ? undefined : refuse(`list_directory was not run: the person did not allow "${place.display}" to be listed. Go on without it.`);
}

/** Folders with secrets are named, but nobody looks into them; into one that the person has let be listed, one level. */
function staysOutOf(under: string): EntriesQuery['staysOutOf'] {
  const isSecret = createSecretFilter();
  return (path) => isSecret(`${path}/x.ts`) || (under !== '' && isSecret(`${under}/x.ts`));
}

async function list(place: ResolvedPath, query: EntriesQuery, { first, context }: { readonly first: number | undefined; readonly context: ToolContext & { readonly search: NonNullable<ToolContext['search']> } }): Promise<ToolResult> {
  const { entries, ignored, incomplete } = await context.search.entries(query, context.signal);
  const notes = [
    ...describeIncomplete(incomplete, 'There are more entries than can be counted: list a folder in it.'),
    ...(ignored === 0 ? [] : [`${ignored} ignored ${ignored === 1 ? 'entry is' : 'entries are'} left out; include_ignored lists them.`]),
  ];
  const head = entries.length === 0 ? `${place.display} is empty${ignored > 0 ? ' but for what is ignored' : ''}.` : await listPage({ label: `Entries of ${place.display}`, entries, first, describe, signal: context.signal });
  return { status: 'done', text: [head, ...notes].join('\n') };
}

function describe({ path, kind, isLink, size }: FolderEntry): string {
  const mark = isLink ? ` (link to ${kind === 'directory' ? 'a folder' : kind === 'file' ? 'a file' : 'nowhere'})` : kind === 'other' ? ' (no regular file)' : '';
  return `${path}${kind === 'directory' ? '/' : ''}${mark}${kind === 'file' && !isLink && size !== undefined ? `, ${size} bytes` : ''}`;
}
