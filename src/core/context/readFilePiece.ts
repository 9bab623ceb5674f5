import { inOneLine } from '../agent/explain.ts';
import { say, type LocalText } from '../../protocol/localText.ts';
import { ApplyError } from '../editor/documents.ts';
import type { ResolvedPath } from '../guard/pathGuard.ts';
import { FileError } from '../ports.ts';
import { fence } from '../tools/fence.ts';
import { readText, type NoText } from '../tools/readText.ts';
import { cap, cutNote, leftOut } from './capped.ts';
import { most, type ContextPorts, type Lines, type ReadPiece } from './piece.ts';

/** What a part of a file is, beside its lines. */
export interface Part {
  readonly lines: Lines;
  /** `Selected lines`, `function total`: what the lines are. */
  readonly name: string;
}

/** A file, or some of its lines, as it stands in the editor. */
export async function readFilePiece(place: ResolvedPath, part: Part | undefined, ports: ContextPorts): Promise<ReadPiece> {
  const text = await textAt(place, ports);
  if (typeof text !== 'string') return { label: labelOf(place.display, part?.lines), text: undefined, problem: text };
  const all = text.replace(/\r\n?/g, '\n').split('\n');
  if (all.at(-1) === '' && all.length > 1) all.pop();
  const lines = part && within(part.lines, all.length);
  if (part !== undefined && lines === undefined) return { label: labelOf(place.display, part.lines), text: undefined, problem: say('The file has only {0} lines by now.', all.length) };
  const capped = cap((lines === undefined ? all : all.slice(lines.first - 1, lines.last)).join('\n'), most.file);
  const name = inOneLine(place.display);
  const head = lines === undefined || part === undefined ? `Text of ${name}` : `${inOneLine(part.name)} of ${name}, ${inWords(lines)} of ${all.length}`;
  if (capped.text.trim() === '') return { label: labelOf(place.display, lines), text: `${name} is empty${lines === undefined ? '' : ' there'}.`, problem: undefined };
  return { label: labelOf(place.display, lines), text: [fence(head, capped.text), ...leftOut(capped)].join('\n'), problem: cutNote(capped) };
}

/** What a chip reads for a place in a file: `src/a.ts:3-9`. */
export function labelOf(display: string, lines: Lines | undefined): string {
  const shown = inOneLine(display);
  if (lines === undefined) return shown;
  return lines.first === lines.last ? `${shown}:${lines.first}` : `${shown}:${lines.first}-${lines.last}`;
}

/** The text of a place, or why a person cannot have it attached. */
export async function textAt(place: ResolvedPath, ports: ContextPorts): Promise<string | LocalText> {
  try {
    const text = await readText(place, ports);
    return typeof text === 'string' ? text : refusalOf(text);
  } catch (error) {
    if (error instanceof ApplyError) return error.reason === 'binary' ? refusalOf({ reason: 'binary', size: 0 }) : say('It could not be read.');
    if (!(error instanceof FileError)) throw error;
    return error.reason === 'missing' ? say('It is not there any more.') : error.reason === 'denied' ? say('You may not read it.') : say('It could not be read.');
  }
}

function refusalOf({ reason, size }: NoText): LocalText {
  switch (reason) {
    case 'large':
      return say('It is too large: {0} MiB. Select the part that matters and attach that.', Math.round(size / 1024 / 1024));
    case 'replaced':
      return say('Another file took its place. Attach it again.');
    case 'binary':
      return say('It is no text.');
  }
}

/** As many of the lines as there are; undefined when none are. */
function within({ first, last }: Lines, count: number): Lines | undefined {
  return first > count ? undefined : { first, last: Math.min(last, count) };
}

function inWords({ first, last }: Lines): string {
  return first === last ? `line ${first}` : `lines ${first} to ${last}`;
}
