import type { FoundText, Search, TextQuery } from '../../core/editor/search.ts';
import { createGathering, withDeadline } from './found.ts';
import { includesOf, inputArguments, textArguments } from './ripgrepArguments.ts';
import { createSurveys, listFiles, type Surveys } from './ripgrepFiles.ts';
import { readMatches } from './ripgrepMatches.ts';
import { pathFilter, unsavedIn } from './scope.ts';
import { longestSearch, type SearchSources } from './searchSettings.ts';

/** Searches with the ripgrep at this path. Fails with a `NoRipgrep` where it cannot be started. */
export function createRipgrepSearch(ripgrep: string, sources: SearchSources): Pick<Search, 'files' | 'text'> {
  const survey = createSurveys(ripgrep);
  return {
    files: async (query, signal) => listFiles(ripgrep, query, { settings: sources.settings(query.folder), signal }),
    text: async (query, signal) => searchText(ripgrep, query, { sources, survey, signal }),
  };
}

interface Surroundings {
  readonly sources: SearchSources;
  readonly survey: Surveys;
  readonly signal: AbortSignal;
}

async function searchText(ripgrep: string, query: TextQuery, { sources, survey, signal }: Surroundings): Promise<FoundText> {
  const settings = sources.settings(query.folder);
  const filter = pathFilter(query, settings);
  const unsaved = unsavedIn(query, filter, sources.unsaved(query.folder));
  const gathering = createGathering(query.most);
  const deadline = withDeadline(signal, longestSearch);
  const enough = new AbortController();
  // Ripgrep's include globs bring back what ignore files leave out; the listing tells which files those are.
  const needsListing = includesOf(query) !== undefined && settings.usesIgnoreFiles && !query.includesIgnored;
  const surveying = survey(query, { settings, signal: AbortSignal.any([deadline.signal, enough.signal]), keepsPaths: needsListing });
  surveying.catch(() => undefined);
  const found = (leftOut: number | undefined, incomplete: FoundText['incomplete']): FoundText => ({ files: gathering.files(), leftOut, incomplete });
  try {
    const run = { folder: query.folder, signal: deadline.signal };
    for (const [path, input] of unsaved) {
      if (!gathering.isFull) await readMatches(ripgrep, { ...run, arguments: inputArguments(query), input }, { gathering, nameOf: () => path });
    }
    let listed: ReadonlySet<string> | undefined;
    const after = needsListing ? surveying.then(({ paths }) => (listed = paths)) : undefined;
    const belongs = (path: string): boolean => !unsaved.has(path) && filter.belongs(path) && listed?.has(path) !== false && !query.leavesOut(path);
    const end = gathering.isFull ? undefined : await readMatches(ripgrep, { ...run, arguments: textArguments(query, settings) }, { gathering, after, nameOf: (path) => (belongs(path) ? path : undefined) });
    if (gathering.isFull) return found(undefined, 'limit');
    return found((await surveying).leftOut, end?.hadTrouble === true ? 'unreadable' : undefined);
  } catch (error) {
    if (deadline.isLate()) return found(undefined, 'time');
    throw error;
  } finally {
    enough.abort();
  }
}
