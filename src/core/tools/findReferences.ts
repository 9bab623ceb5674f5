import * as v from 'valibot';
import { say } from '../../protocol/localText.ts';
import { askLanguages } from './askLanguages.ts';
import { createFileLines, describeLocation, inOrder } from './fileLines.ts';
import { firstResult, listPage } from './listPage.ts';
import { findSymbol, symbolAt } from './symbolPlace.ts';
import { defineTool, type ToolResult } from './tool.ts';

/** Where a symbol is used. */
export const findReferences = defineTool({
  name: 'find_references',
  description: 'Lists every place where a symbol is used or declared, with its line, asking the language server: other symbols of the same name are left out. Use it before you change what others depend on.',
  input: v.object({ ...symbolAt, first_result: firstResult }),
  risk: 'read',
  needs: ['languages', 'documents'],
  summary: ({ symbol }) => say('References to {0}', symbol),
  async run({ first_result: first, ...input }, context) {
    const found = await findSymbol('find_references', input, context);
    if ('status' in found) return found;
    return askLanguages('find_references', async (): Promise<ToolResult> => {
      const entries = inOrder(await context.languages.references(found.place.written, found.start, context.signal));
      if (entries.length === 0) return { status: 'done', text: 'No references are known. The name may stand in a comment or a text, or no language server knows this language: search_text finds names in any file.' };
      const look = createFileLines(context);
      return { status: 'done', text: await listPage({ label: `References to ${input.symbol}`, entries, first, describe: async (location) => describeLocation(location, look), signal: context.signal }) };
    });
  },
});
