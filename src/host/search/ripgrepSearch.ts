import type { FoundText, Search, TextQuery } from '../../core/editor/search.ts';
import { createGathering, withDeadline } from './found.ts';
import { inputArguments, textArguments } from './ripgrepArguments.ts';
import { createLeftOutCount, listFiles, type LeftOutCount } from './ripgrepFiles.ts';
import { readMatches } from './ripgrepMatches.ts';
import { pathFilter, unsavedIn } from './scope.ts';
import { longestSearch, type SearchSources } from './searchSettings.ts';
import { withWantedFile } from './wantedFile.ts';

/** Searches with the ripgrep at this path. Fails with a `NoRipgrep` where it cannot be started. */
export function createRipgrepSearch(ripgrep: string, sources: SearchSources): Pick<Search, 'files' | 'text'> {
  const countLeftOut = createLeftOutCount(ripgrep);
  return {
    files: async (query, signal) => listFiles(ripgrep, query, { settings: sources.settings(query.folder), signal }),
    text: async (query, signal) => withWantedFile(query, async (wanted) => searchText(ripgrep, query, { sources, countLeftOut, wanted, signal })),
  };
}

interface Surroundings {
  readonly sources: SearchSources;
  readonly countLeftOut: LeftOutCount;
  readonly wanted: string | undefined;
  readonly signal: AbortSignal;
}

async function searchText(ripgrep: string, query: TextQuery, { sources, countLeftOut, wanted, signal }: Surroundings): Promise<FoundText> {
  const settings = sources.settings(query.folder);
  const filter = pathFilter(query, settings);
  const unsaved = unsavedIn(query, filter, sources.unsaved(query.folder));
  const gathering = createGathering(query.most);
  const deadline = withDeadline(signal, longestSearch);
  const found = (leftOut: number | undefined, incomplete: FoundText['incomplete']): FoundText => ({ files: gathering.files(), leftOut, incomplete });
  try {
    const run = { folder: query.folder, signal: deadline.signal };
    for (const [path, input] of unsaved) {
      if (!gathering.isFull) await readMatches(ripgrep, { ...run, arguments: inputArguments(query), input }, { gathering, nameOf: () => path });
    }
    const belongs = (path: string): boolean => !unsaved.has(path) && filter.belongs(path) && !query.leavesOut(path);
    const end = gathering.isFull ? undefined : await readMatches(ripgrep, { ...run, arguments: textArguments(query, settings, wanted) }, { gathering, nameOf: (path) => (belongs(path) ? path : undefined) });
    if (gathering.isFull) return found(undefined, 'limit');
    // Not beside it: both are busy with the same folders, and a search that finds enough needs no count.
    return found(await countLeftOut(query, { settings, signal: deadline.signal, wanted }), end?.hadTrouble === true ? 'unreadable' : undefined);
  } catch (error) {
    if (deadline.isLate()) return found(undefined, 'time');
    throw error;
  }
}
