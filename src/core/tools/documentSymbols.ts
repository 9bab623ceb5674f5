import * as v from 'valibot';
import { say } from '../../protocol/localText.ts';
import type { OutlineSymbol } from '../editor/languages.ts';
import { askLanguages } from './askLanguages.ts';
import { filePath } from './filePath.ts';
import { firstResult, listPage } from './listPage.ts';
import { openFile } from './openFile.ts';
import { defineTool, type ToolResult } from './tool.ts';

/** The outline of a file. */
export const documentSymbols = defineTool({
  name: 'document_symbols',
  description: 'Outlines a file: its classes, functions and other symbols with their first and last lines, nested as in the file. Quicker than reading a long file to find a place in it.',
  input: v.object({
    path: filePath,
    first_result: firstResult,
  }),
  risk: 'read',
  needs: ['languages'],
  summary: ({ path }) => say('Outline of {0}', path),
  async run({ path, first_result: first }, context) {
    const place = await openFile('document_symbols', path, context);
    if ('status' in place) return place;
    return askLanguages('document_symbols', async (): Promise<ToolResult> => {
      const outline = await context.languages.outline(place.written, context.signal);
      const entries = outline.flatMap((symbol) => flatten(symbol, 0));
      if (entries.length === 0) return { status: 'done', text: `No symbols are known of ${place.display}: it has none, or no language server knows its language. read_file shows its text.` };
      return { status: 'done', text: await listPage({ label: `Outline of ${place.display}, lines in front`, entries, first, describe: (line) => line, signal: context.signal }) };
    });
  },
});

function flatten({ name, kind, detail, range, children }: OutlineSymbol, depth: number): readonly string[] {
  const lines = range.start.line === range.end.line ? `${range.start.line}` : `${range.start.line}-${range.end.line}`;
  const words = [kind, name, detail].filter((word) => word !== '').join(' ');
  return [`${'  '.repeat(depth)}${lines} ${words}`, ...children.flatMap((child) => flatten(child, depth + 1))];
}
