import { compareText, cutAround, type FileMatches, type FilesQuery, type FoundFiles, type FoundLine, type FoundText, type Search, type TextQuery } from '../../core/editor/search.ts';
import { createGathering, withDeadline } from './found.ts';
import { createMatcher, TooSlow } from './matcher.ts';
import type { LineMatches } from './matchWorker.ts';
import { pathFilter, unsavedIn } from './scope.ts';
import { largestFile, longestSearch, mostPaths, type SearchSources } from './searchSettings.ts';
import type { Tree } from './tree.ts';
import { walk } from './walk.ts';

/** Files that are read and matched at a time. */
const together = 16;

/** Searches by walking over the tree and reading every file: slow, but it needs no other program. */
export function createLinearSearch(tree: Tree, sources: SearchSources): Pick<Search, 'files' | 'text'> {
  return {
    files: async (query, signal) => listFiles(tree, query, { sources, signal }),
    text: async (query, signal) => searchText(tree, query, { sources, signal }),
  };
}

interface Surroundings {
  readonly sources: SearchSources;
  readonly signal: AbortSignal;
}

async function listFiles(tree: Tree, query: FilesQuery, { sources, signal }: Surroundings): Promise<FoundFiles> {
  const deadline = withDeadline(signal, longestSearch);
  const files: { readonly path: string; readonly modified: number }[] = [];
  let incomplete: FoundFiles['incomplete'];
  try {
    const walking = walk(tree, query, { settings: sources.settings(query.folder), signal: deadline.signal });
    for (let step = await walking.next(); ; step = await walking.next()) {
      if (step.done === true) {
        if (step.value.unreadable > 0) incomplete = 'unreadable';
        break;
      }
      const modified = query.order === 'newest' ? await tree.facts(`${query.folder}/${step.value}`).then((facts) => facts.modified, () => 0) : 0;
      files.push({ path: step.value, modified });
      if (files.length < (query.most ?? mostPaths)) continue;
      incomplete = 'limit';
      break;
    }
  } catch (error) {
    if (!deadline.isLate()) throw error;
    incomplete = 'time';
  }
  return { paths: files.sort((one, other) => other.modified - one.modified || compareText(one.path, other.path)).map(({ path }) => path), incomplete };
}

async function searchText(tree: Tree, query: TextQuery, { sources, signal }: Surroundings): Promise<FoundText> {
  const { pattern, isRegex, isCaseSensitive, isWholeWord } = query;
  const settings = sources.settings(query.folder);
  const unsaved = unsavedIn(query, pathFilter(query, settings), sources.unsaved(query.folder));
  const gathering = createGathering(query.most);
  const deadline = withDeadline(signal, longestSearch);
  const matcher = createMatcher({ pattern, isRegex, isCaseSensitive, isWholeWord, most: query.most + 1 }, deadline.signal);
  let leftOut = 0;
  const found = (incomplete: FoundText['incomplete']): FoundText => ({ files: gathering.files(), leftOut: incomplete === 'limit' || incomplete === 'time' ? undefined : leftOut, incomplete });

  const search = async (texts: readonly (readonly [string, string])[]): Promise<void> => {
    const matches = await matcher.match(texts.map(([, text]) => text));
    for (const [index, [path, text]] of texts.entries()) gathering.add(linesOf({ path, text }, matches[index] ?? [], query.context));
  };

  try {
    await search([...unsaved]);
    let batch: string[] = [];
    const searchBatch = async (): Promise<void> => {
      const texts = await Promise.all(batch.map(async (path) => textOf(tree, `${query.folder}/${path}`).then((text) => (text === undefined ? [] : [[path, text] as const]))));
      batch = [];
      await search(texts.flat());
    };
    const walking = walk(tree, query, { settings, signal: deadline.signal });
    let step = await walking.next();
    for (; step.done !== true && !gathering.isFull; step = await walking.next()) {
      if (unsaved.has(step.value)) continue;
      if (query.leavesOut(step.value)) leftOut += 1;
      else if (batch.push(step.value) >= together) await searchBatch();
    }
    if (!gathering.isFull) await searchBatch();
    if (gathering.isFull) return found('limit');
    return found(step.done === true && step.value.unreadable > 0 ? 'unreadable' : undefined);
  } catch (error) {
    if (deadline.isLate() || error instanceof TooSlow) return found('time');
    throw error;
  } finally {
    matcher.dispose();
  }
}

/** Undefined for what is no text, is too large, or cannot be read. */
async function textOf(tree: Tree, path: string): Promise<string | undefined> {
  try {
    const { size } = await tree.facts(path);
    if (size > largestFile) return undefined;
    const text = await tree.text(path);
    return text.includes('\0') ? undefined : text.replace(/^\uFEFF/, '');
  } catch {
    return undefined;
  }
}

function linesOf({ path, text }: { readonly path: string; readonly text: string }, matches: LineMatches, context: number): FileMatches {
  if (matches.length === 0) return { path, lines: [], hasOverlong: false };
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const starts = new Map(matches);
  const shown = new Map<number, FoundLine>();
  for (const [at] of matches) {
    for (let line = Math.max(0, at - context); line <= Math.min(lines.length - 1, at + context); line += 1) {
      shown.set(line, { number: line + 1, text: cutAround((lines[line] ?? '').replace(/\r$/, ''), starts.get(line) ?? 0), isMatch: starts.has(line) });
    }
  }
  return { path, lines: [...shown.values()].sort((one, other) => one.number - other.number), hasOverlong: false };
}
