import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, mkdtemp, realpath, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { readGlob, settingGlob, type Glob } from '../../src/core/editor/glob.ts';
import { SearchError, type EntriesQuery, type FoundText, type TextQuery } from '../../src/core/editor/search.ts';
import { FileError } from '../../src/core/ports.ts';
import { listEntries } from '../../src/host/search/entries.ts';
import { createLinearSearch } from '../../src/host/search/linearSearch.ts';
import { createMatcher, TooSlow } from '../../src/host/search/matcher.ts';
import type { SearchSettings } from '../../src/host/search/searchSettings.ts';
import type { Tree } from '../../src/host/search/tree.ts';
import { fileSystemPath } from '../support/fileSystemPath.ts';
import { diskTree } from './support/diskTree.ts';

const never = new AbortController().signal;

function globs(...texts: readonly string[]): readonly Glob[] {
  return texts.map((text) => readGlob(text)).flatMap((glob) => (typeof glob === 'string' ? [] : [glob]));
}

describe('A search without ripgrep', () => {
  let folder = '';
  let settings: SearchSettings;
  let unsaved: ReadonlyMap<string, string>;

  async function make(files: { readonly [path: string]: string | Uint8Array }): Promise<void> {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    }
  }

  beforeEach(async () => {
    folder = fileSystemPath(await realpath(await mkdtemp(join(tmpdir(), 'rivulet-linear-'))));
    settings = { excludes: ['**/.git', 'out'].flatMap((glob) => settingGlob(glob) ?? []), usesIgnoreFiles: true, usesParentIgnoreFiles: false, usesGlobalIgnoreFiles: false, encoding: 'utf8' };
    unsaved = new Map();
  });
  afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

  const search = (tree = diskTree) => createLinearSearch(tree, { settings: () => settings, unsaved: () => unsaved });
  const query = (pattern: string, more: Partial<TextQuery> = {}): TextQuery => ({ folder, under: '', include: [], exclude: [], includesIgnored: false, pattern, isRegex: false, isCaseSensitive: false, isWholeWord: false, context: 0, most: 100, leavesOut: () => false, ...more });
  const pathsOf = async (wanted: TextQuery): Promise<readonly string[]> => (await search().text(wanted, never)).files.map(({ path }) => path);

  it('finds lines with their numbers and what stands around them, whatever ends them', async () => {
    await make({ 'a.txt': 'one\r\nTwo needle\r\nthree\r\n', 'b.txt': 'needle' });
    assert.deepEqual(await search().text(query('NEEDLE', { context: 1 }), never), {
      files: [
        { path: 'a.txt', lines: [{ number: 1, text: 'one', isMatch: false }, { number: 2, text: 'Two needle', isMatch: true }, { number: 3, text: 'three', isMatch: false }], hasOverlong: false },
        { path: 'b.txt', lines: [{ number: 1, text: 'needle', isMatch: true }], hasOverlong: false },
      ],
      leftOut: 0,
      incomplete: undefined,
    } satisfies FoundText);
  });

  it('takes a literal literally, an expression as one, and tells capitals and words apart when asked', async () => {
    await make({ 'a.txt': 'a.b', 'b.txt': 'axb', 'c.txt': 'A.B', 'd.txt': 'xa.by', 'e.txt': 'éa.bé' });
    assert.deepEqual(await pathsOf(query('a.b')), ['a.txt', 'c.txt', 'd.txt', 'e.txt']);
    assert.deepEqual(await pathsOf(query('a.b', { isRegex: true, isCaseSensitive: true })), ['a.txt', 'b.txt', 'd.txt', 'e.txt']);
    assert.deepEqual(await pathsOf(query('a.b', { isWholeWord: true })), ['a.txt', 'c.txt']);
    assert.deepEqual(await pathsOf(query('a\\-b|a\\.b$', { isRegex: true, isCaseSensitive: true })), ['a.txt']);
    for (const literal of ['(', '[', '\\', '*', '$^', '{2}', 'a|b', '/-']) {
      await make({ 'f.txt': `x${literal}y` });
      assert.deepEqual(await pathsOf(query(literal, { include: globs('f.txt') })), ['f.txt'], literal);
    }
  }).timeout(60_000);

  it('honours ignore files of every folder, also outside of repositories, and the settings', async () => {
    await make({
      '.gitignore': '*.log\n/build/\n!keep.log\n',
      'a.ts': 'needle',
      'x.log': 'needle',
      'keep.log': 'needle',
      'build/a.ts': 'needle',
      'sub/build/b.ts': 'needle',
      'sub/.gitignore': 'local.ts\n!again.log\n',
      'sub/local.ts': 'needle',
      'sub/again.log': 'needle',
      'other/local.ts': 'needle',
      '.ignore': 'hidden/\n!special.log\n',
      'hidden/a.ts': 'needle',
      'special.log': 'needle',
      'out/a.ts': 'needle',
      '.git/config': 'needle',
      '.git/info/exclude': 'excluded.ts\n',
      'excluded.ts': 'needle',
      'A.LOG': 'needle',
    });
    assert.deepEqual(await pathsOf(query('needle')), ['A.LOG', 'a.ts', 'keep.log', 'other/local.ts', 'special.log', 'sub/again.log', 'sub/build/b.ts']);
    const all = await pathsOf(query('needle', { includesIgnored: true }));
    assert.ok(all.includes('x.log') && all.includes('out/a.ts') && !all.includes('.git/config'), String(all));
    settings = { ...settings, usesIgnoreFiles: false };
    const without = await pathsOf(query('needle'));
    assert.ok(without.includes('x.log') && !without.includes('out/a.ts'), String(without));
  });

  it('keeps to globs and a folder, and an include glob brings nothing back that is ignored', async () => {
    await make({ '.gitignore': 'b.ts\n', 'a.ts': 'x', 'b.ts': 'x', 'src/a.ts': 'x', 'src/b.js': 'x', 'src2/a.ts': 'x' });
    assert.deepEqual(await pathsOf(query('x', { include: globs('*.ts') })), ['a.ts', 'src/a.ts', 'src2/a.ts']);
    assert.deepEqual(await pathsOf(query('x', { under: 'src' })), ['src/a.ts', 'src/b.js']);
    assert.deepEqual(await pathsOf(query('x', { exclude: globs('src', '*.gitignore') })), ['a.ts', 'src2/a.ts']);
  });

  it('searches unsaved text instead of what is on the disk', async () => {
    await make({ 'a.ts': 'saved needle', 'b.ts': 'needle' });
    unsaved = new Map([['a.ts', 'not yet saved\nNEEDLE two'], ['new/c.ts', 'needle'], ['out/d.ts', 'needle']]);
    const { files } = await search().text(query('needle'), never);
    assert.deepEqual(files.map(({ path, lines }) => [path, lines[0]?.number]), [['a.ts', 2], ['b.ts', 1], ['new/c.ts', 1]]);
  });

  it('leaves files out and counts them, whether anything stands in them or not', async () => {
    await make({ '.env': 'needle', 'b.env': 'nothing', 'a.ts': 'needle' });
    const found = await search().text(query('needle', { leavesOut: (path) => path.endsWith('.env') }), never);
    assert.deepEqual([found.files.map(({ path }) => path), found.leftOut], [['a.ts'], 2]);
  });

  it('passes over binary files and follows no link', async () => {
    await make({ 'a.bin': Uint8Array.from([...Buffer.from('needle'), 0]), 'a.ts': 'needle' });
    const outside = await mkdtemp(join(tmpdir(), 'rivulet-outside-'));
    try {
      await writeFile(join(outside, 'secret.ts'), 'needle');
      await symlink(outside, join(folder, 'linked'));
      await symlink(join(outside, 'secret.ts'), join(folder, 'link.ts'));
      await symlink('.', join(folder, 'ring'));
      assert.deepEqual(await pathsOf(query('needle')), ['a.ts']);
    } finally {
      await rm(outside, { recursive: true, force: true, maxRetries: 5 });
    }
  });

  it('stops at as many matching lines as were asked for', async () => {
    await make({ 'a.ts': 'x\nx\nx\n', 'b.ts': 'x\n' });
    const { files, incomplete } = await search().text(query('x', { most: 2 }), never);
    assert.deepEqual([files.map(({ lines }) => lines.length), incomplete], [[2], 'limit']);
    assert.equal((await search().text(query('x', { most: 4 }), never)).incomplete, undefined);
  });

  it('lists files by path, or those first that were changed last', async () => {
    await make({ 'b.ts': '', 'a.ts': '', 'B.ts': '', 'src/c.ts': '' });
    await utimes(join(folder, 'src/c.ts'), 3000, 3000);
    await utimes(join(folder, 'b.ts'), 2000, 2000);
    for (const name of ['a.ts', 'B.ts']) await utimes(join(folder, name), 1000, 1000);
    const scope = { ...query(''), include: globs('*.ts') };
    assert.deepEqual((await search().files({ ...scope, order: 'path' }, never)).paths, ['B.ts', 'a.ts', 'b.ts', 'src/c.ts']);
    assert.deepEqual((await search().files({ ...scope, order: 'newest' }, never)).paths, ['src/c.ts', 'b.ts', 'B.ts', 'a.ts']);
  });

  it('says when a folder cannot be read', async () => {
    await make({ 'a.ts': 'x', 'closed/b.ts': 'x' });
    const tree: Tree = { ...diskTree, entries: async (path) => (path.endsWith('closed') ? Promise.reject(new FileError('denied', 'EACCES')) : diskTree.entries(path)) };
    const found = await search(tree).text(query('x'), never);
    assert.deepEqual([found.files.map(({ path }) => path), found.incomplete], [['a.ts'], 'unreadable']);
    assert.equal((await search(tree).files({ ...query(''), order: 'path' }, never)).incomplete, 'unreadable');
  });

  it('fails with the signal while it walks and while it matches', async () => {
    await make({ 'a.ts': `${'a'.repeat(50_000)}!` });
    const controller = new AbortController();
    const running = search().text(query('(a+)+b', { isRegex: true }), controller.signal);
    setTimeout(() => controller.abort(new Error('stopped')), 300);
    await assert.rejects(running, /stopped/);
    await assert.rejects(search().files({ ...query(''), order: 'path' }, controller.signal), /stopped/);
  });

  it('ends an expression that would take for ever, and says that it did (B28)', async function () {
    this.timeout(60_000);
    await make({ 'a.ts': `${'a'.repeat(100_000)}!` });
    assert.equal((await search().text(query('(a+)+b$', { isRegex: true }), never)).incomplete, 'time');
    assert.deepEqual(await pathsOf(query('(a+)+!$', { isRegex: true })), ['a.ts']);
  });

  it('says what is wrong with an expression', async () => {
    await assert.rejects(search().text(query('a(', { isRegex: true }), never), (error) => error instanceof SearchError && /Unterminated group/.test(error.message));
    await assert.rejects(search().text(query('\\p{Nonsense}', { isRegex: true }), never), SearchError);
  });
});

describe('A matcher', () => {
  it('answers one call after the other, and ends when it is disposed of', async () => {
    const matcher = createMatcher({ pattern: 'b', isRegex: false, isCaseSensitive: true, isWholeWord: false, most: 2 }, never);
    assert.deepEqual(await matcher.match(['ab\nb\nb', '']), [[[0, 1], [1, 0]], []]);
    assert.deepEqual(await matcher.match(['b']), [[[0, 0]]]);
    const running = matcher.match(['b'.repeat(1000)]).then(() => 'ended', () => 'failed');
    matcher.dispose();
    assert.ok(['ended', 'failed'].includes(await running));
    assert.equal(new TooSlow().name, 'TooSlow');
  });
});

describe('A matcher whose thread breaks between two calls', () => {
  it('fails the next call with what it broke of, and nothing else', async () => {
    const started = once(process, 'worker');
    const matcher = createMatcher({ pattern: 'b', isRegex: false, isCaseSensitive: true, isWholeWord: false, most: 2 }, never);
    const [worker] = (await started) as [Worker];
    await matcher.match(['b']);
    // `once` would listen to errors itself.
    const exit = new Promise((resolve) => worker.on('exit', resolve));
    worker.postMessage('no texts');
    await exit;
    await assert.rejects(matcher.match(['b']), TypeError);
    matcher.dispose();
  });
});

describe('The entries of a folder', () => {
  let folder = '';
  const settings: SearchSettings = { excludes: [settingGlob('**/.git')].flatMap((glob) => glob ?? []), usesIgnoreFiles: true, usesParentIgnoreFiles: false, usesGlobalIgnoreFiles: false, encoding: 'utf8' };
  const list = async (more: Partial<EntriesQuery> = {}) => listEntries(diskTree, { folder, under: '', depth: 1, includesIgnored: false, staysOutOf: () => false, ...more }, { settings, signal: never });

  before(async () => {
    folder = fileSystemPath(await realpath(await mkdtemp(join(tmpdir(), 'rivulet-entries-'))));
    for (const path of ['src/deep/deeper/a.ts', 'src/b.ts', 'src/x.log', 'node_modules/m/i.js', '.git/config', 'z.md', 'A.md']) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), '12345');
    }
    await writeFile(join(folder, '.gitignore'), 'node_modules\n*.log\n');
    await symlink('src', join(folder, 'link'));
    await symlink('nowhere', join(folder, 'dangling'));
  });
  after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

  it('are folders first, then files with their size, links marked and not looked into', async () => {
    const { entries, ignored, incomplete } = await list();
    assert.deepEqual(
      entries.map(({ path, kind, isLink, size }) => `${path} ${kind}${isLink ? ' link' : ''} ${size ?? ''}`.trim()),
      ['src directory', '.gitignore file 19', 'A.md file 5', 'dangling other link', 'link directory link', 'z.md file 5'],
    );
    assert.deepEqual([ignored, incomplete], [2, undefined]);
  });

  it('go as deep as asked, each folder before what lies in it', async () => {
    assert.deepEqual((await list({ depth: 3 })).entries.slice(0, 4).map(({ path }) => path), ['src', 'src/deep', 'src/deep/deeper', 'src/b.ts']);
    assert.deepEqual((await list({ under: 'src', depth: 2 })).entries.map(({ path }) => path), ['deep', 'deep/deeper', 'b.ts']);
  });

  it('include what is ignored when asked, but are not looked for where the query stays out', async () => {
    const { entries, ignored } = await list({ depth: 3, includesIgnored: true, staysOutOf: (path) => path === '.git' });
    const paths = entries.map(({ path }) => path);
    assert.ok(paths.includes('node_modules/m/i.js') && paths.includes('.git') && !paths.includes('.git/config'), String(paths));
    assert.equal(ignored, 0);
  });

  it('fail with the file system’s reason, and with the signal', async () => {
    await assert.rejects(list({ under: 'none' }), FileError);
    await assert.rejects(listEntries(diskTree, { folder, under: '', depth: 1, includesIgnored: false, staysOutOf: () => false }, { settings, signal: AbortSignal.abort(new Error('stopped')) }), /stopped/);
  });
});
