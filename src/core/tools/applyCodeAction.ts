import * as v from 'valibot';
import { say } from '../../protocol/localText.ts';
import type { OfferedAction } from '../editor/languages.ts';
import type { Range } from '../editor/range.ts';
import type { ResolvedPath } from '../guard/pathGuard.ts';
import { askLanguages } from './askLanguages.ts';
import { filePath } from './filePath.ts';
import { listPage } from './listPage.ts';
import { openFile } from './openFile.ts';
import { planProposal } from './plannedProposal.ts';
import { reviewResult } from './reviewResult.ts';
import { readLines, symbolIn, symbolText } from './symbolPlace.ts';
import { defineTool, refuse, type ToolResult } from './tool.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(1));

const input = v.object({
  path: filePath,
  line: v.pipe(count, v.description('Line of the place, counted from 1; the first one of several.')),
  end_line: v.optional(v.pipe(count, v.description('Last line, included, for what takes several lines.'))),
  symbol: v.optional(v.pipe(symbolText, v.description('Text on that line to select, such as a name. The whole line when left out.'))),
  occurrence: v.optional(v.pipe(count, v.description('Which one, when the line has that text several times. The first when left out.'))),
  title: v.optional(v.pipe(v.string(), v.description('Title of the action to apply, exactly as it was listed.'))),
});

type Input = v.InferOutput<typeof input>;

/** What a language server offers at a place: a quick fix or a refactoring. */
export const applyCodeAction = defineTool({
  name: 'apply_code_action',
  description:
    'Quick fixes and refactorings of the language server at a place, such as adding a missing import or extracting a function. First call it without a title to list what is offered; then with one of those titles, to have the person review what it would change.',
  input,
  risk: 'write',
  needs: ['languages', 'documents'],
  summary: ({ path, line, title }) => (title === undefined ? say('What can be done in {0}, line {1}', path, line) : say('Apply "{0}" in {1}', title, path)),
  async run(request, context) {
    const place = await openFile('apply_code_action', request.path, context);
    if ('status' in place) return place;
    const read = await readLines('apply_code_action', place, context.documents);
    if ('status' in read) return read;
    const range = rangeOf(request, place, read.lines);
    if ('status' in range) return range;
    return askLanguages('apply_code_action', async () => {
      const offered = await context.languages.actions(place.written, range, context.signal);
      if (offered.length === 0) return refuse('Nothing is offered at that place. Quick fixes are offered where get_diagnostics lists a problem, refactorings for a selection: try another line, symbol or end_line, or use edit_file.');
      if (request.title === undefined) return { status: 'done', text: await list(offered, context.signal) };
      const action = offered.find(({ title }) => title === request.title);
      if (action === undefined) return refuse(`apply_code_action was not run: no action there has exactly this title.\n${await list(offered, context.signal)}`);
      const resolved = await context.languages.resolveAction(place.written, range, action, context.signal);
      if (resolved === undefined) return refuse('apply_code_action was not run: the action is not offered any more. List what is offered again.');
      if (resolved.changes.length === 0) return refuse(resolved.hasCommand ? `apply_code_action was not run: this action is a command, and no edit. Commands could do anything, so none is run for you: make the change with edit_file, or tell the person to choose the action in the editor.` : 'apply_code_action changed nothing: the action has no edit.');
      const proposal = await planProposal(resolved.changes, context);
      if (typeof proposal === 'string') return refuse(`apply_code_action changed nothing. ${proposal}`);
      if (proposal.changes.length === 0) return refuse('apply_code_action changed nothing: the action would leave every file as it is.');
      const result = reviewResult(await context.person.review(proposal, context.signal));
      return resolved.hasCommand && result.status === 'done' ? { ...result, text: `${result.text}\nThe command with which the action would go on (often for typing a new name) was not run. rename_symbol changes a name that the server has chosen.` } : result;
    });
  },
});

/** The selection: the text of `symbol`, or whole lines without the blanks around them. */
function rangeOf({ line, end_line: endLine = line, symbol, occurrence }: Input, place: ResolvedPath, lines: readonly string[]): Range | ToolResult {
  if (endLine < line) return refuse('apply_code_action was not run: end_line lies before line.');
  if (endLine > lines.length) return refuse(`apply_code_action was not run: ${place.display} has only ${lines.length} lines.`);
  if (symbol !== undefined) {
    const found = symbolIn('apply_code_action', { path: place.display, line, symbol, occurrence }, { place, lines });
    return 'status' in found ? found : { start: found.start, end: found.end };
  }
  const first = lines[line - 1] ?? '';
  const last = lines[endLine - 1] ?? '';
  return { start: { line, column: first.length - first.trimStart().length + 1 }, end: { line: endLine, column: last.trimEnd().length + 1 } };
}

function describe({ title, kind, isPreferred }: OfferedAction): string {
  return `${title}${kind === '' ? '' : ` [${kind}]`}${isPreferred ? ' (preferred)' : ''}`;
}

async function list(offered: readonly OfferedAction[], signal: AbortSignal): Promise<string> {
  return listPage({ label: 'Offered, kinds in brackets', entries: offered, first: 1, describe, signal });
}
