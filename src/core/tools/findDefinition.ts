import * as v from 'valibot';
import { say } from '../../protocol/localText.ts';
import { askLanguages } from './askLanguages.ts';
import { createFileLines, describeLocation, inOrder } from './fileLines.ts';
import { listPage } from './listPage.ts';
import { findSymbol, symbolAt } from './symbolPlace.ts';
import { defineTool, type ToolResult } from './tool.ts';

/** Where a symbol is defined. */
export const findDefinition = defineTool({
  name: 'find_definition',
  description: 'Finds where a symbol is defined, asking the language server: it follows imports and scopes, which a text search does not. Name a place where the symbol is used.',
  input: v.object(symbolAt),
  risk: 'read',
  needs: ['languages', 'documents'],
  summary: ({ symbol }) => say('Definition of {0}', symbol),
  async run(input, context) {
    const found = await findSymbol('find_definition', input, context);
    if ('status' in found) return found;
    return askLanguages('find_definition', async (): Promise<ToolResult> => {
      const entries = inOrder(await context.languages.definitions(found.place.written, found.start, context.signal));
      if (entries.length === 0) return { status: 'done', text: 'No definition is known. The name may stand in a comment or a text, or no language server knows this language: search_text finds names in any file.' };
      const look = createFileLines(context);
      return { status: 'done', text: await listPage({ label: `Definition of ${input.symbol}`, entries, first: 1, describe: async (location) => describeLocation(location, look), signal: context.signal }) };
    });
  },
});
