import { contentsOf, exactly, gitignoreLines, type Glob } from '../../core/editor/glob.ts';
import type { SearchScope, TextQuery } from '../../core/editor/search.ts';
import { excludesOf } from './scope.ts';
import { largestFile, type SearchSettings } from './searchSettings.ts';

/*
 * What ripgrep is started with. Every value is joined to its option with `=` or stands behind `--`, so that none can be
 * an option itself; nothing here makes ripgrep start another program, follow a link or read a configuration.
 */
const always = ['--no-config', '--no-messages', '--no-follow', '--hidden', '--color=never'] as const;

/** Lists the files of a scope, each path ended by a NUL: all that ignore files leave, for the include globs would override them. */
export function listingArguments(scope: SearchScope, settings: SearchSettings, order: 'none' | 'newest' = 'none'): readonly string[] {
  return [...always, '--files', '--null', ...(order === 'newest' ? ['--sortr=modified'] : []), ...ignoring(scope, settings), ...excluding(scope, settings), '--', '.'];
}

/** Searches the files of a scope, answering in JSON. Its include globs override ignore files: what it finds has to be checked against the listing. */
export function textArguments(query: TextQuery, settings: SearchSettings): readonly string[] {
  return [
    ...always,
    ...ignoring(query, settings),
    ...(includesOf(query) ?? []).map((line) => `--glob=${line}`),
    ...excluding(query, settings),
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

function excluding(scope: SearchScope, settings: SearchSettings): readonly string[] {
  const lines = excludesOf(scope, settings).flatMap((glob) => gitignoreLines(glob) ?? []);
  return ['**/.git', ...lines].map((line) => `--glob=!${line}`);
}

/** The lines that a file of the search fits one of; undefined when every file may. */
export function includesOf({ include, under }: SearchScope): readonly string[] | undefined {
  const wanted: readonly Glob[] = include.length > 0 ? include : under === '' ? [] : [exactly(under)];
  // A glob that cannot be written would have to be left out, and with it what it fits.
  const lines = wanted.map(gitignoreLines);
  const inside = wanted.map((glob) => gitignoreLines(contentsOf(glob)));
  const all = [...lines, ...inside];
  return all.length === 0 || all.includes(undefined) ? undefined : all.flatMap((one) => one ?? []);
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
