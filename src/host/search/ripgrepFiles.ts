import { compareText, type FilesQuery, type FoundFiles, type TextQuery } from '../../core/editor/search.ts';
import { withDeadline } from './found.ts';
import { createPieces } from './pieces.ts';
import { printedPath } from './places.ts';
import { excludesLeft, listingArguments } from './ripgrepArguments.ts';
import { runRipgrep, type RipgrepEnd, type RipgrepRun } from './ripgrepProcess.ts';
import { pathFilter } from './scope.ts';
import { longestSearch, mostPaths, type SearchSettings } from './searchSettings.ts';
import { withWantedFile } from './wantedFile.ts';

/** The files of a query, in its order. */
export async function listFiles(ripgrep: string, query: FilesQuery, { settings, signal }: { readonly settings: SearchSettings; readonly signal: AbortSignal }): Promise<FoundFiles> {
  const filter = pathFilter(query, settings, excludesLeft(query, settings));
  const deadline = withDeadline(signal, longestSearch);
  const paths: string[] = [];
  const found = (incomplete: FoundFiles['incomplete']): FoundFiles => ({ paths: query.order === 'path' ? paths.sort(compareText) : paths, incomplete });
  try {
    const end = await withWantedFile(query, async (wanted) => {
      const list = listingArguments(query, settings, { wanted, order: query.order === 'newest' ? 'newest' : undefined });
      return eachPath(ripgrep, { arguments: list, folder: query.folder, signal: deadline.signal }, (path) => {
        if (filter.belongs(path)) paths.push(path);
        return paths.length < (query.most ?? mostPaths);
      });
    });
    return found(end === undefined ? 'limit' : end.hadTrouble ? 'unreadable' : undefined);
  } catch (error) {
    if (deadline.isLate()) return found('time');
    throw error;
  }
}

interface CountOptions {
  readonly settings: SearchSettings;
  readonly signal: AbortSignal;
  /** The path of a file with the lines that say what belongs to the search. */
  readonly wanted: string | undefined;
}

/** Counts the files that a search leaves out, going through the names of all. */
export type LeftOutCount = (query: TextQuery, options: CountOptions) => Promise<number>;

async function countLeftOut(ripgrep: string, query: TextQuery, { settings, signal, wanted }: CountOptions): Promise<number> {
  const filter = pathFilter(query, settings, excludesLeft(query, settings));
  let leftOut = 0;
  await eachPath(ripgrep, { arguments: listingArguments(query, settings, { wanted }), folder: query.folder, signal }, (path) => {
    if (filter.belongs(path) && query.leavesOut(path)) leftOut += 1;
    return true;
  });
  return leftOut;
}

/** Milliseconds for which the count is remembered: going through all names takes a third of a search. */
const remembered = 30_000;

/** With a memory for the last scope. */
export function createLeftOutCount(ripgrep: string): LeftOutCount {
  let last: { readonly key: string; readonly at: number; readonly leftOut: number } | undefined;
  return async (query, options) => {
    const { folder, under, include, exclude, includesIgnored } = query;
    const key = JSON.stringify([folder, under, include, exclude, includesIgnored, options.settings]);
    if (last?.key === key && performance.now() - last.at < remembered) return last.leftOut;
    const leftOut = await countLeftOut(ripgrep, query, options);
    last = { key, at: performance.now(), leftOut };
    return leftOut;
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
