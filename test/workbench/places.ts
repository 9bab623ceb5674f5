import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the checkout. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Where everything goes that a run produces and nobody keeps. */
export const out = join(root, 'out');

/** The cache outside the checkout: RIVULET_CACHE, else `rivulet` in the person's cache folder. */
export function cacheFolder(): string {
  const chosen = process.env['RIVULET_CACHE'];
  if (chosen) return resolve(chosen);
  const base = process.env['XDG_CACHE_HOME'];
  return join(base ? resolve(base) : join(homedir(), '.cache'), 'rivulet');
}

/** The pinned Node's binary; the running Node when the packages are not installed. */
export function pinnedNode(): string {
  const binary = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(binary) ? binary : process.execPath;
}

/** The file of a development dependency, given as `package/path/inside`, whatever its `exports` say. */
export function packageFile(name: string): string {
  return join(root, 'node_modules', ...name.split('/'));
}

/** The file a bare import resolves to from the checkout. */
export function resolveImport(name: string): string {
  return createRequire(import.meta.url).resolve(name);
}
