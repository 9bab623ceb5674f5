import * as v from 'valibot';
import { showHidden } from '../../protocol/hiddenCharacters.ts';
import { say } from '../../protocol/localText.ts';
import { askLanguages } from './askLanguages.ts';
import { fence } from './fence.ts';
import { cutAt } from './cutAt.ts';
import { findSymbol, symbolAt } from './symbolPlace.ts';
import { defineTool, type ToolResult } from './tool.ts';

const longest = 8000;

/** What an editor shows over a symbol. */
export const hover = defineTool({
  name: 'hover',
  description: "Shows a symbol's type, signature and documentation, as the editor shows them over it.",
  input: v.object(symbolAt),
  risk: 'read',
  needs: ['languages', 'documents'],
  summary: ({ symbol }) => say('Description of {0}', symbol),
  async run(input, context) {
    const found = await findSymbol('hover', input, context);
    if ('status' in found) return found;
    return askLanguages('hover', async (): Promise<ToolResult> => {
      const texts = (await context.languages.hovers(found.place.written, found.start, context.signal)).map((text) => text.trim()).filter((text) => text !== '');
      if (texts.length === 0) return { status: 'done', text: 'Nothing is known of it. find_definition may find where it is defined.' };
      return { status: 'done', text: fence(`Description of ${showHidden(input.symbol)}`, cutAt(texts.join('\n\n'), longest)) };
    });
  },
});
