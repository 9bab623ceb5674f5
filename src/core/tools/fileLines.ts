import type { Documents } from '../editor/documents.ts';
import type { Location } from '../editor/range.ts';
import type { PathGuard, ResolvedPath } from '../guard/pathGuard.ts';
import { cutAt } from './cutAt.ts';
import { nameFile, type NamedFile } from './nameFile.ts';

const longestLine = 200;

/** A file and its lines, undefined when they must not be shown, or cannot. */
export interface FileLines extends NamedFile {
  readonly lines: readonly string[] | undefined;
}

/** Looks at files by absolute path, each once: what would take a question is only named, never read. */
export function createFileLines({ guard, documents }: { readonly guard: PathGuard; readonly documents: Documents }): (path: string) => Promise<FileLines> {
  const known = new Map<string, Promise<FileLines>>();
  const look = async (path: string): Promise<FileLines> => {
    const named = await nameFile(path, guard);
    return { ...named, lines: named.open === undefined ? undefined : await linesOf(named.open, documents) };
  };
  return async (path) => {
    const found = known.get(path) ?? look(path);
    known.set(path, found);
    return found;
  };
}

/** Undefined for a file that is gone or no text: then a place in it is all there is to say. */
async function linesOf(place: ResolvedPath, documents: Documents): Promise<readonly string[] | undefined> {
  try {
    return (await documents.read(place)).text.split('\n');
  } catch {
    return undefined;
  }
}

/** `src/a.ts:3:7`, and what stands on that line, if that may be shown. */
export async function describeLocation({ path, range }: Location, look: (path: string) => Promise<FileLines>): Promise<string> {
  const { display, open, lines } = await look(path);
  const at = `${display}:${range.start.line}:${range.start.column}`;
  if (open === undefined) return `${at} (text not shown: not an ordinary file of the workspace)`;
  const text = lines?.[range.start.line - 1]?.trim();
  return text === undefined || text === '' ? at : `${at}: ${cutAt(text, longestLine)}`;
}

/** Locations, each once, by file and line. */
export function inOrder<Entry extends Location>(locations: readonly Entry[]): readonly Entry[] {
  const seen = new Map<string, Entry>();
  for (const location of locations) {
    const { path, range } = location;
    const key = `${path}\0${range.start.line}:${range.start.column}`;
    if (!seen.has(key)) seen.set(key, location);
  }
  return [...seen.values()].sort((one, other) => compare(one.path, other.path) || one.range.start.line - other.range.start.line || one.range.start.column - other.range.start.column);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
