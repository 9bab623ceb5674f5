import assert from 'node:assert/strict';
import { posix } from 'node:path';
import * as fc from 'fast-check';
import { createPathGuard, type PathGuard, type PathPurpose, type ResolvedPath } from '../../src/core/guard/pathGuard.ts';
import { memoryFiles, type Entry } from './support/memoryFiles.ts';
import { isIn, naiveDisk, namesTo, type NaiveDisk, type Thing, type WalkEnd } from './support/naiveDisk.ts';
import { workspaceOf } from './support/workspaces.ts';

/*
 * 100,000 spellings against an oracle that shares nothing with the guard: it takes `..` off with node's own function,
 * walks the disk thing by thing, and knows what is protected from a list of names that it compares in its own way.
 */

const entries: { readonly [path: string]: Entry } = {
  '/w/shop/README.md': '', '/w/shop/src/a.ts': '', '/w/shop/src/caf\u00E9.ts': '', '/w/shop/src/deep/er/b.ts': '', '/w/shop/.env.example': '', '/w/shop/a~1.txt': '',
  '/w/shop/.env': '', '/w/shop/Keys/ID_RSA': '', '/w/shop/.git/config': '', '/w/shop/.git/hooks/pre-commit': '', '/w/shop/.vscode/settings.json': '', '/w/shop/package.json': '', '/w/shop/lib/.npmrc': '',
  '/w/shop/．ｅｎｖ': '', '/w/shop/store/chats.json': '', '/w/shop/pipe': { other: true }, '/w/shop/closed': { refuses: true },
  '/w/shop/alias': { link: 'src' }, '/w/shop/alias.ts': { link: './alias/../src/a.ts' }, '/w/shop/innocent': { link: '.vscode' }, '/w/shop/notes.txt': { link: '.env' }, '/w/shop/to-git': { link: '/w/shop/.git' },
  '/w/shop/.env.local': { link: 'src/a.ts' }, '/w/shop/to-store': { link: 'store' }, '/w/shop/to-file': { link: '../out/secret.txt' }, '/w/shop/to-folder': { link: '/w/out' }, '/w/shop/up': { link: '..' },
  '/w/shop/chain-1': { link: 'chain-2' }, '/w/shop/chain-2': { link: 'to-folder/deep' }, '/w/shop/round': { link: 'up/shop/up/shop/src' }, '/w/shop/loop': { link: 'loop' }, '/w/shop/ring-1': { link: 'ring-2' }, '/w/shop/ring-2': { link: 'ring-1' },
  '/w/shop/dangling': { link: 'src/later.ts' }, '/w/shop/dangling-out': { link: '/w/out/later.txt' }, '/w/shop/dangling-far': { link: '../nowhere/at/all' },
  ...Object.fromEntries(Array.from({ length: 45 }, (_, index) => [`/w/shop/hop-${index}`, { link: index === 44 ? 'src' : `hop-${index + 1}` }])),
  '/w/way-in': { link: 'shop' }, '/w/shop-evil/a.ts': '', '/w/out/secret.txt': '', '/w/out/deep/secret.txt': '', '/w/out/.git/config': '',
  '/w/other/b.ts': '', '/w/other/src/a.ts': '', '/w/other/to-shop': { link: '../shop' }, '/etc/passwd': '', '/home/lin/.ssh/id_rsa': '',
};

/** With everything in them, and as files. */
const folders = { read: ['.git', '.ssh'], write: ['.git', '.ssh', '.vscode', '.env', '.npmrc', '.env.local'] };
const names = { read: ['.env', '.npmrc', 'id_rsa', '.env.local'], write: ['.env', '.npmrc', 'id_rsa', '.env.local', 'package.json', 'settings.json'] };

const tokens = [
  'src', 'src', 'a.ts', 'src/a.ts', 'README.md', 'src/caf\u00E9.ts', 'src/cafe\u0301.ts', 'src/deep/er/b.ts', '.env.example', 'new', 'new.ts', 'x/y/z.ts', 'alias', 'alias.ts', 'round', 'lib', 'hop-20', 'a~1.txt',
  '.env', '.git', '.git/config', '.git/hooks/pre-commit', '.vscode', '.vscode/settings.json', 'settings.json', 'package.json', 'lib/.npmrc', 'Keys/ID_RSA', '．ｅｎｖ', '.env.local', 'notes.txt', 'innocent', 'innocent/settings.json', 'to-git', 'to-git/config',
  'store', 'store/chats.json', 'to-store', 'to-file', 'to-folder', 'to-folder/secret.txt', 'up', 'up/shop', 'chain-1', 'chain-2', 'hop-0', 'hop-4', 'hop-5', 'loop', 'ring-1', 'dangling', 'dangling-out', 'dangling-far', 'pipe', 'closed',
  '..', '..', '.', '', '...', '．．', 'shop', 'other', 'shop-evil', 'out', 'deep', 'secret.txt', 'w', 'way-in', 'to-shop', 'b.ts', 'out/secret.txt', 'out/deep/secret.txt', 'shop-evil/a.ts', 'etc/passwd', 'etc/passwd', 'home/lin/.ssh/id_rsa', '%2e%2e', '..\u2215', 'GIT~1', 'git~1/config', 'VSCODE~1', 'ENV~1', 'con', 'NUL.txt', 'COM1', 'aux', 'C:', '~', '$HOME', '.gıt', '.ＶＳｃｏｄｅ',
];

const full = (text: string): string => text.replace(/[!-~]/g, (letter) => (letter === '/' ? letter : String.fromCharCode(letter.charCodeAt(0) + 0xfee0)));
const changes: readonly ((token: string) => string)[] = [
  (token) => token, (token) => token, (token) => token, (token) => token, (token) => token, (token) => token,
  (token) => token.toUpperCase(), (token) => token.replace(/[a-z]/g, (letter, index: number) => (index % 2 === 0 ? letter.toUpperCase() : letter)), (token) => token.normalize('NFD'), full,
  (token) => token.replaceAll('s', 'ſ'), (token) => token.replaceAll('k', '\u212A'), (token) => `${token}.`, (token) => `${token} `, (token) => `${token}. . .`, (token) => `${token}::$DATA`, (token) => `${token}:x`, (token) => ` ${token}`,
  (token) => `${token}\u200D`, (token) => token.replaceAll('/', '\\'), (token) => token.replaceAll('/', '//'), (token) => token.replaceAll('/', '/./'),
];
const starts = ['', '', '', '', '', '/', '/w/', '/w/shop/', '/w/shop/', '/w/shop/../shop/', '/W/Shop/', '/w/way-in/', '/w/other/', 'shop/', 'other/', '\\w\\shop\\', '//w/shop/', 'c:/', 'C:\\w\\shop\\', 'file:///w/shop/', '~/', './', '../', '../shop/'];

const part = fc.tuple(fc.constantFrom(...tokens), fc.constantFrom(...changes)).map(([token, change]) => change(token));
const spelling = fc
  .tuple(fc.constantFrom(...starts), fc.array(part, { minLength: 1, maxLength: 3 }), fc.constantFrom('/', '/', '/', '/', '\\', '//', '/./', '/x/../'), fc.constantFrom('', '', '', '/'))
  .map(([start, parts, mark, end]) => `${start}${parts.join(mark)}${end}`);

/** Compared as by a file system that forgives everything, without what Windows drops. */
function isProtected(path: readonly string[], purpose: PathPurpose): boolean {
  const plain = path.map((name) => name.normalize('NFKC').replaceAll('ß', 'ss').replaceAll('ı', 'i').toLowerCase().split(':')[0]?.trim().replace(/[. ]+$/, '') ?? '');
  return plain.some((name) => folders[purpose].includes(name)) || names[purpose].includes(plain.at(-1) ?? '');
}

interface Case {
  readonly guard: PathGuard;
  readonly disk: NaiveDisk;
  readonly folders: readonly string[];
}

function caseOf(folders: readonly string[], ignoresCase: boolean): Case {
  const files = memoryFiles(entries, { ignoresCase });
  return { guard: createPathGuard(workspaceOf(...folders), files, { ownFolders: ['/w/shop/store'] }), disk: naiveDisk(entries, ignoresCase), folders };
}

const cases: readonly Case[] = [caseOf(['/w/shop'], false), caseOf(['/w/shop'], true), caseOf(['/w/shop', '/w/other'], false), caseOf(['/w/other', '/w/shop'], true), caseOf(['/w/way-in'], false)];

/** Every absolute path that a spelling may mean, `..` taken off by node. */
function meanings(input: string, folders: readonly string[]): readonly string[] {
  const path = input.replaceAll('\\', '/');
  if (path.startsWith('/')) return [posix.normalize(path)];
  const named = folders.filter((folder) => folders.length > 1 && path.split('/')[0] === posix.basename(folder));
  return named.length > 0 ? named.map((folder) => posix.normalize(posix.join(posix.dirname(folder), path))) : folders.map((folder) => posix.normalize(`${folder}/${path}`));
}

function isSame(one: WalkEnd, other: WalkEnd): boolean {
  return one !== 'nowhere' && other !== 'nowhere' && one.at === other.at && one.rest.join('/') === other.rest.join('/');
}

function thingAt(disk: NaiveDisk, path: string): Thing {
  const end = disk.walk(path);
  assert.ok(end !== 'nowhere' && end.rest.length === 0);
  return end.at;
}

function check(input: string, purpose: PathPurpose, result: ResolvedPath, { disk, folders }: Case): void {
  const opened = disk.walkStraight(result.canonical);
  assert.ok(opened !== 'nowhere', `${result.canonical} is no real path`);
  // The last slash is no part of a name that is missing.
  const meant = meanings(input, folders).map((path) => disk.walk(path.replace(/(?<=.)\/$/, '')));
  assert.ok(meant.some((end) => isSame(end, opened)), `means ${meanings(input, folders).join(' or ')}, but leads to ${result.canonical}`);
  assert.ok(isSame(disk.walk(result.written), opened), `the editor would open ${result.written}, not ${result.canonical}`);

  const { at, rest } = opened;
  const { entry } = at;
  assert.equal(result.kind, rest.length > 0 ? 'missing' : typeof entry === 'object' && 'folder' in entry ? 'directory' : 'file');
  assert.ok(!(rest.length === 0 && typeof entry === 'object' && 'other' in entry), 'a pipe');

  const roots = folders.map((folder) => thingAt(disk, folder));
  const own = thingAt(disk, '/w/shop/store');
  assert.ok(!isIn(at, own), 'it belongs to Rivulet');
  const all = [...namesTo(at), ...rest];
  if (purpose === 'write') {
    assert.ok(!all.some((name) => ['.git', 'git~1'].includes(name.normalize('NFKC').toLowerCase())), 'it belongs to Git');
    assert.ok(rest.length > 0 || roots.every((root) => !isIn(root, at)), 'it holds a folder of the workspace');
  }
  const holding = roots.filter((root) => isIn(at, root));
  assert.equal(result.class === 'outside', holding.length === 0);
  if (result.class !== 'inside') {
    assert.ok(result.reasons.length > 0);
    return;
  }
  assert.deepEqual(result.reasons, []);
  for (const root of holding) {
    const below = [...namesTo(at).slice(namesTo(root).length), ...rest];
    assert.ok(!isProtected(below, purpose), `${below.join('/')} is protected`);
  }
  const shown = result.display.split('/').slice(folders.length > 1 ? 1 : 0);
  assert.ok(!isProtected(shown, purpose), `it is shown as ${result.display}, which is protected`);
}

describe('The path guard, of 100,000 spellings,', () => {
  // A hundred thousand refusals are thrown by the disk, and nobody reads where.
  const { stackTraceLimit } = Error;
  before(() => void (Error.stackTraceLimit = 0));
  after(() => void (Error.stackTraceLimit = stackTraceLimit));

  it('takes none for ordinary that leads outside, to a secret or to its own, and finds what the file system would open', async function () {
    this.timeout(120_000);
    const counts = new Map<string, number>();
    let asked = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(spelling, { minLength: 50, maxLength: 50 }), async (inputs) => {
        for (const input of inputs) {
          const one = cases[asked % cases.length] as Case;
          const purpose = asked % 2 === 0 ? 'read' : 'write';
          asked += 1;
          const result = await one.guard.resolve(input, purpose);
          const key = result.class === 'denied' ? 'denied' : `${result.class} ${result.kind}`;
          counts.set(key, (counts.get(key) ?? 0) + 1);
          if (result.class === 'denied') continue;
          try {
            check(input, purpose, result, one);
          } catch (error) {
            throw new Error(`${purpose} ${JSON.stringify(input)} in ${one.folders.join(' and ')}: ${JSON.stringify(result)}`, { cause: error });
          }
        }
      }),
      { numRuns: 2000, endOnFailure: true },
    );
    assert.ok(asked >= 100_000);
    // A guard that refuses everything would pass all of the above.
    for (const key of ['inside file', 'inside directory', 'inside missing', 'sensitive file', 'sensitive missing', 'outside file', 'outside missing', 'denied']) {
      assert.ok((counts.get(key) ?? 0) > 100, `${key}: ${counts.get(key) ?? 0}`);
    }
    if (process.env['SHOW_COUNTS'] !== undefined) console.log(counts);
  });
});
