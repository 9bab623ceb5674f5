import { cutAt } from '../tools/cutAt.ts';
import { closestLines } from './closest.ts';
import { hasLineNumbers } from './lineNumbers.ts';

/** What is wrong, in words that the model can act on, and numbered lines of the text, which are data. */
export interface Explained {
  readonly text: string;
  readonly details?: { readonly label: string; readonly lines: string } | undefined;
}

const most = { places: 20, lines: 40, lineLength: 300, around: 2 } as const;

/** Of a search that is found in several places; `lines` are the numbers of the lines where they begin, from 1. */
export function explainMany(lines: readonly number[]): Explained {
  const distinct = [...new Set(lines)];
  const shown = distinct.slice(0, most.places).join(', ');
  const more = distinct.length > most.places ? ` and ${distinct.length - most.places} more` : '';
  return { text: `search is found ${lines.length} times, on ${distinct.length === 1 ? 'line' : 'lines'} ${shown}${more}. Add the lines before or after it until only one place fits, or set replace_all to change all.` };
}

/** Of a search that is nowhere; `present` is the replacement where that stands in the text already, else empty. */
export function explainAbsent(lines: readonly string[], search: string, present: string): Explained {
  const numbers = hasLineNumbers(search) ? ' The numbers that read_file puts before each line are not part of the file: leave them out.' : '';
  const already = present.trim().length > 3 ? ' The text of replace already stands in the file: perhaps this was done before.' : '';
  const written = search.split('\n');
  const closest = closestLines(lines, written);
  const advice = 'It must be copied exactly, with its blanks and line breaks';
  if (closest === undefined) return { text: `search is not in the file, nor anything much like it. ${advice}; use read_file to see what the file holds.${numbers}${already}` };
  const from = Math.max(0, closest.from - most.around);
  const to = Math.min(lines.length, closest.to + most.around, from + most.lines);
  const shown = lines.slice(from, to).map((line, index) => `${from + index + 1}\t${cutAt(line, most.lineLength, 'line cut')}`);
  return {
    text: `search is not in the file. ${advice}; the lines that come closest are below.${numbers}${already}`,
    details: { label: `lines ${from + 1} to ${to} of ${lines.length}`, lines: shown.join('\n') },
  };
}
