import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { guardPath } from '../../src/core/tools/pathGuard.ts';
import { memoryFiles } from './support/memoryFiles.ts';
import { readable, shop, workspaceOf } from './support/workspaces.ts';

const files = memoryFiles(shop);
const one = workspaceOf('/w/shop');
const two = workspaceOf('/w/shop', '/w/other');

async function verdict(input: string, workspace = one): Promise<string> {
  const result = await guardPath(input, workspace, files);
  return result.kind === 'allowed' ? `${result.canonical} as ${result.display}` : result.reason;
}

const allowed: readonly (readonly [string, string, string])[] = [
  ['a file', 'src/a.ts', '/w/shop/src/a.ts as src/a.ts'],
  ['a file with blanks in its name', 'src/a file.ts', '/w/shop/src/a file.ts as src/a file.ts'],
  ['needless dots and slashes', './src//./x/../a.ts', '/w/shop/src/a.ts as src/a.ts'],
  ['backslashes', 'src\\a.ts', '/w/shop/src/a.ts as src/a.ts'],
  ['an absolute path inside', '/w/shop/src/a.ts', '/w/shop/src/a.ts as src/a.ts'],
  ['a link from inside to inside', 'alias.ts', '/w/shop/src/a.ts as alias.ts'],
  ['a linked folder from inside to inside', 'alias/a.ts', '/w/shop/src/a.ts as alias/a.ts'],
  ['an example of secrets that is made to be shared', '.env.example', '/w/shop/.env.example as .env.example'],
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
  ['half a surrogate pair', 'src/\uD83C', /hidden or control/],
  ['a home folder', '~/.ssh/id_rsa', /shorthand/],
  ['an environment variable', '$HOME/.ssh/id_rsa', /shorthand/],
  ['an environment variable in braces', 'src/${HOME}', /shorthand/],
  ['a Windows variable', '%USERPROFILE%/x', /shorthand/],
  ['a file URL', 'file:///etc/passwd', /URL/],
  ['a web address', 'https://example.invalid/a', /URL/],
  ['a parent', '../out/secret.txt', /outside/],
  ['a parent that comes back', '../shop/src/a.ts', /outside/],
  ['a parent in the middle', 'src/../../out/secret.txt', /outside/],
  ['a parent with backslashes', '..\\out\\secret.txt', /outside/],
  ['an absolute path outside', '/etc/passwd', /outside/],
  ['an absolute path with a parent', '/w/shop/../out/secret.txt', /outside/],
  ['a drive', 'C:\\Windows\\win.ini', /outside/],
  ['a network share', '\\\\host\\share\\a.ts', /outside/],
  ['a sibling with the same beginning', '/w/shop-evil/a.ts', /outside/],
  ['a sibling with the same beginning, relative', '../shop-evil/a.ts', /outside/],
  ['a link to a file outside', 'to-file', /symbolic link/],
  ['a file behind a link to a folder outside', 'to-folder/secret.txt', /symbolic link/],
  ['a file behind a chain of links', 'chain/secret.txt', /symbolic link/],
  ['a sibling behind a link to the parent', 'to-parent/shop-evil/a.ts', /symbolic link/],
  ['a link to itself', 'loop', /cannot be resolved/],
  ['two links in a ring', 'ring-a', /cannot be resolved/],
  ['a link to nowhere', 'dangling', /no such file/],
  ['a link to nowhere outside', 'dangling-out', /no such file/],
  ['a file that is not there', 'src/b.ts', /no such file/],
  ['a folder that may not be read', 'denied/a.ts', /denies access/],
  ['a folder', 'src', /folder/],
  ['the workspace itself', '.', /folder/],
  ['a pipe', 'pipe', /not a regular file/],
  ['a secret', '.env', /secrets/],
  ['a secret behind an innocent name', 'innocent.txt', /secrets/],
  ['a harmless file under the name of a secret', '.env.local', /secrets/],
  ['a secret behind an absolute path', '/w/shop/.env', /secrets/],
  ['a file of git', '.git/config', /secrets/],
  ['a file of git in capitals', '.GIT/HEAD', /secrets/],
  ['a key in capitals', 'Keys/ID_RSA', /secrets/],
  ['a secret in full-width letters', '．ｅｎｖ', /secrets/],
];

describe('guardPath', () => {
  for (const [name, input, expected] of allowed) it(`allows ${name}`, async () => assert.equal(await verdict(input), expected));
  for (const [name, input, reason] of refused) it(`refuses ${name}`, async () => assert.match(await verdict(input), reason));

  it('refuses everything when no folder is open', async () => {
    assert.match(await verdict('src/a.ts', workspaceOf()), /no folder is open/);
    assert.match(await verdict('/w/shop/src/a.ts', workspaceOf()), /no folder is open/);
  });

  it('finds a file in the folder that its path begins with, and in each folder in turn', async () => {
    assert.equal(await verdict('other/b.ts', two), '/w/other/b.ts as other/b.ts');
    assert.equal(await verdict('b.ts', two), '/w/other/b.ts as other/b.ts');
    assert.equal(await verdict('src/a.ts', two), '/w/shop/src/a.ts as shop/src/a.ts');
    assert.equal(await verdict('other/src/a.ts', two), '/w/other/src/a.ts as other/src/a.ts');
    assert.equal(await verdict('/w/other/b.ts', two), '/w/other/b.ts as other/b.ts');
    assert.match(await verdict('other/../shop/src/a.ts', two), /outside|no such file/);
    assert.match(await verdict('.env', two), /secrets/);
    assert.match(await verdict('to-file', two), /symbolic link/);
  });

  it('follows the folder itself when it is a link', async () => {
    const linked = memoryFiles({ ...shop, '/home/shop': { link: '/w/shop' } });
    const result = await guardPath('src/a.ts', workspaceOf('/home/shop'), linked);
    assert.deepEqual(result, { kind: 'allowed', canonical: '/w/shop/src/a.ts', written: '/home/shop/src/a.ts', display: 'src/a.ts' });
    assert.equal((await guardPath('to-file', workspaceOf('/home/shop'), linked)).kind, 'refused');
  });

  it('takes any failure of the file system for a refusal', async () => {
    const broken = { ...files, realPath: async () => Promise.reject(new Error('ENAMETOOLONG')) };
    assert.deepEqual(await guardPath('src/a.ts', one, broken), { kind: 'refused', reason: 'it cannot be resolved' });
    const blind = { ...files, facts: async () => Promise.reject(new Error('EIO')) };
    assert.equal((await guardPath('src/a.ts', one, blind)).kind, 'refused');
  });

  it('allows none of 20,000 spellings that leads to anything but a readable file of the workspace', async () => {
    const good = ['src', 'a.ts', 'README.md', 'alias', 'alias.ts', '.env.example', '..', '.'];
    const bad = [
      '.env', '.ENV', '.git', 'config', 'HEAD', 'to-file', 'to-folder', 'to-parent', 'chain', 'innocent.txt', 'secret.txt', 'shop', 'shop-evil', 'out', 'w', 'etc',
      'passwd', 'loop', 'denied', 'pipe', '．ｅｎｖ', 'é.ts', 'e\u0301.ts', '．．', '', ' ', '~', 'C:', '%2e%2e', '..\u2215', '.env.', '.env ', '.env::$DATA', 'GIT~1',
    ];
    const names = fc.oneof(fc.constantFrom(...good), fc.constantFrom(...bad));
    const separator = fc.constantFrom('/', '/', '/', '\\', '//', '/./');
    const spelling = fc
      .tuple(fc.constantFrom('', '', '', '/', '/w/shop/', '/w/', '\\\\', 'c:/', 'file:///'), fc.array(fc.tuple(names, separator), { minLength: 1, maxLength: 6 }), fc.boolean())
      .map(([start, parts, closed]) => `${start}${parts.map(([name, mark], index) => (index < parts.length - 1 || closed ? name + mark : name)).join('')}`);
    let hits = 0;
    await fc.assert(
      fc.asyncProperty(spelling, async (input) => {
        const result = await guardPath(input, one, files);
        if (result.kind === 'refused') return;
        hits += 1;
        assert.ok(readable.has(result.canonical), `${input} leads to ${result.canonical}`);
      }),
      { numRuns: 20_000 },
    );
    assert.ok(hits > 200, `only ${hits} spellings were allowed: the test asks the wrong questions`);
  });
});
