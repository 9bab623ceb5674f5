import * as v from 'valibot';
import { showHidden } from '../../protocol/hiddenCharacters.ts';
import { say } from '../../protocol/localText.ts';
import { SearchError, type FileMatches, type FoundText, type Incompleteness } from '../editor/search.ts';
import { fence } from './fence.ts';
import { absolutePath, createSecretFilter, describeIncomplete, scopeArguments, scopesOf } from './searchScope.ts';
import { defineTool, refuse, type ToolContext, type ToolResult } from './tool.ts';

const most = { results: 500, usual: 100, characters: 48 * 1024 } as const;

const count = (least: number, highest: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(highest));

const input = v.object({
  query: v.pipe(v.string(), v.minLength(1), v.maxLength(1000), v.description('What to look for, within one line.')),
  is_regex: v.optional(v.pipe(v.boolean(), v.description('The query is a regular expression, without look-around and backreferences.'))),
  case_sensitive: v.optional(v.pipe(v.boolean(), v.description('Tell capitals from small letters.'))),
  whole_word: v.optional(v.pipe(v.boolean(), v.description('Find the query only as a whole word.'))),
  include: v.optional(v.pipe(v.string(), v.description('Globs of the files to search, separated by commas: `*.ts` in any folder, `src/**/*.{ts,tsx}` from the workspace folder.'))),
  ...scopeArguments,
  context_lines: v.optional(v.pipe(count(0, 5), v.description('Lines to show before and after each match, 0 when left out.'))),
  max_results: v.optional(v.pipe(count(1, most.results), v.description(`Matching lines to return at most, ${most.usual} when left out.`))),
});

type Input = v.InferOutput<typeof input>;

/** A file with matches that a model may see. */
interface ShownFile extends FileMatches {
  readonly display: string;
}

/** Text in the files of the workspace, as it stands in the editor where a file is open and unsaved. */
export const searchText = defineTool({
  name: 'search_text',
  description:
    'Searches the files of the workspace, line by line. In the result "12: text" is line 12 with a match, "11- text" a line around one. Unsaved changes count; ignored files (by .gitignore or the editor), binary files, files over 16 MB and files that may hold secrets are left out. Use it when you do not know which file something stands in.',
  input,
  risk: 'read',
  needs: ['search'],
  summary: ({ query }) => say('Search for {0}', query),
  async run(request, context) {
    if (/[\r\n\0]/.test(request.query)) return refuse('search_text was not run: the query has a line break or a NUL, but lines of text are searched one by one. Search for one of the lines.');
    const scopes = await scopesOf('search_text', request, context);
    if ('status' in scopes) return scopes;
    const found: FoundText[] = [];
    const limit = request.max_results ?? most.usual;
    const query = {
      pattern: request.query,
      isRegex: request.is_regex === true,
      isCaseSensitive: request.case_sensitive === true,
      isWholeWord: request.whole_word === true,
      context: request.context_lines ?? 0,
    };
    const shown = new Map<string, ShownFile>();
    try {
      for (const scope of scopes) {
        const left = limit - [...shown.values()].reduce((sum, { lines }) => sum + lines.filter(({ isMatch }) => isMatch).length, 0);
        const one = left > 0 ? await context.search.text({ ...scope, ...query, most: left, leavesOut: createSecretFilter() }, context.signal) : nothingMore;
        found.push(one);
        for (const file of await ordinaryFiles(scope.folder, one.files, context)) shown.set(file.canonical, file);
      }
    } catch (error) {
      if (!(error instanceof SearchError)) throw error;
      return refuse(`search_text was not run: "${showHidden(request.query)}" cannot be searched for: ${showHidden(error.message)}. Correct it, or search for it literally.`);
    }
    return report([...shown.values()], found, request);
  },
});

const nothingMore: FoundText = { files: [], leftOut: undefined, incomplete: 'limit' };

/**
 * Those that a model may read without a question. What is not is passed over in silence: to tell how many such files have
 * a match would answer questions about what stands in them.
 */
async function ordinaryFiles(folder: string, files: readonly FileMatches[], { guard }: ToolContext): Promise<readonly (ShownFile & { readonly canonical: string })[]> {
  const places = await Promise.all(
    files.map(async (file) => {
      const place = await guard.resolve(absolutePath(folder, file.path), 'read');
      return place.class === 'inside' && place.kind === 'file' ? [{ ...file, display: place.display, canonical: place.canonical }] : [];
    }),
  );
  return places.flat();
}

function report(files: readonly ShownFile[], found: readonly FoundText[], request: Input): ToolResult {
  const { text, matches, shownFiles, isCut } = listing(files);
  const incomplete: readonly (Incompleteness | undefined)[] = [...(isCut ? (['limit'] as const) : []), ...found.map((one) => one.incomplete)];
  const leftOut = found.reduce<number>((sum, one) => sum + (one.leftOut ?? 0), 0);
  const limit = `Only the first ${matches} matching lines are shown, and there are more: search in a folder, with an include glob or for something longer${isCut ? '' : `, or raise max_results (at most ${most.results})`}.`;
  const notes = [
    ...new Set(incomplete.flatMap((reason) => describeIncomplete(reason, limit))),
    ...(leftOut === 0 ? [] : [`${leftOut} ${leftOut === 1 ? 'file that may hold secrets was' : 'files that may hold secrets were'} not searched.`]),
    ...(matches === 0 && request.include_ignored !== true ? ['What .gitignore or the settings of the editor exclude was not searched; include_ignored searches it too.'] : []),
  ];
  const head = shownFiles === 0 ? 'No matches.' : fence(`${matches} matching ${matches === 1 ? 'line' : 'lines'} in ${shownFiles} ${shownFiles === 1 ? 'file' : 'files'}`, text);
  return { status: 'done', text: [head, ...notes].join('\n') };
}

/** As many whole lines as fit into one answer, with hidden characters written out. */
function listing(files: readonly ShownFile[]): { readonly text: string; readonly matches: number; readonly shownFiles: number; readonly isCut: boolean } {
  const lines: string[] = [];
  let [characters, matches, shownFiles] = [0, 0, 0];
  const add = (raw: string): boolean => {
    const line = showHidden(raw);
    characters += line.length + 1;
    if (characters > most.characters) return false;
    lines.push(line);
    return true;
  };
  for (const file of files) {
    if (!add(file.display)) return { text: lines.join('\n'), matches, shownFiles, isCut: true };
    shownFiles += 1;
    let last: number | undefined;
    for (const { number, text, isMatch } of file.lines) {
      const gap = last !== undefined && number > last + 1 && file.lines.some((line) => !line.isMatch) ? '--\n' : '';
      if (!add(`${gap}${number}${isMatch ? ':' : '-'} ${text}`)) return { text: lines.join('\n'), matches, shownFiles, isCut: true };
      last = number;
      if (isMatch) matches += 1;
    }
    if (file.hasOverlong && !add('(matches on a line of more than a million characters, not shown)')) return { text: lines.join('\n'), matches, shownFiles, isCut: true };
  }
  return { text: lines.join('\n'), matches, shownFiles, isCut: false };
}
