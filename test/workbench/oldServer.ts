import { existsSync } from 'node:fs';
import { copyFile, chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { watchdog } from './standIns.ts';

/** What an older code-server needs in addition, as packages for its folder. */
export const additions = ['@vscode/ripgrep-universal@1.18.0'];

/**
 * Completes an older code-server whose install scripts were left out: they would download ripgrep and compile argon2.
 * `folder` holds its `node_modules`, with `additions` among them. What is complete stays as it is.
 */
export async function completeOldServer(folder: string): Promise<void> {
  await addMissing(folder);
  // Argon2 hashes the password of a code-server that asks for one, which this one never does.
  const argon2 = createRequire(join(folder, 'package.json')).resolve('argon2');
  await writeFile(argon2, "'use strict';\nexports.hash = exports.verify = () => Promise.reject(new Error('No passwords here.'));\n");
}

/** Adds what an older VS Code looks for and does not find, ripgrep and the module that ends an extension host without a server. */
export async function addMissing(folder: string): Promise<void> {
  await addRipgrep(folder);
  await addWatchdog(folder);
}

/** It had another name then, and is not compiled: its stand-in does. */
async function addWatchdog(folder: string): Promise<void> {
  const at = join(folder, 'node_modules', 'code-server', 'lib', 'vscode', 'node_modules', 'native-watchdog');
  if (!existsSync(at) || existsSync(join(at, 'build')) || (await readFile(join(at, 'index.js'), 'utf8')) === watchdog) return;
  const partial = join(at, `index.js.partial-${process.pid}`);
  await writeFile(partial, watchdog);
  await rename(partial, join(at, 'index.js'));
}

/** Puts ripgrep where an older VS Code looks for it, unless it is there: an npm install in the server's folder takes it away again. */
async function addRipgrep(folder: string): Promise<void> {
  const name = process.platform === 'win32' ? 'rg.exe' : 'rg';
  const to = join(folder, 'node_modules', 'code-server', 'lib', 'vscode', 'node_modules', '@vscode', 'ripgrep', 'bin');
  if (existsSync(join(to, name))) return;
  const from = join(folder, 'node_modules', '@vscode', 'ripgrep-universal', 'bin', `${process.platform}-${process.arch}`, name);
  const partial = join(to, `${name}.partial-${process.pid}`);
  await mkdir(to, { recursive: true });
  await copyFile(from, partial);
  await chmod(partial, 0o755);
  await rename(partial, join(to, name));
}
