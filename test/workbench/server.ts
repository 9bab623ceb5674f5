import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Locale, writeLanguagePack } from './locale.ts';
import { defaultVersion, prepareServer, type PreparedServer } from './prepare.ts';
import { ended, pause, run, spawnGroup, stopGroup } from './processes.ts';
import { onExit } from './shutdown.ts';

/** How a server workbench is started; everything has a default. */
export interface ServerOptions {
  /** User settings, application scope included: they land where the server's workbench reads them. */
  readonly userSettings?: Readonly<Record<string, unknown>>;
  /** VSIX files to install first. */
  readonly extensions?: readonly string[];
  /** `ask`: folders open in Restricted Mode until they are trusted. Default `off`: every folder is trusted. */
  readonly trust?: 'off' | 'ask';
  /** `person` (default): code-server around the server, as a person would use it; secrets outlive a reload of the
   * window. `driver`: the bare server with VS Code's own test driver, needed for a window's payload; it shows no
   * notifications and no dialogs, and forgets secrets with the window. */
  readonly mode?: 'driver' | 'person';
  readonly locale?: Locale;
  /** A free one when not given. */
  readonly port?: number;
  /** Extra variables for the server, which the extension host inherits. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Arguments for Node itself, which the extension host is started with too: VS Code takes NODE_OPTIONS away from it. */
  readonly nodeArguments?: readonly string[];
  /** A folder that stays, instead of a fresh one that is removed at the end. */
  readonly dataFolder?: string;
  /** VS Code's user data folder; inside the data folder when not given. */
  readonly userDataFolder?: string;
  /** A code-server version (`prepare.ts`); RIVULET_SERVER_VERSION when not given, else the usual one. */
  readonly version?: string;
}

/** A running server workbench. */
export interface WorkbenchServer {
  readonly origin: string;
  readonly port: number;
  readonly mode: 'driver' | 'person';
  /** Everything VS Code writes is below this folder, unless `userDataFolder` was given. */
  readonly dataFolder: string;
  readonly userDataFolder: string;
  readonly locale: Locale;
  /** The user settings of every window of this server. */
  readonly settingsFile: string;
  /** Merges `changes` into the user settings file. For windows opened or loaded afterwards: an open one does not see it
   * (its name for the file has no host, the watcher's has); `changeSettings` of the window is for those. */
  changeSettings(changes: Readonly<Record<string, unknown>>): Promise<void>;
  /** What the server has printed so far. */
  log(): string;
  /** Ends the server with all its children and removes its data, unless the folder was given. Can be called twice. */
  stop(): Promise<void>;
}

/** Starts a server workbench on 127.0.0.1 and returns when it answers; rejects with its log when it does not within 30 s. */
export async function startServer(options: ServerOptions = {}): Promise<WorkbenchServer> {
  const prepared = await prepareServer(options.version ?? process.env['RIVULET_SERVER_VERSION'] ?? defaultVersion);
  const dataFolder = options.dataFolder ?? (await mkdtemp(join(tmpdir(), 'rivulet-workbench-')));
  const forget = options.dataFolder ? () => {} : onExit(() => rmSync(dataFolder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 }));
  const userDataFolder = options.userDataFolder ?? join(dataFolder, 'user');
  const extensionsFolder = join(dataFolder, 'extensions');
  const mode = options.mode ?? 'person';
  await mkdir(extensionsFolder, { recursive: true });
  await mergeSettings(userDataFolder, options.userSettings ?? {});
  if (options.locale && options.locale !== 'en') await writeLanguagePack(userDataFolder, options.locale);
  const folders = ['--user-data-dir', userDataFolder, '--extensions-dir', extensionsFolder];
  const allFolders = [...folders, '--server-data-dir', dataFolder];
  for (const file of options.extensions ?? []) await install(prepared, file, allFolders);

  const port = options.port ?? (await freePort());
  const origin = `http://127.0.0.1:${port}`;
  const args = mode === 'driver' ? driverArguments(prepared, port, allFolders) : personArguments(prepared, port, [...folders, '--config', join(dataFolder, 'code-server.yaml')]);
  if (options.trust !== 'ask') args.push('--disable-workspace-trust');
  if (options.locale && options.locale !== 'en') args.push('--locale', options.locale);
  const child = spawnGroup(prepared.node, [...(options.nodeArguments ?? []), ...args], { folder: dataFolder, environment: serverEnvironment(options, await ownTemporaryFolder(dataFolder)) });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const end = ended(child);
  const stop = async (): Promise<void> => {
    await stopGroup(child);
    forget();
    if (!options.dataFolder) await rm(dataFolder, { recursive: true, force: true, maxRetries: 5 });
  };
  const failure = await Promise.race([answers(origin), end.then((code) => `ended with code ${code}`)]);
  if (failure) {
    await stop();
    throw new Error(`The VS Code server did not start: ${failure}.\n${output}`);
  }
  return {
    origin, port, mode, dataFolder, userDataFolder, stop,
    locale: options.locale ?? 'en',
    log: () => output,
    settingsFile: settingsFile(userDataFolder),
    changeSettings: (changes) => mergeSettings(userDataFolder, changes),
  };
}

function driverArguments(prepared: PreparedServer, port: number, folders: readonly string[]): string[] {
  return [
    prepared.main, '--host', '127.0.0.1', '--port', String(port), ...folders,
    '--without-connection-token', '--accept-server-license-terms', '--telemetry-level', 'off',
    '--enable-smoke-test-driver', '--force-disable-user-env',
  ];
}

function personArguments(prepared: PreparedServer, port: number, folders: readonly string[]): string[] {
  return [
    prepared.wrapper, '--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, ...folders,
    '--disable-telemetry', '--disable-update-check', '--disable-getting-started-override', '--ignore-last-opened',
  ];
}

function serverEnvironment(options: ServerOptions, temporary: Record<string, string>): Record<string, string | undefined> {
  // Inside a VS Code terminal these would make the server believe that it is that VS Code's child.
  const inherited = Object.keys(process.env).filter((name) => /^(VSCODE_|ELECTRON_|CODE_SERVER_)/.test(name));
  return {
    ...Object.fromEntries(inherited.map((name) => [name, undefined])),
    // No marketplace, so nothing is asked of it.
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
    ...temporary,
    ...options.environment,
  };
}

async function ownTemporaryFolder(dataFolder: string): Promise<Record<string, string>> {
  // The server leaves its sockets behind; here they go with the data. A socket's path may be 103 characters long.
  const folder = join(dataFolder, 't');
  if (process.platform === 'win32' || folder.length > 45) return {};
  await mkdir(folder, { recursive: true });
  return { TMPDIR: folder };
}

function settingsFile(userDataFolder: string): string {
  return join(userDataFolder, 'User', 'settings.json');
}

async function mergeSettings(userDataFolder: string, changes: Readonly<Record<string, unknown>>): Promise<void> {
  // The page has no user data of its own: code-server points it at this folder through the remote file system.
  const file = settingsFile(userDataFolder);
  await mkdir(dirname(file), { recursive: true });
  const kept: unknown = JSON.parse(await readFile(file, 'utf8').catch(() => '{}'));
  await writeFile(file, `${JSON.stringify({ ...quietSettings, ...(kept as object), ...changes }, undefined, 2)}\n`);
}

/** Settings without which a fresh VS Code talks about itself or asks the network. */
const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'security.workspace.trust.startupPrompt': 'never',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'telemetry.telemetryLevel': 'off',
  'workbench.enableExperiments': false,
  'update.mode': 'none',
  'chat.disableAIFeatures': true,
  'git.openRepositoryInParentFolders': 'never',
};

async function install(prepared: PreparedServer, file: string, folders: readonly string[]): Promise<void> {
  const { code, output } = await run(prepared.node, [prepared.main, ...folders, '--accept-server-license-terms', '--install-extension', file, '--force']);
  if (code !== 0 || /Failed Installing|Error:/i.test(output)) throw new Error(`Installing ${file} failed:\n${output}`);
}

async function answers(origin: string): Promise<string | undefined> {
  const until = Date.now() + 30_000;
  while (Date.now() < until) {
    const response = await fetch(`${origin}/version`).catch(() => undefined);
    await response?.arrayBuffer();
    if (response && response.status < 500) return undefined;
    await pause(50);
  }
  return 'no answer within 30 s';
}

/** A port of 127.0.0.1 nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('No port.'))));
    });
  });
}
