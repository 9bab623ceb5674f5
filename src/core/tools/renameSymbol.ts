import * as v from 'valibot';
import { say } from '../../protocol/localText.ts';
import { askLanguages } from './askLanguages.ts';
import { planProposal } from './plannedProposal.ts';
import { reviewResult } from './reviewResult.ts';
import { findSymbol, symbolAt } from './symbolPlace.ts';
import { defineTool, refuse } from './tool.ts';

/** Renames a symbol wherever it is used, as the language server would. */
export const renameSymbol = defineTool({
  name: 'rename_symbol',
  description:
    'Renames a symbol everywhere it is used, in all files, by the language server. Prefer it to edit_file for renaming: it leaves other symbols of the same name alone. The person reviews all files at once before anything changes.',
  input: v.object({ ...symbolAt, new_name: v.pipe(v.string(), v.regex(/^[^\s\p{Cc}\p{Cf}]{1,200}$/u, 'must be a name without blanks'), v.description('The name that it is to have.')) }),
  risk: 'write',
  needs: ['languages', 'documents'],
  summary: ({ symbol, new_name: newName }) => say('Rename {0} to {1}', symbol, newName),
  async run({ new_name: newName, ...input }, context) {
    if (newName === input.symbol) return refuse('rename_symbol was not run: the new name is the old one.');
    const found = await findSymbol('rename_symbol', input, context);
    if ('status' in found) return found;
    return askLanguages('rename_symbol', async () => {
      const planned = await context.languages.rename(found.place.written, found.start, newName, context.signal);
      if (planned.length === 0) return refuse('rename_symbol changed nothing: no language server can rename this. Check that the symbol is code and not a comment, or use search_text and edit_file.');
      const proposal = await planProposal(planned, context);
      if (typeof proposal === 'string') return refuse(`rename_symbol changed nothing. ${proposal}`);
      if (proposal.changes.length === 0) return refuse('rename_symbol changed nothing: the language server would leave every file as it is.');
      return reviewResult(await context.person.review(proposal, context.signal));
    });
  },
});
