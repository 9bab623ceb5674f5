import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import * as fc from 'fast-check';
import { guardPath } from '../../src/core/tools/pathGuard.ts';
import { diskFiles } from './support/diskFiles.ts';
import { workspaceOf } from './support/workspaces.ts';

describe('guardPath on a real disk', function () {
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
      ['alias', 'src'],
      ['alias.ts', 'alias/a.ts'],
      ['innocent', '.git'],
      ['up', '..'],
    ];
    for (const [name, target] of links) symlinkSync(target, join(shop, name));
    execFileSync('mkfifo', [join(shop, 'pipe')]);
    chmodSync(join(shop, 'closed'), 0);
    return undefined;
  });

  after(() => {
    if (root === '') return;
    chmodSync(join(shop, 'closed'), 0o700);
    rmSync(root, { recursive: true });
  });

  async function kindOf(input: string): Promise<string> {
    const result = await guardPath(input, workspaceOf(shop), diskFiles);
    return result.kind === 'allowed' ? result.canonical.slice(root.length) : result.reason;
  }

  it('allows files and links from inside to inside', async () => {
    for (const path of ['src/a.ts', 'alias/a.ts', 'alias.ts', `${shop}/src/a.ts`, 'src\\a.ts']) assert.equal(await kindOf(path), '/shop/src/a.ts');
  });

  it('refuses links that lead out, however long the way', async () => {
    for (const path of ['file-out', 'folder-out/secret.txt', 'chain-1/secret.txt', 'chain-2/secret.txt', 'up/out/secret.txt', 'up/shop-evil/a.ts', 'folder-out/../secret.txt']) {
      assert.match(await kindOf(path), /symbolic link|no such file/, path);
    }
  });

  it('refuses loops, links to nowhere, folders, pipes and secrets', async () => {
    assert.match(await kindOf('loop'), /cannot be resolved/);
    assert.match(await kindOf('dangling'), /no such file/);
    assert.match(await kindOf('alias'), /folder/);
    assert.match(await kindOf('pipe'), /not a regular file/);
    assert.match(await kindOf('.env'), /secrets/);
    assert.match(await kindOf('innocent/config'), /secrets/);
    assert.match(await kindOf('up/shop/.env'), /secrets/);
    assert.match(await kindOf(`${'x'.repeat(300)}/a.ts`), /cannot be resolved/);
    assert.match(await kindOf('src/a.ts/b'), /no such file/);
  });

  it('refuses what the file system denies, to whomever it denies it', async () => {
    // Root may enter every folder: then the file is simply a file of the workspace.
    if (process.getuid?.() === 0) assert.equal(await kindOf('closed/a.ts'), '/shop/closed/a.ts');
    else assert.match(await kindOf('closed/a.ts'), /denies access/);
  });

  it('never allows a path whose real place, as node finds it, lies outside', async () => {
    const names = fc.constantFrom('src', 'a.ts', 'alias', 'alias.ts', 'file-out', 'folder-out', 'chain-1', 'up', 'shop', 'shop-evil', 'out', 'deep', 'secret.txt', '.git', 'config', '..', '.', '');
    let hits = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(names, { minLength: 1, maxLength: 6 }), fc.constantFrom('/', '\\'), async (parts, mark) => {
        const result = await guardPath(parts.join(mark), workspaceOf(shop), diskFiles);
        if (result.kind === 'refused') return;
        hits += 1;
        assert.equal(realpathSync(result.canonical), result.canonical);
        assert.ok(result.canonical.startsWith(shop + sep), result.canonical);
        assert.ok(!result.canonical.includes(`${sep}.git${sep}`), result.canonical);
      }),
      { numRuns: 2000 },
    );
    assert.ok(hits > 10, `only ${hits} paths were allowed`);
  });
});
