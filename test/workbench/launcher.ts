// Stands in for the VS Code executable that @vscode/test-electron starts: takes VS Code's arguments, runs the tests in a
// server workbench shown by Chromium, prints the extension host's console and ends with the tests' exit code.
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format } from 'node:util';
import type { Locale } from './locale.ts';
import { startServer } from './server.ts';
import { packFolder } from './testExtensions.ts';
import { openWindow } from './window.ts';

/** What of VS Code's command line matters to the tests. */
export interface LaunchArguments {
  readonly folder?: string;
  /** Every one that is named; at least one for a run of tests. */
  readonly extensionDevelopmentPaths: readonly string[];
  readonly extensionTestsPath?: string;
  readonly userDataFolder?: string;
  readonly trust: 'off' | 'ask';
  readonly locale?: Locale;
}

/** Reads VS Code's arguments, in the forms `--name=value` and `--name value`; those that do not matter here are ignored. */
export function readArguments(args: readonly string[]): LaunchArguments {
  const options = (name: string): readonly string[] =>
    args.flatMap((each, index) => {
      if (each.startsWith(`--${name}=`)) return [each.slice(each.indexOf('=') + 1)];
      return each === `--${name}` ? (args[index + 1] ?? []) : [];
    });
  const option = (name: string): string | undefined => options(name)[0];
  const path = (name: string): string | undefined => {
    const value = option(name);
    return value === undefined ? undefined : resolve(value);
  };
  const folder = args.find((each) => !each.startsWith('-') && isFolder(each));
  const entries = {
    folder: folder === undefined ? undefined : resolve(folder),
    extensionDevelopmentPaths: options('extensionDevelopmentPath').map((each) => resolve(each)),
    extensionTestsPath: path('extensionTestsPath'),
    userDataFolder: path('user-data-dir'),
    locale: option('locale'),
    trust: args.includes('--disable-workspace-trust') ? 'off' : 'ask',
  };
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as unknown as LaunchArguments;
}

/** Runs the tests the arguments name; the answer is their exit code. Rejects when they do not end within `limitMs`. */
export async function launch(args: readonly string[], limitMs = 15 * 60_000): Promise<number> {
  const { folder, extensionDevelopmentPaths, extensionTestsPath, userDataFolder, trust, locale } = readArguments(args);
  const [extensionDevelopmentPath, ...others] = extensionDevelopmentPaths;
  if (extensionDevelopmentPath === undefined || !extensionTestsPath) {
    throw new Error('Usage: launcher [folder] --extensionDevelopmentPath=… --extensionTestsPath=… [VS Code options]');
  }
  const server = await startServer({
    mode: 'driver', trust,
    // A window of the server (1.104 to 1.139 at least) runs one extension from its folder, so those beside it are installed.
    extensions: await Promise.all(others.map(packFolder)),
    ...(userDataFolder ? { userDataFolder } : {}),
    ...(locale ? { locale } : {}),
  });
  try {
    const { promise: tests, resolve: finish } = Promise.withResolvers<number>();
    const window = await openWindow(server, {
      ...(folder ? { folder } : {}),
      extensionDevelopmentPath, extensionTestsPath, onLog: print, onTestsEnd: finish,
    });
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`The tests did not end within ${limitMs / 1000} s.`)), limitMs);
      window.page.once('crash', () => reject(new Error('The window crashed.')));
      window.page.once('close', () => reject(new Error('The window was closed before the tests ended.')));
    });
    try {
      return await Promise.race([tests, limit]);
    } finally {
      clearTimeout(timer);
      // Closing the window must not be mistaken for losing it.
      limit.catch(() => undefined);
      await window.close();
    }
  } finally {
    await server.stop();
  }
}

// The window's own log arrives on the same channel as the extension host's console.
const chatter =
  /^(Resolv(ing|ed) connection|Creat(ing a socket|ion of workbench)|Ignoring fetching|Updating additional|Timed out waiting for auth|\[(reconnection|Account|AgentHost|Service Worker))/;

function print(_level: string, args: readonly unknown[]): void {
  const text = format(...args);
  if (!chatter.test(text)) process.stdout.write(`${text}\n`);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    process.exitCode = await launch(process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
