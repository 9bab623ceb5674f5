import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readGlob, settingGlob, type Glob } from '../../src/core/editor/glob.ts';
import { type TextQuery } from '../../src/core/editor/search.ts';
import { createPieces } from '../../src/host/search/pieces.ts';
import { inputArguments, listingArguments, textArguments, wantedLines } from '../../src/host/search/ripgrepArguments.ts';
import { readRecord } from '../../src/host/search/ripgrepRecords.ts';
import type { SearchSettings } from '../../src/host/search/searchSettings.ts';
import { withWantedFile } from '../../src/host/search/wantedFile.ts';
import { lineOf, record } from './support/ripgrepOutput.ts';

const settings: SearchSettings = { excludes: [settingGlob('**/node_modules')].flatMap((glob) => glob ?? []), usesIgnoreFiles: true, usesParentIgnoreFiles: false, usesGlobalIgnoreFiles: false, encoding: 'utf8' };
const plain: TextQuery = { folder: '/w', under: '', include: [], exclude: [], includesIgnored: false, pattern: 'x', isRegex: false, isCaseSensitive: false, isWholeWord: false, context: 0, most: 10, leavesOut: () => false };

function globs(...texts: readonly string[]): readonly Glob[] {
  return texts.map((text) => readGlob(text)).flatMap((glob) => (typeof glob === 'string' ? [] : [glob]));
}

/** All that ripgrep may ever be started with; each value is a part of its option. */
const allowed = /^--(no-config|no-messages|no-follow|hidden|color=never|json|crlf|engine=default|no-multiline|case-sensitive|ignore-case|fixed-strings|word-regexp|context=[0-5]|max-count=\d+|max-filesize=\d+|encoding=[a-z0-9_-]+|no-ignore|no-require-git|no-ignore-parent|no-ignore-global|files|null|sortr=modified|regexp=[^]*|ignore-file=\/t\/wanted|glob=!(\/|\*\*)[^]*)$/;

function encodingOf(encoding: string): string {
  return textArguments(plain, { ...settings, encoding }).find((argument) => argument.startsWith('--encoding=')) ?? '';
}

describe('The arguments of ripgrep', () => {
  const hostile = ['--pre=sh', '-e', '--', '-', '-f/etc/passwd', '--follow', 'a\nb', '--json\0', '$(touch x)', '; rm -rf /', '`id`', '%PATH%', '--hostname-bin=sh', '-zz', "' || '"];

  it('hold no option but ours, whatever is looked for', () => {
    for (const pattern of hostile) {
      for (const list of [textArguments({ ...plain, pattern }, settings), inputArguments({ ...plain, pattern, isRegex: true, isWholeWord: true, isCaseSensitive: true })]) {
        const end = list.indexOf('--');
        assert.deepEqual(list.slice(end + 1).length, 1);
        for (const argument of list.slice(0, end)) assert.match(argument, allowed);
        assert.deepEqual(list.filter((argument) => argument.startsWith('--regexp=')), [`--regexp=${pattern}`]);
      }
    }
  });

  it('hold no option and no negation of ours, whatever globs and folders are called', () => {
    for (const text of ['-x', '--pre=sh', 'a/-e', '#x', 'a b ', '[!a]', '{-x,--y}', '\\!x', '[-a]', 'x\ny', ...hostile]) {
      const scope = { ...plain, include: globs(text), exclude: globs(text), under: text };
      for (const list of [textArguments(scope, settings, '/t/wanted'), listingArguments(scope, settings), listingArguments(scope, settings, { wanted: '/t/wanted', order: 'newest' })]) {
        for (const argument of list.slice(0, list.indexOf('--'))) assert.match(argument, allowed, text);
        assert.deepEqual(list.slice(list.indexOf('--')), ['--', '.']);
      }
    }
  });

  it('always leave version control out, and follow no link, read no configuration and start no other program', () => {
    for (const list of [textArguments({ ...plain, includesIgnored: true }, settings), listingArguments({ ...plain, includesIgnored: true }, settings)]) {
      assert.ok(list.includes('--glob=!**/.git') && list.includes('--no-follow') && list.includes('--no-config') && list.includes('--no-ignore'));
      assert.ok(!list.some((argument) => /--(pre|hostname-bin|search-zip|follow|pcre2|ignore-file)\b/.test(argument)));
    }
  });

  it('say which ignore files count, and what the settings exclude', () => {
    const list = listingArguments({ ...plain, exclude: globs('*.min.js') }, settings);
    for (const argument of ['--no-require-git', '--no-ignore-parent', '--no-ignore-global', '--glob=!**/node_modules', '--glob=!**/*.min.js']) assert.ok(list.includes(argument), argument);
    const other = listingArguments(plain, { ...settings, usesParentIgnoreFiles: true, usesGlobalIgnoreFiles: true });
    assert.ok(!other.includes('--no-ignore-parent') && !other.includes('--no-ignore-global') && !other.includes('--no-ignore'));
    assert.ok(listingArguments(plain, { ...settings, usesIgnoreFiles: false }).includes('--no-ignore'));
    assert.ok(!listingArguments({ ...plain, includesIgnored: true }, settings).includes('--glob=!**/node_modules'));
  });

  it('never hold include globs, which would bring ignored files back: they are lines of an ignore file', () => {
    const scope = { ...plain, include: globs('*.ts'), under: 'src' };
    for (const list of [listingArguments(scope, settings, { wanted: '/t/wanted' }), textArguments(scope, settings, '/t/wanted')]) {
      assert.ok(!list.some((argument) => /--glob=[^!]/.test(argument)));
      assert.ok(list.includes('--ignore-file=/t/wanted'));
    }
    assert.ok(![...listingArguments(scope, settings), ...textArguments(scope, settings)].some((argument) => argument.startsWith('--ignore-file')));
    assert.deepEqual(wantedLines(scope), ['*', '!**/*.ts', '!**/*.ts/**', '*/', '!/src/', '!/src/**/']);
    assert.deepEqual(wantedLines({ ...plain, under: 'a[1]' }), ['*', '!/a*1*', '!/a*1*/**', '*/', '!/a*1*/', '!/a*1*/**/']);
    assert.equal(wantedLines(plain), undefined);
  });

  it('name the encoding as web pages do', () => {
    assert.deepEqual(['utf8', 'utf8bom', 'gbk', 'shiftjis', 'windows1252', 'iso88591', 'iso885915', '--pre=sh', 'cp437'].map(encodingOf), ['auto', 'auto', 'gbk', 'shift_jis', 'windows-1252', 'iso-8859-1', 'iso-8859-15', 'auto', 'auto'].map((name) => `--encoding=${name}`));
  });
});

describe('The ignore file of a search', () => {
  const scope = { ...plain, include: globs('*.ts') };
  let folder = '';
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'rivulet-wanted-'))));
  afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

  it('is there while the search runs, and gone afterwards, also when it fails', async () => {
    assert.equal(await withWantedFile(scope, async (path) => readFile(path ?? '', 'utf8'), folder), '*\n!**/*.ts\n!**/*.ts/**\n*/\n!*/\n');
    await assert.rejects(withWantedFile(scope, async (path) => Promise.reject(new Error(`no ${path !== undefined}`)), folder), /no true/);
    assert.deepEqual(await readdir(folder), []);
  });

  it('is none when every file is wanted, or when it cannot be written', async () => {
    assert.equal(await withWantedFile(plain, async (path) => path, folder), undefined);
    assert.equal(await withWantedFile(scope, async (path) => path, join(folder, 'none')), undefined);
    assert.deepEqual(await readdir(folder), []);
  });
});

describe('Output in chunks', () => {
  it('gives the same pieces wherever it is cut', () => {
    const bytes = Buffer.from('one\ntwo é😀\n\nthree');
    for (let size = 1; size <= bytes.length; size += 1) {
      const pieces = createPieces(0x0a, 100);
      const got: string[] = [];
      for (let at = 0; at < bytes.length; at += size) got.push(...pieces.push(bytes.subarray(at, at + size)).map((piece) => piece.bytes.toString()));
      got.push(...pieces.end().map((piece) => piece.bytes.toString()));
      assert.deepEqual(got, ['one', 'two é😀', '', 'three'], String(size));
    }
  });

  it('keeps only the beginning of a piece that is too long', () => {
    const pieces = createPieces(0x0a, 10);
    assert.deepEqual(pieces.push(Buffer.from('0123456789ABC')), []);
    const [long, next] = pieces.push(Buffer.from('D'.repeat(20_000) + '\nnext\n'));
    assert.deepEqual([long?.isCut, long?.bytes.toString(), next?.isCut, next?.bytes.toString()], [true, '0123456789ABC', false, 'next']);
  });
});

function read(bytes: Buffer): ReturnType<typeof readRecord> {
  return readRecord({ bytes: bytes.subarray(0, bytes.length - 1), isCut: false });
}

describe('A record of ripgrep', () => {
  it('is a line without its end and its mark, cut around the match in characters though ripgrep counts bytes', () => {
    assert.deepEqual(read(record('match', lineOf('\uFEFFhello\r\n'))), { type: 'line', line: { number: 3, text: 'hello', isMatch: true } });
    assert.deepEqual(read(record('context', lineOf('around\n', { submatches: [] }))), { type: 'line', line: { number: 3, text: 'around', isMatch: false } });
    const long = `${'é'.repeat(1000)}MATCH${'b'.repeat(1000)}`;
    const found = read(record('match', lineOf(long, { submatches: [{ match: { text: 'MATCH' }, start: 2000, end: 2005 }] })));
    assert.ok(found?.type === 'line' && found.line.text.startsWith(`[…] ${'é'.repeat(100)}MATCH`), JSON.stringify(found));
  });

  it('takes bytes that are no UTF-8 for what they can be, and passes over names that are none', () => {
    const found = read(record('match', lineOf('', { lines: { bytes: Buffer.from([0x61, 0xff, 0x62]).toString('base64') } })));
    assert.deepEqual(found?.type === 'line' && found.line.text, 'a\uFFFDb');
    assert.deepEqual(read(record('begin', { path: { bytes: '/w==' } })), { type: 'begin', path: undefined });
  });

  it('says nothing when it is no JSON, no record of a file, or has members of other types', () => {
    for (const text of ['', '{', 'null', '[]', '{"type":"summary","data":{}}', '{"type":"match"}', '{"type":"match","data":{"line_number":"3"}}', '{"type":"__proto__","data":{}}']) {
      assert.equal(readRecord({ bytes: Buffer.from(text), isCut: false }), undefined, text);
    }
  });
});

/** A stand-in that does what its own text says; an executable on systems that have such scripts. */
