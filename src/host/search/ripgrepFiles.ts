import { compareText, type FilesQuery, type FoundFiles, type TextQuery } from '../../core/editor/search.ts';
import { withDeadline } from './found.ts';
import { createPieces } from './pieces.ts';
import { printedPath } from './places.ts';
import { excludesLeft, listingArguments } from './ripgrepArguments.ts';
import { runRipgrep, type RipgrepEnd, type RipgrepRun } from './ripgrepProcess.ts';
import { pathFilter } from './scope.ts';
import { longestSearch, mostPaths, type SearchSettings } from './searchSettings.ts';

/** The files of a query, in its order. */
export async function listFiles(ripgrep: string, query: FilesQuery, { settings, signal }: { readonly settings: SearchSettings; readonly signal: AbortSignal }): Promise<FoundFiles> {
  const filter = pathFilter(query, settings, excludesLeft(query, settings));
  const deadline = withDeadline(signal, longestSearch);
  const paths: string[] = [];
  const found = (incomplete: FoundFiles['incomplete']): FoundFiles => ({ paths: query.order === 'path' ? paths.sort(compareText) : paths, incomplete });
  try {
    const list = listingArguments(query, settings, query.order === 'newest' ? 'newest' : 'none');
    const end = await eachPath(ripgrep, { arguments: list, folder: query.folder, signal: deadline.signal }, (path) => {
      if (filter.belongs(path)) paths.push(path);
      return paths.length < mostPaths;
    });
    return found(end === undefined ? 'limit' : end.hadTrouble ? 'unreadable' : undefined);
  } catch (error) {
    if (deadline.isLate()) return found('time');
    throw error;
  }
}

/** What a text search has to know of the files before it. */
export interface Survey {
  readonly leftOut: number;
  /** The files of the search, if they were asked for. */
  readonly paths: ReadonlySet<string> | undefined;
}

interface SurveyOptions {
  readonly settings: SearchSettings;
  readonly signal: AbortSignal;
  readonly keepsPaths: boolean;
}

/** Goes through the names of the files of a search. */
export type Surveys = (query: TextQuery, options: SurveyOptions) => Promise<Survey>;

async function survey(ripgrep: string, query: TextQuery, { settings, signal, keepsPaths }: SurveyOptions): Promise<Survey> {
  const filter = pathFilter(query, settings, excludesLeft(query, settings));
  const paths = new Set<string>();
  let leftOut = 0;
  await eachPath(ripgrep, { arguments: listingArguments(query, settings), folder: query.folder, signal }, (path) => {
    if (!filter.belongs(path)) return true;
    if (query.leavesOut(path)) leftOut += 1;
    else if (keepsPaths) paths.add(path);
    return true;
  });
  return { leftOut, paths: keepsPaths ? paths : undefined };
}

/** Milliseconds for which it is remembered how many files were left out: going through all names takes a third of a search. */
const remembered = 30_000;

/** With a memory; only for a search that asks for paths it looks every time. */
export function createSurveys(ripgrep: string): Surveys {
  let last: { readonly key: string; readonly at: number; readonly leftOut: number } | undefined;
  return async (query, options) => {
    const { folder, under, include, exclude, includesIgnored } = query;
    const key = JSON.stringify([folder, under, include, exclude, includesIgnored, options.settings]);
    if (!options.keepsPaths && last?.key === key && performance.now() - last.at < remembered) return { leftOut: last.leftOut, paths: undefined };
    const found = await survey(ripgrep, query, options);
    last = { key, at: performance.now(), leftOut: found.leftOut };
    return found;
  };
}

/** Hands on each path that ripgrep prints, until `take` says no; then there is no end to tell of. Names that are no UTF-8 are passed over. */
async function eachPath(ripgrep: string, run: RipgrepRun, take: (path: string) => boolean): Promise<RipgrepEnd | undefined> {
  const pieces = createPieces(0, 64 * 1024);
  const output = runRipgrep(ripgrep, run);
  try {
    for (let step = await output.next(); ; step = await output.next()) {
      for (const { bytes } of step.done === true ? pieces.end() : pieces.push(step.value)) {
        const path = bytes.toString('utf8');
        if (!path.includes('\uFFFD') && !take(printedPath(path))) return undefined;
      }
      if (step.done === true) return step.value;
    }
  } finally {
    await output.return({ hadTrouble: false, complaint: '' });
  }
}
