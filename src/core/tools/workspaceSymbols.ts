import * as v from 'valibot';
import { say } from '../../protocol/localText.ts';
import type { FoundSymbol } from '../editor/languages.ts';
import { askLanguages } from './askLanguages.ts';
import { createFileLines } from './fileLines.ts';
import { firstResult, listPage } from './listPage.ts';
import { defineTool, type ToolResult } from './tool.ts';

/** Symbols of the workspace by their name. */
export const workspaceSymbols = defineTool({
  name: 'workspace_symbols',
  description: 'Looks for classes, functions and other symbols of the whole workspace by name or a part of it. Use it when you know a name but not its file.',
  input: v.object({
    query: v.pipe(v.string(), v.minLength(1), v.description('The name, or a part of it.')),
    first_result: firstResult,
  }),
  risk: 'read',
  needs: ['languages', 'documents'],
  summary: ({ query }) => say('Symbols named {0}', query),
  async run({ query, first_result: first }, context) {
    return askLanguages('workspace_symbols', async (): Promise<ToolResult> => {
      const found = await context.languages.symbols(query, context.signal);
      if (found.length === 0) return { status: 'done', text: 'No symbol of that name is known. Servers of languages of which no file has been opened know nothing yet: search_text finds names in any file.' };
      const look = createFileLines(context);
      const describe = async ({ name, kind, container, path, range }: FoundSymbol): Promise<string> => {
        const { display } = await look(path);
        return `${display}:${range.start.line}: ${kind} ${name}${container === '' ? '' : ` in ${container}`}`;
      };
      return { status: 'done', text: await listPage({ label: 'Symbols that were found', entries: found, first, describe, signal: context.signal }) };
    });
  },
});
