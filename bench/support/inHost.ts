import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { out, root } from '../../test/workbench/places.ts';

const launcher = fileURLToPath(new URL(`../../test/workbench/launcher.${process.platform === 'win32' ? 'cmd' : 'sh'}`, import.meta.url));

export interface HostRun {
  /** A module that exports `run`, which is called in the extension host of the server workbench. */
  readonly entry: string;
  readonly userSettings?: Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** Fills the folder that is opened. */
  readonly fill: (folder: string) => Promise<void>;
}

/** Runs a module in a real extension host with a folder of its own open, and fails when its `run` does. */
export async function runInHost({ entry, userSettings = {}, environment = {}, fill }: HostRun): Promise<void> {
  const bundle = join(out, 'bench', 'inHost.cjs');
  await build({ entryPoints: [entry], outfile: bundle, bundle: true, platform: 'node', format: 'cjs', target: 'node22', external: ['vscode'], sourcemap: 'inline', logLevel: 'warning', logOverride: { 'require-resolve-not-external': 'silent' } });
  const [folder, userData] = await Promise.all([mkdtemp(join(tmpdir(), 'rivulet-bench-')), mkdtemp(join(tmpdir(), 'rivulet-user-'))]);
  try {
    await mkdir(join(userData, 'User'));
    await writeFile(join(userData, 'User', 'settings.json'), JSON.stringify(userSettings));
    await fill(folder);
    await runTests({
      vscodeExecutablePath: launcher,
      extensionDevelopmentPath: root,
      extensionTestsPath: bundle,
      launchArgs: [folder, `--user-data-dir=${userData}`, `--extensions-dir=${join(userData, 'extensions')}`],
      extensionTestsEnv: { RIVULET_WORKSPACE: folder, ...environment },
    });
  } finally {
    for (const temporary of [folder, userData]) await rm(temporary, { recursive: true, force: true, maxRetries: 5 });
  }
}
