import type { Glob, Segment, Token } from './glob.ts';

/*
 * Globs for programs that read `.gitignore` lines, written anew from what was read, so that nothing in them can mean more
 * to the program than to us. Ripgrep takes `?` and sets byte by byte (15.0: `a?c` does not fit `aéc`) and cuts white space
 * of any script off the end of a line.
 */

const letters = /^[\p{L}\p{N}_.]$/u;
const safely = /^[ -~]$/;
const asciiLetter = /^[A-Za-z0-9_.]$/;

/**
 * One line for each alternative: each begins with `/` or `**`, and nothing in it is an option, a comment or a negation.
 * Undefined when the program would read it differently.
 */
export function gitignoreLines({ alternatives }: Glob): readonly string[] | undefined {
  const tokens = alternatives.flat().flatMap((segment) => (segment === '**' ? [] : segment.tokens));
  return tokens.every(isExact) ? alternatives.map((segments) => line(segments, exact)) : undefined;
}

/**
 * The lines of an ignore file that leaves alone what may fit one of these globs or lie in what does, and ignores the rest;
 * it may leave more alone than fits. Of the folders only those are left that lead to what fits one of `folders`.
 */
export function onlyLines(globs: readonly Glob[], folders: readonly Glob[]): readonly string[] {
  const wanted = globs.flatMap(({ alternatives }) => alternatives.flatMap(fileLines));
  // The last line that fits decides: one for files may not bring back a folder that leads nowhere.
  return [...new Set(['*', ...wanted.map((one) => `!${one}`), '*/', ...folders.flatMap(({ alternatives }) => alternatives.flatMap(folderLines)).map((one) => `!${one}`)])];
}

/** What fits and what lies in it; our `a/**` fits `a` itself, that of an ignore file does not. */
function fileLines(segments: readonly Segment[]): readonly string[] {
  const names = segments.slice(0, segments.findLastIndex((segment) => segment !== '**') + 1);
  const inside = line([...names, '**'], roughly);
  return names.length === 0 ? [inside] : [line(names, roughly), inside];
}

/** The folders on the way to what fits, and all below the place from which on it is not said which. */
function folderLines(segments: readonly Segment[]): readonly string[] {
  const deep = segments.indexOf('**');
  const names = deep === -1 ? segments : segments.slice(0, deep);
  if (names.length === 0) return ['*/'];
  return [...names.map((_, index) => `${line(names.slice(0, index + 1), roughly)}/`), `${line([...names, '**'], roughly)}/`];
}

function line(segments: readonly Segment[], write: (tokens: readonly Token[]) => string): string {
  const text = segments.map((segment) => (segment === '**' ? '**' : write(segment.tokens))).join('/');
  return segments[0] === '**' ? text : `/${text}`;
}

function isExact(token: Token): boolean {
  if (token.is === 'one') return letters.test(token.character) || safely.test(token.character);
  return token.is === 'many' || isPlainSet(token);
}

function isPlainSet(token: Token): boolean {
  return token.is === 'set' && !token.negated && token.ranges.length > 0 && token.ranges.flat().every((character) => asciiLetter.test(character));
}

function exact(tokens: readonly Token[]): string {
  return tokens.map((token) => (token.is === 'one' ? (letters.test(token.character) ? token.character : `\\${token.character}`) : token.is === 'set' ? setOf(token) : '*')).join('');
}

/** With `*` for whatever is not beyond doubt; never two of them, which would be folders. */
function roughly(tokens: readonly Token[]): string {
  return tokens.map((token) => (token.is === 'one' && letters.test(token.character) ? token.character : isPlainSet(token) ? setOf(token) : '*')).join('').replace(/\*+/g, '*');
}

function setOf(token: Token): string {
  return token.is === 'set' ? `[${token.ranges.map(([low, high]) => (low === high ? low : `${low}-${high}`)).join('')}]` : '*';
}
