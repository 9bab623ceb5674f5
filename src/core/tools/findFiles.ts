import * as v from 'valibot';
import { showHidden } from '../../protocol/hiddenCharacters.ts';
import { say } from '../../protocol/localText.ts';
import type { FoundFiles } from '../editor/search.ts';
import { firstResult, listPage } from './listPage.ts';
import { absolutePath, describeIncomplete, scopeArguments, scopesOf } from './searchScope.ts';
import { defineTool, refuse, type ToolResult } from './tool.ts';

/** Files of the workspace by their names. */
export const findFiles = defineTool({
  name: 'find_files',
  description: 'Finds files of the workspace by a glob over their paths: `*.ts` in any folder, `src/**/*.test.{ts,tsx}` from the workspace folder. Capitals matter. Ignored files are left out. Use it when you know a part of the name, and search_text for what stands in files.',
  input: v.object({
    glob: v.pipe(v.string(), v.minLength(1), v.description('Globs that the paths fit, separated by commas.')),
    ...scopeArguments,
    order: v.optional(v.pipe(v.picklist(['path', 'newest']), v.description('`newest` lists the files that were changed last first. By path when left out.'))),
    first_result: firstResult,
  }),
  risk: 'read',
  needs: ['search'],
  summary: ({ glob }) => say('Find files: {0}', glob),
  async run(request, context): Promise<ToolResult> {
    const scopes = await scopesOf('find_files', { ...request, include: request.glob }, context);
    if ('status' in scopes) return scopes;
    if (scopes.some(({ include }) => include.length === 0)) return refuse('find_files was not run: the glob is empty. Use "**" for all files.');
    const found: FoundFiles[] = [];
    for (const scope of scopes) found.push(await context.search.files({ ...scope, order: request.order ?? 'path' }, context.signal));
    // A folder of the workspace may lie in another.
    const entries = [...new Set(found.flatMap(({ paths }, index) => paths.map((path) => absolutePath(scopes[index]?.folder ?? '', path))))];
    const notes = [
      ...(request.order === 'newest' && found.filter(({ paths }) => paths.length > 0).length > 1 ? ['Each folder of the workspace is listed by itself, its newest files first: a file of a later one may be newer than those above.'] : []),
      ...new Set(found.flatMap(({ incomplete }) => describeIncomplete(incomplete, 'There are more files than can be counted: search in a folder, or with a narrower glob.'))),
      ...(entries.length === 0 && request.include_ignored !== true ? ['What .gitignore or the settings of the editor exclude was not looked at; include_ignored lists it too.'] : []),
    ];
    const describe = async (path: string): Promise<string> => {
      const place = await context.guard.resolve(path, 'read');
      return place.class === 'denied' ? `${showHidden(path)} (cannot be opened)` : place.display;
    };
    const head = entries.length === 0 ? 'No file fits.' : await listPage({ label: 'Files', entries, first: request.first_result, describe, signal: context.signal });
    return { status: 'done', text: [head, ...notes].join('\n') };
  },
});
