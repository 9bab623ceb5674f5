import * as v from 'valibot';
import { holds, mostPlaces, textOccurrences } from '../edits/occurrences.ts';
import type { Documents } from '../editor/documents.ts';
import { ApplyError } from '../editor/documents.ts';
import type { Position } from '../editor/range.ts';
import type { ResolvedPath } from '../guard/pathGuard.ts';
import { FileError } from '../ports.ts';
import { fence } from './fence.ts';
import { filePath } from './filePath.ts';
import { cutAt } from './cutAt.ts';
import { openFile } from './openFile.ts';
import { refuse, type ToolContext, type ToolResult } from './tool.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(1));

/** Some text of one line that a model names. The length stands not in the schema that goes over the wire: nothing that is meant gets near it. */
export const symbolText = v.pipe(v.string(), v.minLength(1), v.check((text) => text.length <= 500, 'must have at most 500 characters; name a shorter part'));

/** How a model names a place: models count columns badly, so by the text that stands there. */
export const symbolAt = {
  path: filePath,
  line: v.pipe(count, v.description('Line of the symbol, counted from 1.')),
  symbol: v.pipe(symbolText, v.description('Its name, as it is written on that line.')),
  occurrence: v.optional(v.pipe(count, v.description('Which one, when the line has the name several times. The first when left out.'))),
};

export interface NamedSymbol {
  readonly path: string;
  readonly line: number;
  readonly symbol: string;
  readonly occurrence?: number | undefined;
}

/** Where a symbol stands; `end` is behind its last character. */
export interface SymbolPlace {
  readonly place: ResolvedPath;
  readonly start: Position;
  readonly end: Position;
}

/** Finds a symbol on its line, in the text as the editor has it; when it is not there, the refusal says where it is. */
export async function findSymbol(tool: string, named: NamedSymbol, context: ToolContext & { readonly documents: Documents }): Promise<SymbolPlace | ToolResult> {
  const place = await openFile(tool, named.path, context);
  if ('status' in place) return place;
  const lines = await readLines(tool, place, context.documents);
  return 'status' in lines ? lines : symbolIn(tool, named, { place, lines: lines.lines });
}

/** The lines of a file, or why they cannot be had. */
export async function readLines(tool: string, place: ResolvedPath, documents: Documents): Promise<{ readonly lines: readonly string[] } | ToolResult> {
  try {
    return { lines: (await documents.read(place)).text.split('\n') };
  } catch (error) {
    if (error instanceof FileError || error instanceof ApplyError) return refuse(`${tool} cannot look into "${place.display}": ${error.message}`);
    throw error;
  }
}

/** {@link findSymbol} in lines that have been read. */
export function symbolIn(tool: string, { line, symbol, occurrence = 1 }: NamedSymbol, { place, lines }: { readonly place: ResolvedPath; readonly lines: readonly string[] }): SymbolPlace | ToolResult {
  const found = columnsOf(symbol, lines[line - 1] ?? '');
  const column = found[occurrence - 1];
  if (column !== undefined) return { place, start: { line, column }, end: { line, column: column + symbol.length } };
  const name = cutAt(symbol, 100);
  if (found.length > mostPlaces) return refuse(`${tool} was not run: line ${line} of ${place.display} has "${name}" more than ${mostPlaces} times. Name more of what stands there.`);
  if (found.length > 0) return refuse(`${tool} was not run: line ${line} of ${place.display} has "${name}" only ${found.length === 1 ? 'once' : `${found.length} times`}. Call again with an occurrence of at most ${found.length}.`);
  const nearest = linesWith(symbol, lines, line);
  if (nearest.length === 0) return refuse(`${tool} was not run: "${name}" stands nowhere in ${place.display}. Read the file, or look for the name with search_text.`);
  const shown = nearest.map((number) => `${number}\t${cutAt(lines[number - 1] ?? '', 200)}`).join('\n');
  return refuse(`${tool} was not run: "${name}" does not stand on line ${line}. Call again with one of these lines.\n${fence(`Lines of ${place.display} that have it, the nearest ones`, shown)}`);
}

/** The columns, from 1, at which a name stands as a word of its own; if there are none, at which it stands at all. Of very many the first {@link mostPlaces} and one. */
export function columnsOf(name: string, line: string): readonly number[] {
  const all = textOccurrences(line, name).map((from) => from + 1);
  const words = all.filter((column) => !joins(line.slice(0, column - 1), name) && !joins(name, line.slice(column - 1 + name.length)));
  return words.length > 0 ? words : all;
}

/** Whether two texts written one after the other would run into one word. */
function joins(before: string, after: string): boolean {
  return /[\p{ID_Continue}$]$/u.test(before.slice(-2)) && /^[\p{ID_Continue}$]/u.test(after);
}

/** Up to five lines that have the name, the nearest to `line`, in the order of the file. */
function linesWith(name: string, lines: readonly string[], line: number): readonly number[] {
  const found: number[] = [];
  const last = Math.min(line, lines.length);
  const look = (number: number): void => {
    if (found.length < 5 && holds(lines[number - 1] ?? '', name)) found.push(number);
  };
  for (let distance = 0; found.length < 5 && distance < lines.length; distance += 1) {
    look(last - distance);
    if (distance > 0) look(last + distance);
  }
  return found.sort((one, other) => one - other);
}
