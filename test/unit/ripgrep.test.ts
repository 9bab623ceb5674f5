import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readGlob, settingGlob, type Glob } from '../../src/core/editor/glob.ts';
import { SearchError, type TextQuery } from '../../src/core/editor/search.ts';
import { createGathering } from '../../src/host/search/found.ts';
import { NoRipgrep } from '../../src/host/search/noRipgrep.ts';
import { createPieces } from '../../src/host/search/pieces.ts';
import { inputArguments, listingArguments, textArguments, wantedLines } from '../../src/host/search/ripgrepArguments.ts';
import { readMatches } from '../../src/host/search/ripgrepMatches.ts';
import { ripgrepBelow } from '../../src/host/search/ripgrepPath.ts';
import { runRipgrep } from '../../src/host/search/ripgrepProcess.ts';
import { longestRecord, readRecord } from '../../src/host/search/ripgrepRecords.ts';
import type { SearchSettings } from '../../src/host/search/searchSettings.ts';
import { withWantedFile } from '../../src/host/search/wantedFile.ts';

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
  afterEach(() => rm(folder, { recursive: true, force: true }));

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

function record(type: string, data: object): Buffer {
  return Buffer.from(`${JSON.stringify({ type, data })}\n`);
}

function lineOf(text: string, more: object = {}): object {
  return { path: { text: './a.ts' }, lines: { text }, line_number: 3, absolute_offset: 0, submatches: [{ match: { text: 'x' }, start: 0, end: 1 }], ...more };
}

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
async function standIn(folder: string, script: string): Promise<string> {
  const path = join(folder, `rg-${Math.random().toString(36).slice(2)}`);
  await writeFile(path, `#!${process.execPath}\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

/** Waits until there is no such process any more; mocha's time-out tells when it stays. */
async function gone(pid: number): Promise<void> {
  assert.ok(pid > 0);
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** What a stand-in says first: its process. */
async function pidFrom(output: AsyncGenerator<Buffer, unknown>): Promise<number> {
  const step = await output.next();
  return step.done === true ? 0 : Number(step.value.toString().split('\n')[0]);
}

function file(path: string, lines: readonly Buffer[], binary: number | null = null): readonly Buffer[] {
  return [record('begin', { path: { text: path } }), ...lines, record('end', { path: { text: path }, binary_offset: binary })];
}

describe('A run of ripgrep', () => {
  let folder = '';
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'rivulet-rg-'))));
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function outputOf(script: string, list: readonly string[] = [], input?: string): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const chunk of runRipgrep(await standIn(folder, script), { arguments: list, folder, input, signal: new AbortController().signal })) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  }

  it('hands its arguments over as they are, in its folder, with next to nothing of the environment', async () => {
    process.env['RIPGREP_CONFIG_PATH'] = '/evil';
    try {
      const list = ['$(id)', '`id`', '; exit 1', '*', 'a b', '"', '\n'];
      const got = JSON.parse(await outputOf('console.log(JSON.stringify({ list: process.argv.slice(2), cwd: process.cwd(), names: Object.keys(process.env) }))', list)) as { list: string[]; cwd: string; names: string[] };
      assert.deepEqual(got.list, list);
      assert.ok(got.cwd.endsWith(folder.slice(folder.lastIndexOf('/'))));
      assert.deepEqual(got.names.filter((name) => !['HOME', 'XDG_CONFIG_HOME', 'USERPROFILE', 'SystemRoot', '__CF_USER_TEXT_ENCODING'].includes(name)), []);
    } finally {
      delete process.env['RIPGREP_CONFIG_PATH'];
    }
  });

  it('gives it its input, and is not disturbed when it ends before it has read it', async () => {
    assert.equal(await outputOf('process.stdin.pipe(process.stdout)', [], 'some text'), 'some text');
    assert.equal(await outputOf('process.stdout.write("early"); process.exit(0)', [], 'x'.repeat(5_000_000)), 'early');
  });

  it('fails as NoRipgrep when there is nothing to start', async () => {
    const run = { arguments: [], folder, signal: new AbortController().signal };
    await assert.rejects(runRipgrep(join(folder, 'none'), run).next(), NoRipgrep);
    await writeFile(join(folder, 'text'), 'no program');
    await assert.rejects(runRipgrep(join(folder, 'text'), run).next(), NoRipgrep);
  });

  it('tells what will never start from what could not be started this once', async () => {
    const isLasting = async (ripgrep: string, more: Partial<Parameters<typeof runRipgrep>[1]> = {}): Promise<boolean | 'started'> => {
      const output = runRipgrep(ripgrep, { arguments: [], folder, signal: new AbortController().signal, ...more });
      return output.next().then(() => 'started', (error: unknown) => (error instanceof NoRipgrep ? error.isLasting : assert.fail(String(error))));
    };
    assert.equal(await isLasting(join(folder, 'none')), true);
    assert.equal(await isLasting(process.execPath, { arguments: ['--version'], folder: join(folder, 'gone') }), false);
    assert.equal(await isLasting(process.execPath, { arguments: ['--version'], folder: join(folder, 'text') }), false);
    assert.equal(await isLasting(process.execPath, { arguments: ['x'.repeat(64 * 1024 * 1024)] }), false);
    assert.equal(await isLasting(process.execPath, { arguments: ['--version'] }), 'started');
  });

  it('ends with the signal, and kills what would not end', async () => {
    const controller = new AbortController();
    const output = runRipgrep(await standIn(folder, 'process.on("SIGTERM", () => {}); console.log(process.pid); setInterval(() => {}, 1000)'), { arguments: [], folder, signal: controller.signal });
    const pid = await pidFrom(output);
    const next = output.next();
    controller.abort(new Error('stopped'));
    await assert.rejects(next, /stopped/);
    await gone(pid);
  });

  it('is killed when nobody reads it any more', async () => {
    const output = runRipgrep(await standIn(folder, 'console.log(process.pid); setInterval(() => console.log("x".repeat(100000)), 1)'), { arguments: [], folder, signal: new AbortController().signal });
    const pid = await pidFrom(output);
    await output.return({ hadTrouble: false, complaint: '' });
    await gone(pid);
  });

  async function matchesOf(records: readonly Buffer[], most = 100, tail = ''): Promise<ReturnType<ReturnType<typeof createGathering>['files']>> {
    const path = join(folder, 'records');
    await writeFile(path, Buffer.concat(records));
    const gathering = createGathering(most);
    const ripgrep = await standIn(folder, `const bytes = require('node:fs').readFileSync(${JSON.stringify(path)}); let at = 0; const step = () => { if (at < bytes.length) process.stdout.write(bytes.subarray(at, at += 7919), step); else { ${tail} } }; step();`);
    await readMatches(ripgrep, { arguments: [], folder, signal: new AbortController().signal }, { gathering, nameOf: (printed) => (printed === 'secret' ? undefined : printed) });
    return gathering.files();
  }

  it('gathers matches file by file, sorted, without binary files and those that nobody may see', async () => {
    const match = record('match', lineOf('x\n'));
    const files = await matchesOf([...file('./b', [match]), ...file('./bin', [match], 10), ...file('./secret', [match]), ...file('a', [match, match])]);
    assert.deepEqual(files.map(({ path, lines }) => [path, lines.length]), [['a', 2], ['b', 1]]);
  });

  it('stops when there is enough, and says that there is more', async () => {
    const match = record('match', lineOf('x\n'));
    const context = record('context', lineOf('y\n'));
    const gathering = createGathering(3);
    gathering.add({ path: 'a', lines: [{ number: 1, text: '', isMatch: true }, { number: 2, text: '', isMatch: false }, { number: 3, text: '', isMatch: true }], hasOverlong: false });
    assert.equal(gathering.isFull, false);
    const files = await matchesOf([...file('a', [match, context]), ...file('b', Array.from({ length: 50 }, () => match)), ...file('c', [match])], 3, 'setInterval(() => {}, 1000)');
    assert.deepEqual(files.map(({ path, lines }) => [path, lines.length]), [['a', 2], ['b', 2]]);
  });

  it('mentions a match on a line that is too long, and reads on behind it', async () => {
    const long = record('match', lineOf('x'.repeat(longestRecord + 10)));
    const [first, second] = await matchesOf([...file('a', [long, record('match', lineOf('short\n'))]), ...file('b', [long])]);
    assert.deepEqual([first?.hasOverlong, first?.lines.map(({ text }) => text)], [true, ['short']]);
    assert.deepEqual([second?.path, second?.hasOverlong, second?.lines], ['b', true, []]);
  });

  it('throws what it complains of, without advice about options', async () => {
    const ripgrep = await standIn(folder, 'console.error("rg: regex parse error:\\n    (?:a()\\n    ^\\nerror: unclosed group\\n\\nConsider enabling PCRE2 with the --pcre2 flag."); process.exit(2)');
    await assert.rejects(readMatches(ripgrep, { arguments: [], folder, signal: new AbortController().signal }, { gathering: createGathering(1), nameOf: (path) => path }), (error) => error instanceof SearchError && error.message === 'regex parse error:\n    (?:a()\n    ^\nerror: unclosed group');
  });

  it('is found below VS Code in all its places, and nowhere else', async () => {
    assert.equal(await ripgrepBelow(folder), undefined);
    for (const place of ['node_modules.asar.unpacked/@vscode/ripgrep/bin', 'node_modules/@vscode/ripgrep/bin', `node_modules/@vscode/ripgrep-universal/bin/${process.platform}-${process.arch}`]) {
      await mkdir(join(folder, place), { recursive: true });
      const path = join(folder, place, process.platform === 'win32' ? 'rg.exe' : 'rg');
      await writeFile(path, '');
      await chmod(path, 0o755);
      assert.equal(await ripgrepBelow(folder), path);
    }
  });
});
