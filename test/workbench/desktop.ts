import { spawn, spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { environmentWith } from './processes.ts';

/** What the desktop VS Code opens. */
export interface DesktopOptions {
  readonly folder: string;
  readonly extensionFolders: readonly string[];
  readonly dataFolder: string;
  readonly userSettings: Readonly<Record<string, unknown>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Opens the desktop VS Code with its own profile beside the person's; rejects with a sentence when there is no `code`. */
export async function openDesktop(options: DesktopOptions): Promise<void> {
  const isWindows = process.platform === 'win32';
  if (spawnSync('code', ['--version'], { stdio: 'ignore', shell: isWindows }).status !== 0) {
    throw new Error(
      'The command `code` was not found. In VS Code run “Shell Command: Install \'code\' command in PATH”, or use `npm start` without --desktop.',
    );
  }
  const userData = join(options.dataFolder, 'desktop');
  const settings = join(userData, 'User', 'settings.json');
  await mkdir(join(userData, 'User'), { recursive: true });
  const kept: unknown = JSON.parse(await readFile(settings, 'utf8').catch(() => '{}'));
  await writeFile(settings, `${JSON.stringify({ ...(kept as object), ...options.userSettings }, undefined, 2)}\n`);
  const args = [
    '--new-window', `--user-data-dir=${userData}`, `--extensions-dir=${join(options.dataFolder, 'desktop-extensions')}`,
    '--disable-workspace-trust', '--skip-release-notes', '--skip-welcome',
    ...options.extensionFolders.map((folder) => `--extensionDevelopmentPath=${folder}`),
    options.folder,
  ];
  // `code` hands the window to a process of its own and ends, so there is nothing to wait for.
  const quoted = isWindows ? args.map((arg) => `"${arg}"`) : args;
  spawn('code', quoted, { stdio: 'inherit', shell: isWindows, env: environmentWith(options.environment), detached: !isWindows }).unref();
}
