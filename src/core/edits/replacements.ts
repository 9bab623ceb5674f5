import { breathing } from '../breathe.ts';
import { createLocator, type Locator, type Place } from './locate.ts';
import { holds, mostPlaces } from './occurrences.ts';
import { explainAbsent, explainMany, type Explained } from './explainSearch.ts';

/** One text for another, as the model asks for it; with `all`, wherever it stands. */
export interface Replacement {
  readonly search: string;
  readonly replace: string;
  readonly all: boolean;
}

/**
 * What became of replacements: the new text, with notes for the model; or what is wrong with the first few that cannot be
 * made, and then none is made.
 */
export type Replaced = { readonly after: string; readonly notes: readonly string[] } | { readonly problems: readonly Explained[] };

const most = { characters: 8 * 1024 * 1024, problems: 3 } as const;

/**
 * The text with all replacements made, each located in the text as it is given, so that their order says nothing. Texts
 * end their lines with `\n`. An empty search stands for the whole of an empty text, and for nothing else. Others get their
 * turn between two replacements; throws the signal's reason once it has aborted.
 */
export async function replaceIn(text: string, replacements: readonly Replacement[], signal: AbortSignal): Promise<Replaced> {
  const breathe = breathing(signal);
  const locator = createLocator(text);
  const results: Result[] = [];
  const problems: Explained[] = [];
  for (const [index, replacement] of replacements.entries()) {
    await breathe();
    const result = placesOf(text, locator, replacement, index);
    if ('problem' in result) problems.push(result.problem);
    if (problems.length >= most.problems) break;
    results.push(result);
  }
  if (problems.length > 0) return { problems };
  await breathe();

  const splices = results.flatMap((result) => ('splices' in result ? result.splices : [])).sort((one, other) => one.from - other.from || one.to - other.to);
  for (const [index, splice] of splices.entries()) {
    const before = splices[index - 1];
    if (before !== undefined && (splice.from < before.to || splice.from === before.from)) {
      return { problems: [{ text: `${nameOf(before.edit)} and ${nameOf(splice.edit)} overlap at line ${splice.line}. Make them one edit, or search for less.` }] };
    }
  }
  const length = splices.reduce((sum, { from, to, text: written }) => sum + written.length - (to - from), text.length);
  if (length > most.characters) return { problems: [{ text: `the file would have ${length} characters, more than the ${most.characters} that may be written. Change less at once.` }] };
  const after = spliced(text, splices);
  if (after === text) return { problems: [{ text: noChange }] };
  return { after, notes: results.flatMap((result) => ('notes' in result ? result.notes : [])) };
}

interface Splice {
  readonly edit: number;
  readonly from: number;
  readonly to: number;
  readonly line: number;
  readonly text: string;
}

type Result = { readonly splices: readonly Splice[]; readonly notes: readonly string[] } | { readonly problem: Explained };

const noChange = 'the text would stay as it is: search and replace come to the same. A hidden character that read_file writes out, as \\u{200B}, stands for the character itself.';

function placesOf(text: string, locator: Locator, { search, replace, all }: Replacement, edit: number): Result {
  const wrong = (words: string): Result => ({ problem: { text: `${nameOf(edit)}: ${words}` } });
  if (search === '') {
    if (text !== '') return wrong('search is empty, but the file is not. Copy the lines to be replaced, or the line next to which something is to be put in.');
    return { splices: [{ edit, from: 0, to: 0, line: 1, text: replace }], notes: [] };
  }
  const { places, by } = locator.locate(search);
  if (places.length === 0) return { problem: prefixed(edit, explainAbsent(locator.lines, search, holds(text, replace) ? replace : '')) };
  if (places.length > mostPlaces) return wrong(`search is found more than ${mostPlaces} times. Search for more, so that it is found less often.`);
  if (places.length > 1 && !all) return { problem: prefixed(edit, explainMany(places.map(({ line }) => line))) };

  const splices: Splice[] = [];
  for (const place of apart(places)) {
    const rewritten = place.rewrite(replace);
    if ('problem' in rewritten) return wrong(`${rewritten.problem}.`);
    splices.push({ edit, from: place.from, to: place.to, line: place.line, text: rewritten.text });
  }
  const note = notes[by];
  const same = splices.every((splice) => text.slice(splice.from, splice.to) === splice.text);
  return { splices, notes: [...(note === undefined ? [] : [`${nameOf(edit)}: ${note}`]), ...(same ? [`${nameOf(edit)}: ${noChange}`] : [])] };
}

const notes = {
  exact: undefined,
  trailing: 'search was found without regard to blanks at the ends of lines.',
  indentation: 'search was found with another indentation, and replace was indented as the file is.',
  numbers: 'the line numbers of read_file were left out; they are not part of the file.',
} as const;

/** From the left as many as do not overlap. */
function apart(places: readonly Place[]): readonly Place[] {
  let end = 0;
  return places.filter(({ from, to }) => {
    if (from < end) return false;
    end = to;
    return true;
  });
}

function spliced(text: string, splices: readonly Splice[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { from, to, text: written } of splices) {
    pieces.push(text.slice(at, from), written);
    at = to;
  }
  return [...pieces, text.slice(at)].join('');
}

function nameOf(edit: number): string {
  return `edits[${edit}]`;
}

function prefixed(edit: number, { text, details }: Explained): Explained {
  return { text: `${nameOf(edit)}: ${text}`, details };
}
