import assert from 'node:assert/strict';
import { createPathGuard, type PathPurpose, type ResolvedPath } from '../../src/core/guard/pathGuard.ts';
import { FileError, type Files, type Workspace } from '../../src/core/ports.ts';
import { memoryFiles } from './support/memoryFiles.ts';
import { shop, workspaceOf } from './support/workspaces.ts';

const files = memoryFiles(shop);
const one = workspaceOf('/w/shop');
const two = workspaceOf('/w/shop', '/w/other');

interface Window {
  readonly workspace?: Workspace;
  readonly files?: Files;
  readonly ownFolders?: readonly string[];
  readonly purpose?: PathPurpose;
}

/** `class kind canonical as display`, or the reason of a refusal. */
async function verdict(input: string, { workspace = one, files: disk = files, ownFolders, purpose = 'read' }: Window = {}): Promise<string> {
  const result = await createPathGuard(workspace, disk, { ownFolders }).resolve(input, purpose);
  return result.class === 'denied' ? result.reason : `${result.class} ${result.kind} ${result.canonical} as ${result.display}`;
}

async function failing(): Promise<never> {
  throw new Error('ENAMETOOLONG');
}

async function write(input: string, window: Window = {}): Promise<string> {
  return verdict(input, { ...window, purpose: 'write' });
}

async function writeInTwo(input: string): Promise<string> {
  return write(input, { workspace: two });
}

const usable: readonly (readonly [string, string, string])[] = [
  ['a file', 'src/a.ts', 'inside file /w/shop/src/a.ts as src/a.ts'],
  ['a file with blanks in its name', 'src/a file.ts', 'inside file /w/shop/src/a file.ts as src/a file.ts'],
  ['needless dots and slashes', './src//./x/../a.ts', 'inside file /w/shop/src/a.ts as src/a.ts'],
  ['backslashes', 'src\\a.ts', 'inside file /w/shop/src/a.ts as src/a.ts'],
  ['an absolute path inside', '/w/shop/src/a.ts', 'inside file /w/shop/src/a.ts as src/a.ts'],
  ['an absolute path that comes back inside', '/w/out/../shop/src/a.ts', 'inside file /w/shop/src/a.ts as src/a.ts'],
  ['a link from inside to inside', 'alias.ts', 'inside file /w/shop/src/a.ts as alias.ts'],
  ['a linked folder from inside to inside', 'alias/a.ts', 'inside file /w/shop/src/a.ts as alias/a.ts'],
  ['an absolute path that a link leads inside', '/w/way-in/src/a.ts', 'inside file /w/shop/src/a.ts as src/a.ts'],
  ['an example of secrets that is made to be shared', '.env.example', 'inside file /w/shop/.env.example as .env.example'],
  ['a file that is not there', 'src/b.ts', 'inside missing /w/shop/src/b.ts as src/b.ts'],
  ['a file in folders that are not there', 'src/x/y/b.ts', 'inside missing /w/shop/src/x/y/b.ts as src/x/y/b.ts'],
  ['a file that is not there behind a linked folder', 'alias/b.ts', 'inside missing /w/shop/src/b.ts as alias/b.ts'],
  ['a folder', 'src', 'inside directory /w/shop/src as src'],
  ['the folder of the workspace itself', '.', 'inside directory /w/shop as .'],
  ['names that only Windows minds', 'aux.c', 'inside missing /w/shop/aux.c as aux.c'],
  ['a name with marks that only Windows minds', 'what? <a|b>.', 'inside missing /w/shop/what? <a|b>. as what? <a|b>.'],
  ['a name with a colon', './feat:x.md', 'inside missing /w/shop/feat:x.md as feat:x.md'],
  ['a name that looks like a shorthand, after all', './~$x.ts', 'inside missing /w/shop/~$x.ts as ~$x.ts'],
  ['a route with a parameter', 'routes/$userId.tsx', 'inside missing /w/shop/routes/$userId.tsx as routes/$userId.tsx'],
  ['a numbered backup', 'notes.txt.~1~', 'inside missing /w/shop/notes.txt.~1~ as notes.txt.~1~'],
  ['a secret', '.env', 'sensitive file /w/shop/.env as .env'],
  ['a secret behind an innocent name', 'innocent.txt', 'sensitive file /w/shop/.env as innocent.txt'],
  ['a harmless file under the name of a secret', '.env.local', 'sensitive file /w/shop/src/a.ts as .env.local'],
  ['a secret behind an absolute path', '/w/shop/.env', 'sensitive file /w/shop/.env as .env'],
  ['a file of git', '.git/config', 'sensitive file /w/shop/.git/config as .git/config'],
  ['a file of git in capitals', '.GIT/HEAD', 'sensitive file /w/shop/.GIT/HEAD as .GIT/HEAD'],
  ['a key in capitals', 'Keys/ID_RSA', 'sensitive file /w/shop/Keys/ID_RSA as Keys/ID_RSA'],
  ['a secret in full-width letters', '．ｅｎｖ', 'sensitive file /w/shop/．ｅｎｖ as ．ｅｎｖ'],
  ['what may be a short name', 'a~1.txt', 'sensitive missing /w/shop/a~1.txt as a~1.txt'],
  ['an absolute path outside', '/etc/passwd', 'outside file /etc/passwd as /etc/passwd'],
  ['an absolute path with a parent', '/w/shop/../out/secret.txt', 'outside file /w/out/secret.txt as /w/out/secret.txt'],
  ['the root', '/', 'outside directory / as /'],
  ['a sibling with the same beginning', '/w/shop-evil/a.ts', 'outside file /w/shop-evil/a.ts as /w/shop-evil/a.ts'],
  ['a link to a file outside', 'to-file', 'outside file /w/out/secret.txt as /w/out/secret.txt'],
  ['a file behind a link to a folder outside', 'to-folder/secret.txt', 'outside file /w/out/secret.txt as /w/out/secret.txt'],
  ['a file behind a chain of links', 'chain/secret.txt', 'outside file /w/out/secret.txt as /w/out/secret.txt'],
  ['a sibling behind a link to the parent', 'to-parent/shop-evil/a.ts', 'outside file /w/shop-evil/a.ts as /w/shop-evil/a.ts'],
  ['a file that would be made outside behind a link', 'to-folder/new/x.ts', 'outside missing /w/out/new/x.ts as /w/out/new/x.ts'],
];

const refused: readonly (readonly [string, string, RegExp])[] = [
  ['an empty path', '', /empty/],
  ['blanks', '  ', /empty/],
  ['a path of 2,000 characters', 'x/'.repeat(1000), /longer/],
  ['a NUL', 'src/a.ts\0.png', /hidden or control/],
  ['a line break', 'src/a\n.ts', /hidden or control/],
  ['a right-to-left override', 'src/\u202Est.a', /hidden or control/],
  ['a zero-width space', 'src/a\u200B.ts', /hidden or control/],
  ['a tag character', 'src/a\u{E0041}.ts', /hidden or control/],
  ['a variation selector', 'src/a\uFE01.ts', /hidden or control/],
  ['a blank filler of Hangul', 'src/a\u3164.ts', /hidden or control/],
  ['half a surrogate pair', 'src/\uD83C', /hidden or control/],
  ['a home folder', '~/.ssh/id_rsa', /shorthand/],
  ['another home folder', '~lin/.ssh/id_rsa', /shorthand/],
  ['an environment variable', '$HOME/.ssh/id_rsa', /shorthand/],
  ['an environment variable alone', '$home', /shorthand/],
  ['an environment variable of PowerShell', '$env:USERPROFILE\\x', /shorthand/],
  ['an environment variable in braces', 'src/${HOME}', /shorthand/],
  ['a command', 'src/$(id)', /shorthand/],
  ['a Windows variable', '%UserProfile%/x', /shorthand/],
  ['a file URL', 'file:///etc/passwd', /URL/],
  ['a web address', 'https://example.invalid/a', /URL/],
  ['a parent', '../out/secret.txt', /leads out of its folder/],
  ['a parent that comes back', '../shop/src/a.ts', /leads out of its folder/],
  ['a parent in the middle', 'src/../../out/secret.txt', /leads out of its folder/],
  ['a parent with backslashes', '..\\out\\secret.txt', /leads out of its folder/],
  ['a sibling with the same beginning, relative', '../shop-evil/a.ts', /leads out of its folder/],
  ['a drive', 'C:\\Windows\\win.ini', /no drives/],
  ['the current folder of a drive', 'C:win.ini', /drive/],
  ['a network share', '\\\\host\\share\\a.ts', /network share/],
  ['a network share with slashes', '//host/share/a.ts', /network share/],
  ['a device of Windows', '\\\\.\\pipe\\x', /network share/],
  ['a stream', 'src/a.ts::$DATA', /stream/],
  ['a stream with a name', 'src/a.ts:x:$data', /stream/],
  ['a link to itself', 'loop', /cannot be resolved/],
  ['two links in a ring', 'ring-a', /cannot be resolved/],
  ['something below a ring', 'ring-a/x/y', /cannot be resolved/],
  ['a link to nowhere', 'dangling', /cannot be resolved/],
  ['a link to nowhere outside', 'dangling-out', /cannot be resolved/],
  ['something below a link to nowhere', 'dangling/x/y.ts', /cannot be resolved/],
  ['something below a file', 'README.md/x', /cannot be resolved/],
  ['a name that is too long', 'x'.repeat(300), /cannot be resolved/],
  ['a folder that may not be read', 'denied/a.ts', /denies access/],
  ['a pipe', 'pipe', /not a regular file/],
];

describe('The path guard', () => {
  for (const [name, input, expected] of usable) it(`finds ${name}`, async () => assert.equal(await verdict(input), expected));
  for (const [name, input, reason] of refused) {
    it(`refuses ${name}`, async () => {
      assert.match(await verdict(input), reason);
      assert.match(await verdict(input, { purpose: 'write' }), reason);
    });
  }

  it('refuses everything when no folder is open', async () => {
    for (const path of ['src/a.ts', '/w/shop/src/a.ts', '/etc/passwd']) assert.match(await verdict(path, { workspace: workspaceOf() }), /no folder is open/);
  });

  it('refuses a folder of the workspace that is not there any more, but not the others', async () => {
    const workspace = workspaceOf('/w/shop', '/w/gone');
    assert.match(await verdict('gone/a.ts', { workspace }), /is not there/);
    assert.equal(await verdict('shop/src/a.ts', { workspace }), 'inside file /w/shop/src/a.ts as shop/src/a.ts');
  });

  it('follows the folder itself when it is a link', async () => {
    const window = { files: memoryFiles({ ...shop, '/home/shop': { link: '/w/shop' } }), workspace: workspaceOf('/home/shop') };
    const result = (await createPathGuard(window.workspace, window.files).resolve('src/a.ts', 'write')) as ResolvedPath;
    assert.deepEqual(result, { class: 'inside', kind: 'file', canonical: '/w/shop/src/a.ts', written: '/home/shop/src/a.ts', display: 'src/a.ts', reasons: [] });
    assert.match(await verdict('to-file', window), /^outside/);
    assert.equal(await verdict('/w/shop/src/a.ts', window), 'inside file /w/shop/src/a.ts as src/a.ts');
  });

  it('takes any failure of the file system for a refusal, and never throws', async () => {
    for (const part of ['realPath', 'facts', 'entry'] as const) {
      const broken = { ...files, [part]: failing };
      assert.match(await verdict(part === 'entry' ? 'src/new.ts' : 'src/a.ts', { files: broken, purpose: 'write' }), /cannot be resolved|is not there/, part);
    }
    const denying = { ...files, entry: async (): Promise<never> => Promise.reject(new FileError('denied', 'EACCES')) };
    assert.match(await verdict('src/new.ts', { files: denying }), /denies access/);
    const noWindow: Workspace = { folders: () => { throw new TypeError('a bug'); }, isTrusted: () => true };
    assert.match(await verdict('src/a.ts', { workspace: noWindow }), /cannot be resolved/);
    assert.match(await verdict(undefined as unknown as string), /empty/);
  });

  it('says why a person is asked, and where a link leads', async () => {
    const guard = createPathGuard(one, files);
    const messages = async (input: string, purpose: PathPurpose): Promise<readonly string[]> => {
      const result = await guard.resolve(input, purpose);
      return result.class === 'denied' ? [] : result.reasons.map(({ message, args }) => [message, ...args].join(' | '));
    };
    assert.deepEqual(await messages('innocent.txt', 'read'), ['It may hold keys or passwords.', 'It leads to {0}. | .env']);
    assert.deepEqual(await messages('to-file', 'read'), ['It lies outside the folders of this window.', 'It may hold keys or passwords.', 'It leads to {0}. | /w/out/secret.txt']);
    assert.deepEqual(await messages('.vscode/settings.json', 'write'), ['The editor obeys this file: it can name programs to run.']);
    assert.deepEqual(await messages('.unheard-of', 'write'), ['Its name begins with a dot: programs may read it as settings.']);
    assert.deepEqual(await messages('src', 'write'), ['It is a folder: everything in it is meant.']);
    assert.deepEqual(await messages('alias.ts', 'write'), []);
  });
});

describe('The path guard before a write', () => {
  it('leaves ordinary files alone, there or not, and asks for what only a write makes dangerous', async () => {
    for (const path of ['src/a.ts', 'src/new.ts', '.gitignore', '.editorconfig', 'docs/readme.md', 'what.lock.ts', 'src/headless.ts', 'alias.ts']) assert.match(await write(path), /^inside /, path);
    for (const path of ['package.json', 'Makefile', '.prettierrc', 'src']) {
      assert.match(await write(path), /^sensitive /, path);
      assert.match(await verdict(path), /^inside /, path);
    }
  });

  it('refuses what belongs to version control, under every name of it', async () => {
    for (const path of ['.git', '.git/config', '.GIT/HEAD', '.git/hooks/pre-commit', 'sub/.git', '.gıt/x', '.git./x', 'git~1/hooks/x', 'x.git/config', '.hg/hgrc', '.svn/x', '/w/out/.git/config', 'to-git/config']) {
      assert.match(await write(path, { files: memoryFiles({ ...shop, '/w/shop/to-git': { link: '.git' } }) }), /version control/, path);
    }
  });

  it('refuses what belongs to a bare repository, whatever its name, and asks before one could be made', async () => {
    const bare = memoryFiles({ ...shop, '/w/shop/fixtures/repo/HEAD': 'ref', '/w/shop/fixtures/repo/objects': { folder: true }, '/w/shop/fixtures/repo/refs': { folder: true }, '/w/shop/fixtures/repo/config': '' });
    for (const path of ['fixtures/repo/config', 'fixtures/repo/hooks/x', 'fixtures/repo', '/w/shop/fixtures/repo/new']) assert.match(await write(path, { files: bare }), /version control/, path);
    assert.match(await write('fixtures/new.ts', { files: bare }), /^inside/);
    assert.match(await write('lib/HEAD'), /^sensitive/);
  });

  it('refuses a folder of the workspace and every folder around it', async () => {
    for (const path of ['.', '/w/shop', '/w', '/', 'to-parent']) assert.match(await write(path), /as a whole/, path);
  });

  it('asks before a file is written that has another name', async () => {
    const linked = memoryFiles({ ...shop, '/w/shop/twin.ts': { sameAs: '/w/out/secret.txt' } });
    assert.match(await write('twin.ts', { files: linked }), /^sensitive file/);
    assert.match(await verdict('twin.ts', { files: linked }), /^inside file/);
  });

  it('neither reads nor writes what is its own, whatever the way', async () => {
    const disk = memoryFiles({ ...shop, '/w/shop/store/chats.json': '{}', '/w/shop/way': { link: 'store' }, '/w/own-link': { link: '/w/shop/store' } });
    for (const ownFolders of [['/w/shop/store'], ['/w/own-link'], ['/w/shop/STORE/'], ['/w/shop/way']]) {
      for (const purpose of ['read', 'write'] as const) {
        for (const path of ['store/chats.json', 'store', 'way/chats.json', '/w/shop/store/new.json', 'store/../store/x']) assert.match(await verdict(path, { files: disk, ownFolders, purpose }), /Rivulet itself/, `${ownFolders[0]} ${path}`);
      }
    }
    assert.match(await verdict('store-2/x', { files: disk, ownFolders: ['/w/shop/store'] }), /^inside/);
    assert.match(await verdict('later/x', { files: disk, ownFolders: ['/w/shop/later'] }), /Rivulet itself/, 'one that is not there yet');
    assert.match(await verdict('/w/out', { files: disk, ownFolders: ['/w/out/deep/own'], purpose: 'write' }), /as a whole/);
  });
});

describe('The path guard with several folders', () => {
  it('finds a file in the folder that its path begins with, or in the only one that has it', async () => {
    assert.equal(await writeInTwo('other/b.ts'), 'inside file /w/other/b.ts as other/b.ts');
    assert.equal(await writeInTwo('b.ts'), 'inside file /w/other/b.ts as other/b.ts');
    assert.equal(await writeInTwo('other/src/a.ts'), 'inside file /w/other/src/a.ts as other/src/a.ts');
    assert.equal(await writeInTwo('/w/other/b.ts'), 'inside file /w/other/b.ts as other/b.ts');
    assert.equal(await writeInTwo('other/new.ts'), 'inside missing /w/other/new.ts as other/new.ts');
    assert.equal(await verdict('other', { workspace: two }), 'inside directory /w/other as other');
  });

  it('does not guess between two', async () => {
    assert.match(await writeInTwo('src/a.ts'), /several folders .* \(shop, other\)/);
    assert.match(await writeInTwo('src/new.ts'), /no such file in any folder .* \(shop, other\)/);
    assert.match(await writeInTwo('other/../shop/src/a.ts'), /leads out of its folder/);
    assert.match(await writeInTwo('.git/x'), /version control/);
    assert.match(await verdict('to-file', { workspace: two }), /^outside/);
  });

  it('shows files of folders with one name by where they are', async () => {
    const workspace = workspaceOf('/a/web', '/b/web');
    const disk = memoryFiles({ '/a/web/x.ts': '', '/b/web/x.ts': '', '/b/web/y.ts': '' });
    assert.equal(await verdict('web/y.ts', { workspace, files: disk }), 'inside file /b/web/y.ts as /b/web/y.ts');
    assert.match(await verdict('web/x.ts', { workspace, files: disk }), /several folders/);
  });

  it('takes a file in the inner of two folders for what it is in the outer', async () => {
    const workspace = workspaceOf('/w/shop', '/w/shop/.vscode');
    assert.equal(await verdict('.vscode/x.json', { workspace, files: memoryFiles({ ...shop, '/w/shop/.vscode/y.json': '{}' }), purpose: 'write' }), 'sensitive missing /w/shop/.vscode/x.json as .vscode/x.json');
  });
});

describe('The path guard where paths begin with a drive', () => {
  const disk = memoryFiles({ '/c:/shop/src/a.ts': '', '/c:/shop/.env': '', '/c:/out/b.ts': '' }, { ignoresCase: true });
  const on = async (input: string, purpose: PathPurpose = 'write'): Promise<string> => verdict(input, { workspace: workspaceOf('/c:/shop'), files: disk, purpose });

  it('finds files by both kinds of slashes and by the drive in either case', async () => {
    for (const path of ['src\\a.ts', 'SRC/A.TS', 'c:\\shop\\src\\a.ts', 'C:/Shop/src/a.ts', '/c:/shop/src/a.ts']) assert.match(await on(path), /^inside file \/c:\/shop\/src\/a\.ts as/, path);
    assert.match(await on('D:\\x'), /cannot be resolved/);
    assert.equal(await on('C:\\..\\out\\b.ts'), 'outside file /c:/out/b.ts as /c:/out/b.ts');
  });

  for (const path of ['con', 'src/NUL', 'aux.txt', 'COM1.log', 'lpt9', 'COM¹', 'nul .txt', 'a.ts:x', 'src/a.ts:$DATA', '.env.', '.env ', 'src./a.ts', '...', 'what?.ts', 'a|b', 'a<b', '"a"', 'VSCODE~1/settings.json', 'PROGRA~1', 'a~1.txt', '\\\\?\\C:\\shop\\src\\a.ts', '/etc/passwd', '\\Windows\\win.ini', 'c:src']) {
    it(`refuses ${JSON.stringify(path)}`, async () => {
      assert.doesNotMatch(await on(path), /^(inside|sensitive|outside) /);
      assert.doesNotMatch(await on(path, 'read'), /^(inside|sensitive|outside) /);
    });
  }
});

describe('A document that is no file', () => {
  const cell: ResolvedPath = { class: 'inside', canonical: 'vscode-notebook-cell:/w/shop/a.ipynb#c3', written: 'vscode-notebook-cell:/w/shop/a.ipynb#c3', display: 'a.ipynb#cell-3', kind: 'file', reasons: [] };

  it('is found while the host offers it, by exactly the name that it has there', async () => {
    let offered: readonly ResolvedPath[] = [cell];
    const guard = createPathGuard(one, files, { offered: () => offered });
    assert.equal(await guard.resolve('a.ipynb#cell-3', 'write'), cell);
    for (const other of ['./a.ipynb#cell-3', 'A.ipynb#cell-3', 'a.ipynb#cell-33', 'untitled:Untitled-1']) assert.notEqual((await guard.resolve(other, 'write') as Partial<ResolvedPath>).canonical, cell.canonical, other);
    offered = [];
    assert.notEqual((await guard.resolve('a.ipynb#cell-3', 'write') as Partial<ResolvedPath>).canonical, cell.canonical);
  });
});
