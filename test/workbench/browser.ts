import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';
import { packageFile } from './places.ts';
import { run } from './processes.ts';
import { say, step } from './progress.ts';

const packages = ['chromium', 'fonts-wqy-microhei'];

/**
 * The path of a Chromium to drive, installed when there is none: RIVULET_CHROMIUM, then one that is installed, then
 * Debian's package, then playwright's own download. Rejects with the command to run when nothing worked.
 */
export async function ensureBrowser(): Promise<string> {
  const chosen = process.env['RIVULET_CHROMIUM'];
  if (chosen) {
    if (!existsSync(chosen)) throw new Error(`RIVULET_CHROMIUM says ${chosen}, which is not there.`);
    return chosen;
  }
  const found = findBrowser() ?? (await installBrowser());
  await ensureChineseFont();
  return found;
}

/** The path of an installed Chromium, Chrome or Edge that starts, or undefined. */
export function findBrowser(): string | undefined {
  return [...candidates(), chromium.executablePath()].find((path) => existsSync(path) && starts(path));
}

function candidates(): string[] {
  if (process.platform === 'darwin') {
    const names = ['Chromium', 'Google Chrome', 'Microsoft Edge'];
    return ['', homedir()].flatMap((base) => names.map((name) => `${base}/Applications/${name}.app/Contents/MacOS/${name}`));
  }
  if (process.platform === 'win32') {
    const bases = ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].map((name) => process.env[name] ?? '').filter(Boolean);
    const names = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];
    return bases.flatMap((base) => names.map((name) => join(base, name)));
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const folders = new Set(['/usr/bin', ...(process.env['PATH'] ?? '').split(delimiter)]);
  return names.flatMap((name) => [...folders].map((folder) => join(folder, name)));
}

function starts(path: string): boolean {
  // On Windows `--version` opens a window. Elsewhere it tells a browser from a stub that only asks for a snap.
  if (process.platform === 'win32') return true;
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0;
}

async function installBrowser(): Promise<string> {
  if (process.platform === 'linux' && has('apt-get')) await installPackages(packages);
  const found = findBrowser();
  if (found) return found;
  const { code } = await step('Chromium, downloaded by playwright', () =>
    run(process.execPath, [packageFile('playwright-core/cli.js'), 'install', 'chromium'], { timeoutMs: 600_000 }),
  );
  const downloaded = code === 0 ? findBrowser() : undefined;
  if (downloaded) return downloaded;
  const command = process.platform === 'linux' ? `sudo ${aptCommand(packages)}` : 'npx playwright-core install --with-deps chromium';
  throw new Error(`No Chromium was found and none could be installed. Run: ${command}\nor set RIVULET_CHROMIUM to one.`);
}

/** Installs a font with Chinese characters on a Linux that has none, so that screenshots can be read; never fails. */
async function ensureChineseFont(): Promise<void> {
  if (process.platform !== 'linux' || !has('apt-get') || !has('fc-list')) return;
  const fonts = spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' });
  if (fonts.status !== 0 || fonts.stdout.trim() !== '') return;
  await installPackages(['fonts-wqy-microhei']);
}

async function installPackages(names: readonly string[]): Promise<void> {
  const prefix = process.getuid?.() === 0 ? [] : has('sudo') && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? ['sudo', '-n'] : undefined;
  if (!prefix) {
    say(`  to install ${names.join(' and ')}, an administrator can run: ${aptCommand(names)}`);
    return;
  }
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...names]]) {
    const [command = 'apt-get', ...rest] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q', ...args];
    const { code, output } = await step(`apt-get ${args.join(' ')}`, () => run(command, rest));
    if (code !== 0) say(output.split('\n').slice(-8).join('\n'));
  }
}

function aptCommand(names: readonly string[]): string {
  return `apt-get update && apt-get install -y --no-install-recommends ${names.join(' ')}`;
}

function has(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}
