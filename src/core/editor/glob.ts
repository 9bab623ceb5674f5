import { foldName } from '../guard/names.ts';

/*
 * Globs of a model and of settings, matched here in time that grows with glob × path: a regular expression made of
 * `*a*a*a*a*b` would not (docs/safety.md B28).
 */

/** One character of a name: itself, any, one of a set; or any number of them. */
export type Token = { readonly is: 'one'; readonly character: string } | { readonly is: 'any' } | { readonly is: 'many' } | { readonly is: 'set'; readonly negated: boolean; readonly ranges: readonly (readonly [string, string])[] };

interface Name {
  readonly tokens: readonly Token[];
  readonly fits: (name: string) => boolean;
}

/** A name, or any number of folders. */
export type Segment = '**' | Name;

/** Alternatives, each a row of segments from the folder on; see {@link readGlob} and {@link settingGlob}. */
export interface Glob {
  readonly alternatives: readonly (readonly Segment[])[];
}

const most = { characters: 500, alternatives: 100, segments: 50 } as const;

/**
 * A glob as models write them: without a slash it fits names in any folder, otherwise it counts from the workspace folder.
 * A string is why it is none, for the model: it must not lead out of the folder (docs/safety.md B18).
 */
export function readGlob(text: string): Glob | string {
  const path = text.trim().replace(/\\(?![*?[\]{}!])/g, '/').replace(/^(\.\/)+/, '').replace(/\/+$/, '');
  if (path === '' || path === '.') return 'it is empty';
  if (/\p{Cc}/u.test(path)) return 'it has a control character';
  if (path.length > most.characters) return `it has more than ${most.characters} characters`;
  if (path.startsWith('!')) return 'it begins with "!"; say what is to be left out with exclude';
  if (/^\/|^[a-z]:|^~|^\$/i.test(path)) return 'it is absolute; write it relative to the workspace folder, or as "**/name"';
  const glob = parse(path, path.includes('/') ? [] : ['**']);
  if (typeof glob === 'string') return glob;
  return glob.alternatives.some(leaves) ? 'it leads out of the workspace folder with ".."; only the workspace is searched' : glob;
}

/** A glob as VS Code's settings have them: it counts from the workspace folder. Undefined for one that cannot be read. */
export function settingGlob(text: string): Glob | undefined {
  const glob = parse(text.replaceAll('\\', '/').replace(/^\/+|\/+$/g, ''), []);
  return typeof glob === 'string' || glob.alternatives.some((segments) => segments.length === 0 || leaves(segments)) ? undefined : glob;
}

function leaves(segments: readonly Segment[]): boolean {
  // Two full-width dots are two dots for some file systems.
  return segments.some((segment) => segment !== '**' && segment.tokens.every(({ is }) => is === 'one') && foldName(literal(segment.tokens)) === '..');
}

function literal(tokens: readonly Token[]): string {
  return tokens.map((token) => (token.is === 'one' ? token.character : '')).join('');
}

function parse(text: string, prefix: readonly Segment[]): Glob | string {
  const expanded = expandBraces(text);
  if (expanded === undefined) return `it has more than ${most.alternatives} alternatives`;
  const alternatives = expanded.map((one) => [...prefix, ...one.split('/').filter((part) => part !== '' && part !== '.').map(readSegment)]);
  return alternatives.some((segments) => segments.length > most.segments) ? `it has more than ${most.segments} folders` : { alternatives };
}

/** `a{b,c{d,e}}` as `ab`, `acd`, `ace`; braces without a partner or a comma are what they are. */
function expandBraces(text: string): readonly string[] | undefined {
  const done: string[] = [];
  const open = [text];
  for (let one = open.shift(); one !== undefined; one = open.shift()) {
    const brace = innermost(one);
    if (brace === undefined) done.push(one);
    else open.push(...brace.parts.map((part) => `${brace.before}${part}${brace.after}`));
    if (done.length + open.length > most.alternatives) return undefined;
  }
  return done.map((one) => one.replaceAll('\u0001', '\\{').replaceAll('\u0002', '\\}'));
}

function innermost(text: string): { readonly before: string; readonly parts: readonly string[]; readonly after: string } | undefined {
  const found = /^(?<before>[^]*(?<!\\))?\{(?<inside>(?:\\.|[^{}\\])*)\}(?<after>[^]*)$/.exec(text);
  if (found?.groups === undefined) return undefined;
  const { before = '', inside = '', after = '' } = found.groups;
  return { before, parts: inside.includes(',') ? inside.split(',') : [`\u0001${inside}\u0002`], after };
}

function readSegment(text: string): Segment {
  if (text === '**') return '**';
  const characters = Array.from(text);
  const tokens: Token[] = [];
  for (let index = 0; index < characters.length; index += 1) {
    const character = characters[index] ?? '';
    const set = character === '[' ? readSet(characters, index) : undefined;
    if (set !== undefined) {
      tokens.push(set.token);
      index = set.end;
    } else if (character === '*') {
      if (tokens.at(-1)?.is !== 'many') tokens.push({ is: 'many' });
    } else if (character === '?') tokens.push({ is: 'any' });
    else if (character === '\\' && index + 1 < characters.length) tokens.push({ is: 'one', character: characters[(index += 1)] ?? '' });
    else tokens.push({ is: 'one', character });
  }
  return nameOf(tokens);
}

function readSet(characters: readonly string[], start: number): { readonly token: Token; readonly end: number } | undefined {
  const negated = characters[start + 1] === '!' || characters[start + 1] === '^';
  const first = start + (negated ? 2 : 1);
  // A bracket that comes first is one of the set.
  const end = characters.indexOf(']', first + 1);
  if (end === -1) return undefined;
  const ranges: (readonly [string, string])[] = [];
  for (let index = first; index < end; index += 1) {
    const low = characters[index] ?? '';
    const high = characters[index + 1] === '-' && index + 2 < end ? (characters[index + 2] ?? low) : low;
    if (high !== low) index += 2;
    if (codeOf(low) <= codeOf(high)) ranges.push([low, high]);
  }
  return { token: { is: 'set', negated, ranges }, end };
}

/** Whether a path fits, itself and not only a folder in it. */
export function fits(glob: Glob, path: string): boolean {
  const names = path.split('/');
  return glob.alternatives.some((segments) => fitsNames(segments, names));
}

/** Whether a path fits, or a folder that it lies in. */
export function covers(glob: Glob, path: string): boolean {
  return fits(contentsOf(glob), path);
}

function fitsNames(segments: readonly Segment[], names: readonly string[]): boolean {
  return wildcard(segments, names, (segment) => segment === '**', (segment, name) => segment !== '**' && segment.fits(name));
}

/** The usual names, `src`, `*.ts` and `test*`, are compared as texts: there are very many paths. */
function nameOf(tokens: readonly Token[]): Name {
  const [first, ...rest] = tokens;
  const text = literal(tokens);
  if (tokens.every(({ is }) => is === 'one')) return { tokens, fits: (name) => name === text };
  if (first?.is === 'many' && rest.every(({ is }) => is === 'one')) return { tokens, fits: (name) => name.endsWith(text) };
  if (tokens.at(-1)?.is === 'many' && tokens.slice(0, -1).every(({ is }) => is === 'one')) return { tokens, fits: (name) => name.startsWith(text) };
  return { tokens, fits: (name) => wildcard(tokens, Array.from(name), ({ is }) => is === 'many', fitsCharacter) };
}

function fitsCharacter(token: Token, character: string): boolean {
  if (token.is === 'one') return token.character === character;
  if (token.is === 'set') return token.ranges.some(([low, high]) => codeOf(low) <= codeOf(character) && codeOf(character) <= codeOf(high)) !== token.negated;
  return token.is === 'any';
}

/** Matching with one place to return to: what the last of the wildcards has taken may grow, no earlier one has to. */
function wildcard<Part, Thing>(parts: readonly Part[], things: readonly Thing[], isMany: (part: Part) => boolean, fitsOne: (part: Part, thing: Thing) => boolean): boolean {
  let [part, thing] = [0, 0];
  let back: { readonly part: number; thing: number } | undefined;
  while (thing < things.length) {
    const [wanted, given] = [parts[part], things[thing]];
    if (wanted !== undefined && isMany(wanted)) {
      part += 1;
      back = { part, thing };
    } else if (wanted !== undefined && given !== undefined && fitsOne(wanted, given)) {
      part += 1;
      thing += 1;
    } else if (back !== undefined) {
      back.thing += 1;
      ({ part, thing } = back);
    } else return false;
  }
  return parts.slice(part).every(isMany);
}

/** A glob that fits this one path and nothing else. */
export function exactly(path: string): Glob {
  return { alternatives: [path.split('/').filter((name) => name !== '').map((name) => nameOf(Array.from(name, (character) => ({ is: 'one', character }) as const)))] };
}

/** A glob for all that lies below what this one fits. */
export function contentsOf(glob: Glob): Glob {
  let contents = contentsOfGlobs.get(glob);
  if (contents === undefined) contentsOfGlobs.set(glob, (contents = { alternatives: glob.alternatives.map((segments) => [...segments, '**' as const]) }));
  return contents;
}

const contentsOfGlobs = new WeakMap<Glob, Glob>();

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}
