import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import * as fc from 'fast-check';
import { createPathGuard, type PathPurpose } from '../../src/core/guard/pathGuard.ts';
import { diskFiles } from './support/diskFiles.ts';
import { workspaceOf } from './support/workspaces.ts';

describe('The path guard on a real disk', function () {
  let root = '';
  let shop = '';

  before(function () {
    // Links, pipes and modes as they are made here do not exist on Windows.
    if (process.platform === 'win32') return this.skip();
    root = realpathSync(mkdtempSync(join(tmpdir(), 'rivulet-guard-')));
    shop = join(root, 'shop');
    for (const folder of ['shop/src', 'shop/.git', 'shop/closed', 'shop-evil', 'out/deep']) mkdirSync(join(root, folder), { recursive: true });
    for (const file of ['shop/src/a.ts', 'shop/.env', 'shop/.git/config', 'shop/closed/a.ts', 'shop-evil/a.ts', 'out/secret.txt', 'out/deep/secret.txt']) writeFileSync(join(root, file), file);
    const links: readonly (readonly [string, string])[] = [
      ['file-out', '../out/secret.txt'],
      ['folder-out', join(root, 'out')],
      ['chain-1', 'chain-2'],
      ['chain-2', 'folder-out/deep'],
      ['loop', 'loop'],
      ['dangling', '../out/later.txt'],
      ['dangling-in', 'src/later.ts'],
      ['dangling-folder', '../nowhere/deep'],
      ['alias', 'src'],
      ['alias.ts', 'alias/a.ts'],
      ['innocent', '.git'],
      ['up', '..'],
    ];
    for (const [name, target] of links) symlinkSync(target, join(shop, name));
    linkSync(join(root, 'out/secret.txt'), join(shop, 'twin.txt'));
    execFileSync('mkfifo', [join(shop, 'pipe')]);
    chmodSync(join(shop, 'closed'), 0);
    return undefined;
  });

  after(() => {
    if (root === '') return;
    chmodSync(join(shop, 'closed'), 0o700);
    rmSync(root, { recursive: true });
  });

  async function kindOf(input: string, purpose: PathPurpose = 'read'): Promise<string> {
    const result = await createPathGuard(workspaceOf(shop), diskFiles).resolve(input, purpose);
    return result.class === 'denied' ? result.reason : `${result.class} ${result.kind} ${result.canonical.slice(root.length)}`;
  }

  it('finds files and links from inside to inside', async () => {
    for (const path of ['src/a.ts', 'alias/a.ts', 'alias.ts', `${shop}/src/a.ts`, 'src\\a.ts']) assert.equal(await kindOf(path, 'write'), 'inside file /shop/src/a.ts');
    assert.equal(await kindOf('alias'), 'inside directory /shop/src');
  });

  it('knows of a path to be written whether it is a link itself', async () => {
    const guard = createPathGuard(workspaceOf(shop), diskFiles);
    const links: string[] = [];
    for (const path of ['alias.ts', 'alias', 'file-out', 'chain-1', join(root, 'shop/alias.ts'), 'src/a.ts', 'alias/a.ts', 'folder-out/secret.txt', 'alias/new.ts', 'twin.txt', join(root, 'out/secret.txt')]) {
      const found = await guard.resolve(path, 'write');
      assert.ok(found.class !== 'denied', path);
      if (found.isLink) links.push(path);
    }
    assert.deepEqual(links, ['alias.ts', 'alias', 'file-out', 'chain-1', join(root, 'shop/alias.ts')]);
  });

  it('says of links that lead out, however long the way, that they do', async () => {
    for (const path of ['file-out', 'folder-out/secret.txt']) assert.equal(await kindOf(path), 'outside file /out/secret.txt');
    for (const path of ['chain-1/secret.txt', 'chain-2/secret.txt', 'folder-out/../folder-out/deep/secret.txt']) assert.equal(await kindOf(path), 'outside file /out/deep/secret.txt');
    for (const path of ['up/shop-evil/a.ts', join(root, 'shop-evil/a.ts')]) assert.equal(await kindOf(path, 'write'), 'outside file /shop-evil/a.ts');
  });

  it('finds where a missing file would be made, behind links and in folders that are missing too', async () => {
    assert.equal(await kindOf('src/x/y/new.ts', 'write'), 'inside missing /shop/src/x/y/new.ts');
    assert.equal(await kindOf('alias/x/new.ts', 'write'), 'inside missing /shop/src/x/new.ts');
    assert.equal(await kindOf('folder-out/x/new.ts', 'write'), 'outside missing /out/x/new.ts');
    assert.equal(await kindOf('chain-1/new.ts', 'write'), 'outside missing /out/deep/new.ts');
    assert.equal(await kindOf('up/shop/.vscode/x.json', 'write'), 'sensitive missing /shop/.vscode/x.json');
    assert.match(await kindOf('innocent/hooks/x', 'write'), /version control/);
  });

  it('refuses loops, links to nowhere and what would lie below them, pipes, and files for folders', async () => {
    for (const path of ['loop', 'loop/x', 'dangling', 'dangling/x', 'dangling-in', 'dangling-folder', 'dangling-folder/a/b.ts', 'up/shop/dangling', 'src/a.ts/b', `${'x'.repeat(300)}/a.ts`]) {
      assert.match(await kindOf(path), /cannot be resolved/, path);
      assert.match(await kindOf(path, 'write'), /cannot be resolved/, path);
    }
    assert.match(await kindOf('pipe'), /not a regular file/);
  });

  it('asks for secrets, and before a file with two names is written', async () => {
    for (const path of ['.env', 'innocent/config', 'up/shop/.env']) assert.match(await kindOf(path), /^sensitive file/, path);
    assert.equal(await kindOf('twin.txt'), 'inside file /shop/twin.txt');
    assert.equal(await kindOf('twin.txt', 'write'), 'sensitive file /shop/twin.txt');
  });

  it('refuses what the file system denies, to whomever it denies it', async () => {
    // Root may enter every folder: then the file is simply a file of the workspace.
    if (process.getuid?.() === 0) assert.equal(await kindOf('closed/a.ts'), 'inside file /shop/closed/a.ts');
    else assert.match(await kindOf('closed/a.ts'), /denies access/);
  });

  it('takes nothing for ordinary whose real place, as node finds it, lies outside or in the repository', async () => {
    const names = fc.constantFrom('src', 'a.ts', 'new', 'alias', 'alias.ts', 'file-out', 'folder-out', 'chain-1', 'up', 'shop', 'shop-evil', 'out', 'deep', 'secret.txt', 'dangling', '.git', 'config', '..', '.', '');
    const hits = { file: 0, directory: 0, missing: 0 };
    const guard = createPathGuard(workspaceOf(shop), diskFiles);
    await fc.assert(
      fc.asyncProperty(fc.array(names, { minLength: 1, maxLength: 6 }), fc.constantFrom('/', '\\'), async (parts, mark) => {
        const result = await guard.resolve(parts.join(mark), 'read');
        if (result.class !== 'inside') return;
        hits[result.kind] += 1;
        assert.ok(result.canonical === shop || result.canonical.startsWith(shop + sep), result.canonical);
        assert.ok(!`${result.canonical}/`.includes(`${sep}.git${sep}`), result.canonical);
        if (result.kind === 'missing') {
          assert.equal(statSync(result.canonical, { throwIfNoEntry: false }), undefined);
          return;
        }
        assert.equal(realpathSync(result.canonical), result.canonical);
        assert.equal(statSync(result.written).ino, statSync(result.canonical).ino);
      }),
      { numRuns: 2000 },
    );
    for (const [kind, count] of Object.entries(hits)) assert.ok(count > 10, `only ${count} of kind ${kind}`);
  }).timeout(60_000);
});
