import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { FileError } from '../../src/core/ports.ts';
import type * as node from '../../src/host/platform/node.ts';

const root = join(fileURLToPath(import.meta.url), '..', '..', '..');

describe('What Node adds, in a bundle of its own', () => {
  let folder = '';

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rivulet-node-'));
  });
  after(async () => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

  it('fails with errors that the other bundle knows', async () => {
    const outfile = join(folder, 'node.mjs');
    await build({ absWorkingDir: root, entryPoints: ['src/host/platform/node.ts'], outfile, bundle: true, platform: 'node', format: 'esm', external: ['vscode'], logLevel: 'silent' });
    const { platform } = (await import(pathToFileURL(outfile).href)) as typeof node;
    const failure = await platform.disk?.storage(folder).read('chats/none/chat.json').then(undefined, (error: unknown) => error);
    assert.ok(failure instanceof FileError);
    assert.equal(failure.reason, 'missing');
  }).timeout(60_000);

  it('brings no class of errors that knows its own copy only', async () => {
    const { metafile } = await build({ absWorkingDir: root, entryPoints: ['src/onNode.ts'], outdir: folder, bundle: true, platform: 'node', format: 'esm', external: ['vscode', './rivulet.ts'], logLevel: 'silent', write: false, metafile: true });
    const inputs = Object.keys(metafile.inputs).filter((path) => !path.includes('node_modules'));
    const texts = await Promise.all(inputs.map(async (path) => [path, await readFile(join(root, path), 'utf8')] as const));
    const classes = texts.flatMap(([path, text]) => text.split(/^(?=export class )/m).slice(1).map((part) => [path, part.slice(0, 600)] as const));
    assert.ok(classes.length >= 3, 'FileError, SearchError and NoRipgrep are among them');
    assert.deepEqual(classes.filter(([, part]) => !part.includes('[Symbol.hasInstance]')).map(([path]) => path), []);
  }).timeout(60_000);
});
