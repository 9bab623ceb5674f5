import { exactly, type Glob } from '../../core/editor/glob.ts';
import { gitignoreLines, onlyLines } from '../../core/editor/gitignoreLines.ts';
import type { SearchScope, TextQuery } from '../../core/editor/search.ts';
import { excludesOf } from './scope.ts';
import { largestFile, type SearchSettings } from './searchSettings.ts';

/*
 * What ripgrep is started with. Every value is joined to its option with `=` or stands behind `--`, so that none can be
 * an option itself; nothing here makes ripgrep start another program, follow a link or read a configuration.
 */
const always = ['--no-config', '--no-messages', '--no-follow', '--hidden', '--color=never'] as const;

/** How files are listed. */
export interface ListingOptions {
  /** The path of a file with the {@link wantedLines}. */
  readonly wanted?: string | undefined;
  readonly order?: 'newest' | undefined;
}

/** Lists the files of a scope, each path ended by a NUL. */
export function listingArguments(scope: SearchScope, settings: SearchSettings, { wanted, order }: ListingOptions = {}): readonly string[] {
  return [...always, '--files', '--null', ...(order === 'newest' ? ['--sortr=modified'] : []), ...ignoring(scope, settings), ...choosing(scope, settings, wanted), '--', '.'];
}

/** Searches the files of a scope, answering in JSON; `wanted` is the path of a file with the {@link wantedLines}. */
export function textArguments(query: TextQuery, settings: SearchSettings, wanted?: string): readonly string[] {
  return [
    ...always,
    ...ignoring(query, settings),
    ...choosing(query, settings, wanted),
    `--max-filesize=${largestFile}`,
    `--encoding=${encodingLabel(settings.encoding)}`,
    ...matching(query),
    '--',
    '.',
  ];
}

/** Searches what is written to its standard input, as UTF-8. */
export function inputArguments(query: TextQuery): readonly string[] {
  return [...always, ...matching(query), '--', '-'];
}

function matching(query: TextQuery): readonly string[] {
  return [
    '--json',
    '--crlf',
    // What cannot be searched in linear time is refused with ripgrep's own words.
    '--engine=default',
    '--no-multiline',
    query.isCaseSensitive ? '--case-sensitive' : '--ignore-case',
    ...(query.isRegex ? [] : ['--fixed-strings']),
    ...(query.isWholeWord ? ['--word-regexp'] : []),
    `--context=${query.context}`,
    // One more than is wanted tells that there are more.
    `--max-count=${query.most + 1}`,
    `--regexp=${query.pattern}`,
  ];
}

function ignoring(scope: SearchScope, settings: SearchSettings): readonly string[] {
  if (scope.includesIgnored || !settings.usesIgnoreFiles) return ['--no-ignore'];
  return ['--no-require-git', ...(settings.usesParentIgnoreFiles ? [] : ['--no-ignore-parent']), ...(settings.usesGlobalIgnoreFiles ? [] : ['--no-ignore-global'])];
}

/** The globs of {@link excludesOf} that ripgrep cannot be given. */
export function excludesLeft(scope: SearchScope, settings: SearchSettings): readonly Glob[] {
  return excludesOf(scope, settings).filter((glob) => gitignoreLines(glob) === undefined);
}

function choosing(scope: SearchScope, settings: SearchSettings, wanted: string | undefined): readonly string[] {
  const lines = excludesOf(scope, settings).flatMap((glob) => gitignoreLines(glob) ?? []);
  return [...(wanted === undefined ? [] : [`--ignore-file=${wanted}`]), ...['**/.git', ...lines].map((line) => `--glob=!${line}`)];
}

/**
 * The lines of an ignore file that leaves what may belong to a search; undefined when every file may. Ripgrep's include
 * globs would override the ignore files of the tree; a file given with `--ignore-file` comes after them, and counts also
 * with `--no-ignore`. Without it the search reads more, and finds the same once paths are filtered.
 */
export function wantedLines({ include, under }: SearchScope): readonly string[] | undefined {
  const place = under === '' ? [] : [exactly(under)];
  const wanted = include.length > 0 ? include : place;
  return wanted.length === 0 ? undefined : onlyLines(wanted, place.length > 0 ? place : include);
}

const encodings: ReadonlyMap<string, string> = new Map([
  ['gb2312', 'gbk'],
  ['gbk', 'gbk'],
  ['gb18030', 'gb18030'],
  ['big5hkscs', 'big5-hkscs'],
  ['cp950', 'big5'],
  ['shiftjis', 'shift_jis'],
  ['eucjp', 'euc-jp'],
  ['euckr', 'euc-kr'],
  ['utf16le', 'utf-16le'],
  ['utf16be', 'utf-16be'],
  ['koi8r', 'koi8-r'],
  ['koi8u', 'koi8-u'],
  ['macroman', 'macintosh'],
]);

/** VS Code's name of an encoding in ripgrep's words, which are those of web pages; `auto` goes by the byte order mark. */
function encodingLabel(encoding: string): string {
  const windows = /^windows(\d{3,4})$/.exec(encoding)?.[1];
  if (windows !== undefined) return `windows-${windows}`;
  const iso = /^iso8859(\d{1,2})$/.exec(encoding)?.[1];
  return iso !== undefined ? `iso-8859-${iso}` : (encodings.get(encoding) ?? 'auto');
}
