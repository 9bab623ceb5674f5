import { declaredName, endOf, isComment, shifted, type Region } from './codeRegion.ts';
import { indentOf } from './indentation.ts';
import { createLocator } from './locate.ts';

/**
 * Where a block of code of an answer belongs in a text. `found`: the text with the block in place of what it is another
 * version of; `same`: it stands there already; `unknown`: the person has to say.
 */
export type PlacedCode = { readonly kind: 'found'; readonly after: string } | { readonly kind: 'same' } | { readonly kind: 'unknown' };

const elision = /^\s*(?:(?:\/\/|#|\/\*|--|<!--|\*|"|;)\s*(?:\.{3}|…)|(?:\.{3}|…)(?![\w$([{]))/;
const saidElision = /^\s*(?:\/\/|#|\/\*|--|<!--).{0,60}(?:existing|rest of|remaining|unchanged|other) (?:the )?(?:code|file|methods?|functions?|lines|as before|content)/i;

/** Whether a block leaves out what it expects the reader to know, so that it must not stand for the whole of anything. */
export function isElided(code: string): boolean {
  return code.split('\n').some((line) => elision.test(line) || saidElision.test(line));
}

/** Characters of a first line that are looked at for the name of a file. */
const longestHead = 300;

/** The block without blank lines around it, and without the comment at its head that only names the file. */
export function codeLines(code: string, path: string | undefined): readonly string[] {
  const lines = code.replace(/\r\n?/g, '\n').split('\n');
  const name = path?.slice(path.lastIndexOf('/') + 1);
  const from = lines.findIndex((line) => line.trim() !== '');
  // A comment that names a file is short, and a line may have a million blanks.
  const first = (lines[from] ?? '').trim();
  const head = first.length > longestHead ? '' : first;
  const namesFile = name !== undefined && name !== '' && /^(?:\/\/|#|--|\/\*|<!--|;)\s*(?:file(?:name)?:\s*)?[\w@./\\()[\]-]+\s*(?:\*\/|-->)?$/i.test(head) && head.replace(/\s*(?:\*\/|-->)$/, '').endsWith(name);
  const rest = lines.slice(Math.max(0, namesFile ? from + 1 : from));
  const start = rest.findIndex((line) => line.trim() !== '');
  const end = rest.findLastIndex((line) => line.trim() !== '');
  return start === -1 ? [] : rest.slice(start, end + 1);
}

/**
 * Places a block: by its first and last lines, or by the one function, class or the like that it declares. `\n` ends the
 * lines of both. Never by a guess: two places are none.
 */
export function placeCode(text: string, code: readonly string[]): PlacedCode {
  if (code.length === 0) return { kind: 'same' };
  const lines = text.split('\n');
  const block = code.join('\n');
  if (createLocator(text).locate(block).places.length > 0) return { kind: 'same' };
  if (isElided(block)) return { kind: 'unknown' };
  const region = byEnds(lines, code) ?? byDeclaration(lines, code);
  if (region === undefined) return { kind: 'unknown' };
  const written = shifted(code, { written: indentOf(code[region.at] ?? ''), wanted: indentOf(lines[region.anchor] ?? '') });
  return { kind: 'found', after: [...lines.slice(0, region.from), ...written, ...lines.slice(region.to + 1)].join('\n') };
}

/** A region with two lines that stand for each other: `at` in the code, `anchor` in the text. */
interface Anchored extends Region {
  readonly at: number;
  readonly anchor: number;
}

/** From the line that is like the block's first one up to the line that is like its last one. */
function byEnds(lines: readonly string[], code: readonly string[]): Anchored | undefined {
  const [first = '', last = ''] = [code[0], code.at(-1)];
  if (code.length < 2) return undefined;
  const starts = placesOf(lines, first);
  const [from] = starts;
  if (from === undefined || starts.length > 1 || isBare(first)) return undefined;
  const indent = indentOf(lines[from] ?? '');
  const ends = placesOf(lines, last).filter((line) => line > from);
  const to = ends.length === 1 && !isBare(last) ? ends[0] : endLike({ lines, code, from, last, indent });
  return to === undefined ? undefined : { from, to, at: 0, anchor: from };
}

/** Many things end in `}`: it is the end where nothing in the block ends so before, at the same depth. */
function endLike({ lines, code, from, last, indent }: { readonly lines: readonly string[]; readonly code: readonly string[]; readonly from: number; readonly last: string; readonly indent: string }): number | undefined {
  const isWhole = lines.slice(0, from).every((line) => line.trim() === '');
  const lastOfText = lines.findLastIndex((line) => line.trim() !== '');
  // A new version of the whole text.
  if (isWhole && lines[lastOfText]?.trim() === last.trim() && code.length > 0.6 * (lastOfText - from + 1)) return lastOfText;
  if (indentOf(last) !== indentOf(code[0] ?? '') || endOf(code, 0) !== code.length - 1) return undefined;
  const end = endOf(lines, from);
  return end !== undefined && lines[end]?.trim() === last.trim() && indentOf(lines[end] ?? '') === indent ? end : undefined;
}

/** By the one thing that the block declares, with the comments above it if the block has any. */
function byDeclaration(lines: readonly string[], code: readonly string[]): Anchored | undefined {
  const at = code.findIndex((line) => !isComment(line) && line.trim() !== '');
  const name = declaredName(code[at] ?? '');
  if (name === undefined || endOf(code, at) !== code.length - 1) return undefined;
  const [anchor, ...others] = [...lines.keys()].filter((index) => declaredName(lines[index] ?? '') === name);
  if (anchor === undefined || others.length > 0) return undefined;
  const to = endOf(lines, anchor);
  if (to === undefined) return undefined;
  const above = at === 0 ? anchor - 1 : lines.findLastIndex((line, index) => index < anchor && !isComment(line));
  const from = above + 1;
  return { from, to, at, anchor };
}

function placesOf(lines: readonly string[], wanted: string): readonly number[] {
  const trimmed = wanted.trim();
  return [...lines.keys()].filter((index) => lines[index]?.trim() === trimmed);
}

/** Brackets and the like, of which there are many. */
function isBare(line: string): boolean {
  return !/\w{2}/.test(line) || /^\s*(?:end|else|return|break|pass|fi|done|esac)\b\W*$/.test(line);
}
