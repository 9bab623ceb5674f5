import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPathGuard, type PathGuard } from '../../src/core/guard/pathGuard.ts';
import { filePathOf, pathOf, uriOf } from '../../src/host/addresses.ts';
import { registerCodeActions } from '../../src/host/codeActions.ts';
import { files } from '../../src/host/files.ts';
import { usePlatform } from '../../src/host/platform/current.ts';
import { platform } from '../../src/host/platform/node.ts';
import { platform as web } from '../../src/host/platform/web.ts';
import { isFolderWritable, isReadOnly } from '../../src/host/readOnly.ts';
import { createInlineReview } from '../../src/host/review/inlineReview.ts';
import { createSearch } from '../../src/host/search/search.ts';
import { workspace as ofHost } from '../../src/host/workspace.ts';
import { Uri } from './fakeTypes.ts';
import { called, fired, folder, registered, reset, workspace } from './fakeVscode.ts';

/** The fake reads every address from the disk, so this is where `memfs:` has its files. */
const place = join(folder, 'virtual');
const mount = `/memfs:${place}/shop`;
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

function words(): readonly string[] {
  return (ofHost.limits?.() ?? []).map(({ message }) => message.split(/[,:]/)[0] ?? '');
}

describe('what is registered for documents that may be changed', () => {
  beforeEach(reset);

  for (const [what, name, register] of [
    ['the lightbulb', 'registerCodeActionsProvider', registerCodeActions],
    ['code lenses', 'registerCodeLensProvider', () => createInlineReview({ pending: () => [], onDidChange: () => () => undefined, decide: async () => undefined })],
  ] as const) {
    it(`follows the folders of the window as they come and go: ${what}`, () => {
      const schemes = (): readonly string[] => ((called(name).at(-1)?.[0] ?? []) as readonly { readonly scheme: string }[]).map(({ scheme }) => scheme);
      const onDisk = { name: 'host', uri: Uri.file(folder), index: 0 };
      const disposable = register();
      assert.deepEqual(schemes(), ['file', 'untitled', 'vscode-notebook-cell']);
      workspace.workspaceFolders = [onDisk, { name: 'shop', uri: Uri.parse('memfs:/shop'), index: 1 }];
      fired.folders.fire(undefined);
      assert.deepEqual(schemes(), ['file', 'untitled', 'vscode-notebook-cell', 'memfs']);
      workspace.workspaceFolders = [onDisk, { name: 'shop', uri: Uri.parse('memfs:/other'), index: 1 }];
      fired.folders.fire(undefined);
      assert.equal(called(name).length, 2, 'the same file system is no news');
      workspace.workspaceFolders = [onDisk];
      fired.folders.fire(undefined);
      assert.deepEqual([called(name).length, schemes().includes('memfs')], [3, false]);
      disposable.dispose();
      assert.deepEqual([...registered], [], 'something is still registered');
    });
  }
});

describe('a folder that is not on the disk', () => {
  let guard: PathGuard;
  const plainStat = workspace.fs.stat.bind(workspace.fs);

  beforeEach(() => {
    reset();
    rmSync(place, { recursive: true, force: true });
    mkdirSync(join(place, 'shop', 'src'), { recursive: true });
    writeFileSync(join(place, 'shop', 'src', 'a.ts'), 'const needle = 1;\n');
    writeFileSync(join(place, 'shop', 'link.ts'), 'elsewhere');
    writeFileSync(join(place, 'secret.txt'), 'outside');
    workspace.workspaceFolders = [{ name: 'shop', uri: Uri.parse(`memfs:${place}/shop`), index: 0 }];
    workspace.fs.stat = async (uri) => {
      const found = await plainStat(uri).catch((error: unknown) => Promise.reject(Object.assign(error as Error, { code: (error as NodeJS.ErrnoException).code === 'ENOTDIR' ? 'FileNotADirectory' : 'FileNotFound' })));
      return uri.path.endsWith('/link.ts') ? { ...found, type: 65 } : found;
    };
    guard = createPathGuard(ofHost, files);
  });
  afterEach(() => {
    workspace.fs.stat = plainStat;
    usePlatform(platform);
    reset();
  });

  it('is called by its file system and its path, and its files are found by that again', () => {
    assert.deepEqual(ofHost.folders(), [{ name: 'shop', path: mount }]);
    const uri = uriOf(`${mount}/src/a.ts`);
    assert.deepEqual([uri.scheme, uri.path], ['memfs', `${place}/shop/src/a.ts`]);
    assert.equal(filePathOf(uri), `${mount}/src/a.ts`);
    assert.equal(pathOf(Uri.parse('memfs:/other/a.ts') as never), 'memfs:/other/a.ts', 'what lies in no folder of the window has no path');
    assert.equal(uriOf('/memfs:/other/a.ts').scheme, 'file', 'and no path leads to it');
  });

  it('has its files resolved by the guard, those that are missing too', async () => {
    const there = await guard.resolve('src/a.ts', 'write');
    assert.deepEqual(there.class === 'denied' ? there : [there.class, there.canonical, there.display, there.kind], ['inside', `${mount}/src/a.ts`, 'src/a.ts', 'file']);
    const missing = await guard.resolve('src/new/b.ts', 'write');
    assert.deepEqual(missing.class === 'denied' ? missing : [missing.class, missing.kind], ['inside', 'missing']);
  });

  it('refuses what it says is a link, for nobody knows where it leads', async () => {
    assert.equal((await guard.resolve('link.ts', 'read')).class, 'denied');
    assert.equal((await guard.resolve('link.ts/inner', 'read')).class, 'denied');
  });

  it('lets no path lead out of it into the rest of its file system', async () => {
    assert.equal((await guard.resolve('../secret.txt', 'read')).class, 'denied');
    const outside = await guard.resolve(`/memfs:${place}/secret.txt`, 'read');
    assert.ok(outside.class === 'denied' || outside.kind === 'missing', JSON.stringify(outside));
  });

  it('asks before secrets, as a folder on the disk does', async () => {
    assert.equal((await guard.resolve('.env', 'read')).class, 'sensitive');
    assert.equal((await guard.resolve('.git/config', 'write')).class, 'denied');
  });

  it('cannot be written where its file system cannot, or its file says so', async () => {
    assert.deepEqual([await isReadOnly(uriOf(`${mount}/src/a.ts`)), await isFolderWritable(`${mount}/src/new/b.ts`)], [false, true]);
    workspace.fs.stat = async (uri) => ({ ...(await plainStat(uri)), permissions: 1 });
    assert.deepEqual([await isReadOnly(uriOf(`${mount}/src/a.ts`)), await isFolderWritable(`${mount}/src/b.ts`)], [true, false]);
  });

  it('is searched without a program', async () => {
    const search = createSearch(log);
    const query = { folder: mount, under: '', include: [], exclude: [], includesIgnored: false };
    const { paths } = await search.files({ ...query, order: 'path' }, new AbortController().signal);
    assert.deepEqual(paths, ['link.ts', 'src/a.ts']);
    const found = await search.text({ ...query, pattern: 'needle', isRegex: false, isCaseSensitive: false, isWholeWord: false, context: 0, most: 10, leavesOut: () => false }, new AbortController().signal);
    assert.deepEqual(found.files.map(({ path }) => path), ['src/a.ts']);
  });

  it('has the panel told of its limits, and what a browser lacks', () => {
    assert.deepEqual(words(), ['This folder is not on a disk']);
    usePlatform(web);
    assert.deepEqual(words(), ['Git cannot be run here', 'This folder is not on a disk']);
    usePlatform(platform);
    workspace.workspaceFolders = [{ name: 'host', uri: Uri.file(folder), index: 0 }];
    assert.deepEqual(words(), []);
  });

  it('is all that can be reached in a browser, where there is no disk', async () => {
    usePlatform(web);
    assert.equal((await guard.resolve('src/a.ts', 'read')).class, 'inside');
    assert.equal((await guard.resolve('/etc/hosts', 'read')).class, 'denied');
  });
});
