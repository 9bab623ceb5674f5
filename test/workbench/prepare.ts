import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withLock } from './lock.ts';
import { npm } from './npm.ts';
import { addMissing, additions, completeOldServer } from './oldServer.ts';
import { cacheFolder, pinnedNode } from './places.ts';
import { say, step } from './progress.ts';
import { writeStandIns } from './standIns.ts';

/** The version of code-server whose VS Code server the tests use unless told otherwise. */
export const defaultVersion = '4.139.1';

/** The version of code-server that carries the oldest VS Code of `engines.vscode`. */
export const oldestVersion = '4.104.0';

/** A VS Code server ready to be started with `node`: `main` is the server itself, `wrapper` code-server around it. */
export interface PreparedServer {
  readonly version: string;
  readonly node: string;
  readonly main: string;
  readonly wrapper: string;
}

// Each VS Code names the Node its server runs on. An entry missing here runs on the pinned one.
const otherNodes: Readonly<Record<string, string>> = { [oldestVersion]: '22.23.3' };

/**
 * Makes the VS Code server of a code-server version ready in the cache and says where it is. Instant when it is there.
 * Rejects with npm's own words when a step fails; what was half made is thrown away.
 */
export async function prepareServer(version: string = defaultVersion): Promise<PreparedServer> {
  const nodeVersion = otherNodes[version] ?? process.versions.node;
  const cache = cacheFolder();
  const home = join(cache, `code-server-${version}-node-${nodeVersion}-${process.platform}-${process.arch}`);
  if (!existsSync(home)) {
    await withLock(`${home}.lock`, async () => {
      // Another run may have finished it while this one waited.
      if (!existsSync(home)) await make(home, { version, nodeVersion });
    });
  }
  // One that was made before may lack some of it.
  if (otherNodes[version] !== undefined) await addMissing(home);
  return describe(home, version);
}

function describe(home: string, version: string): PreparedServer {
  const package_ = join(home, 'node_modules', 'code-server');
  return {
    version,
    node: otherNodes[version] === undefined ? pinnedNode() : ownNode(home),
    main: join(package_, 'lib', 'vscode', 'out', 'server-main.js'),
    wrapper: join(package_, 'out', 'node', 'entry.js'),
  };
}

function ownNode(home: string): string {
  return join(home, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

async function make(home: string, options: { version: string; nodeVersion: string }): Promise<void> {
  const { version, nodeVersion } = options;
  say(`Preparing the VS Code server of code-server ${version} in ${home} (once)`);
  const partial = `${home}.partial-${process.pid}`;
  await removePartials(home);
  await mkdir(partial, { recursive: true });
  await writeFile(join(partial, 'package.json'), '{ "private": true }\n');
  const hasOwnNode = otherNodes[version] !== undefined;
  if (hasOwnNode) {
    // This package's install script is what links its binary, so it runs; it downloads nothing.
    await step(`Node ${nodeVersion}`, () => install([`node@${nodeVersion}`, '--save-exact'], { folder: partial, node: pinnedNode() }));
  }
  const node = hasOwnNode ? ownNode(partial) : pinnedNode();
  const bare = ['--ignore-scripts', '--omit=dev'];
  const names = [`code-server@${version}`, ...(hasOwnNode ? additions : [])];
  await step('code-server', () => install([...names, '--save-exact', ...bare], { folder: partial, node }));
  const server = join(partial, 'node_modules', 'code-server', 'lib', 'vscode');
  await step('what the VS Code server depends on', () => install(bare, { folder: server, node }));
  await step('what its built-in extensions depend on', () => install(bare, { folder: join(server, 'extensions'), node }));
  if (hasOwnNode) await completeOldServer(partial);
  await step('two native modules', () => build(server, node));
  await rename(partial, home);
}

async function install(args: readonly string[], options: { folder: string; node: string }): Promise<void> {
  const { code, output } = await npm(['install', ...args], options);
  if (code !== 0) throw new Error(`npm install ${args.join(' ')} in ${options.folder} failed:\n${output}`);
}

async function build(server: string, node: string): Promise<void> {
  const names = ['@vscode/spdlog', '@vscode/native-watchdog'];
  const { code, output } = await npm(['rebuild', ...names], { folder: server, node, timeoutMs: 240_000 });
  if (code === 0) return;
  const reason = output.split('\n').find((line) => /gyp ERR! stack/.test(line)) ?? 'no reason given';
  say(`  could not compile them (${reason.trim()}): using plain JavaScript in their place`);
  await writeStandIns(join(server, 'node_modules'));
}

async function removePartials(home: string): Promise<void> {
  const parent = join(home, '..');
  const prefix = `${home.slice(parent.length + 1)}.partial-`;
  for (const name of await readdir(parent).catch(() => [])) {
    if (name.startsWith(prefix)) await rm(join(parent, name), { recursive: true, force: true });
  }
}
