import { showHidden } from '../../protocol/hiddenCharacters.ts';
import type { Documents } from '../editor/documents.ts';
import type { Location } from '../editor/range.ts';
import type { PathGuard, ResolvedPath } from '../guard/pathGuard.ts';
import { cutAt } from './listPage.ts';

const longestLine = 200;

/** A file that somebody else than the model named: a language server, or version control. */
export interface NamedFile {
  /** How the person knows it. */
  readonly display: string;
  /** May be read without a question. */
  readonly isOpenToAll: boolean;
  /** Undefined when its content must not be shown, or cannot. */
  readonly lines: readonly string[] | undefined;
}

/** Looks at files by absolute path, each once: what would take a question is only named, never read. */
export function createFileLines({ guard, documents }: { readonly guard: PathGuard; readonly documents: Documents }): (path: string) => Promise<NamedFile> {
  const known = new Map<string, Promise<NamedFile>>();
  const look = async (path: string): Promise<NamedFile> => {
    const place = await guard.resolve(path, 'read');
    if (place.class === 'denied') return { display: showHidden(path), isOpenToAll: false, lines: undefined };
    const isOpenToAll = place.class === 'inside';
    return { display: place.display, isOpenToAll, lines: isOpenToAll ? await linesOf(place, documents) : undefined };
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
export async function describeLocation({ path, range }: Location, look: (path: string) => Promise<NamedFile>): Promise<string> {
  const { display, isOpenToAll, lines } = await look(path);
  const at = `${display}:${range.start.line}:${range.start.column}`;
  if (!isOpenToAll) return `${at} (text not shown: not an ordinary file of the workspace)`;
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
