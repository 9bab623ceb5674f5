// Runs the tests of test/integration in a real extension host: a downloaded VS Code where there is one, otherwise the
// server workbench behind `launcher.ts`. Writes the counts to RIVULET_RESULTS.
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { downloadAndUnzipVSCode, runTests, SilentReporter } from '@vscode/test-electron';
import { build } from 'esbuild';
import { cacheFolder, out, root } from './places.ts';
import { ended, spawnGroup } from './processes.ts';
import { say, step } from './progress.ts';
import { readResults, type Results } from './results.ts';
import { onExit } from './shutdown.ts';
import { buildTestExtensions } from './testExtensions.ts';
import { rmSync } from 'node:fs';

const bundle = join(out, 'integration', 'index.cjs');
const launcher = fileURLToPath(new URL(process.platform === 'win32' ? 'launcher.cmd' : 'launcher.sh', import.meta.url));

/** Bundles test/integration into the CommonJS module the extension host loads. */
export async function buildIntegration(): Promise<void> {
  const folder = join(root, 'test', 'integration');
  const tests = (await readdir(folder)).filter((name) => name.endsWith('.test.ts')).sort();
  // `require` and not `import`: mocha's `describe` has to be there before a test file runs.
  const loads = tests.map((name) => `require(${JSON.stringify(`./${name}`)});`).join(' ');
  const entry = `import { runTests } from './index.ts'; export const run = () => runTests(() => { ${loads} });`;
  await build({
    stdin: { contents: entry, resolveDir: folder, sourcefile: 'integration.ts', loader: 'ts' },
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode'],
    sourcemap: 'inline',
    logLevel: 'warning',
    // Mocha names the files of its parallel mode, which is not used here.
    logOverride: { 'require-resolve-not-external': 'silent' },
  });
}

/** Runs the tests once; the answer is their results, or undefined when they never came to an end. */
async function attempt(executable: string, resultsFile: string): Promise<Results | undefined> {
  await rm(resultsFile, { force: true });
  const workspace = await mkdtemp(join(tmpdir(), 'rivulet-folder-'));
  const userData = await mkdtemp(join(tmpdir(), 'rivulet-user-'));
  const temporary = [workspace, userData];
  const forget = onExit(() => temporary.forEach((folder) => rmSync(folder, { recursive: true, force: true })));
  try {
    await mkdir(join(userData, 'User'));
    await writeFile(join(userData, 'User', 'settings.json'), '{}\n');
    await writeFile(join(workspace, 'notes.txt'), 'A line in the workspace of the integration tests.\n');
    await runTests({
      vscodeExecutablePath: executable,
      // The others stand beside Rivulet in the same host, each with its own name before VS Code.
      extensionDevelopmentPath: [root, ...(await buildTestExtensions())],
      extensionTestsPath: bundle,
      launchArgs: [workspace, `--user-data-dir=${userData}`, `--extensions-dir=${join(userData, 'extensions')}`],
      extensionTestsEnv: { RIVULET_RESULTS: resultsFile, RIVULET_WORKSPACE: workspace },
    }).catch((error: unknown) => say(error instanceof Error ? error.message : String(error)));
    return await readResults(resultsFile);
  } finally {
    forget();
    for (const folder of temporary) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function downloadedVSCode(): Promise<string | undefined> {
  if (process.env['RIVULET_VSCODE'] === 'server') return undefined;
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !hasVirtualDisplay()) return undefined;
  const cachePath = join(cacheFolder(), 'vscode');
  try {
    return await step('VS Code for the integration tests', () =>
      downloadAndUnzipVSCode({ cachePath, timeout: 5000, reporter: new SilentReporter() }),
    );
  } catch {
    return undefined;
  }
}

function hasVirtualDisplay(): boolean {
  return spawnSync('xvfb-run', ['--help'], { stdio: 'ignore' }).status === 0;
}

async function main(): Promise<number> {
  await buildIntegration();
  const resultsFile = process.env['RIVULET_RESULTS'] ?? join(out, 'results', 'integration.json');
  const downloaded = await downloadedVSCode();
  if (downloaded) {
    const needsDisplay = process.platform === 'linux' && !process.env['DISPLAY'];
    // Starting over inside a virtual display; what was downloaded is found again.
    if (needsDisplay) return ended(spawnGroup('xvfb-run', ['-a', process.execPath, fileURLToPath(import.meta.url)], { stdio: 'inherit' }));
    const results = await attempt(downloaded, resultsFile);
    if (results) return results.failed === 0 ? 0 : 1;
    say('The downloaded VS Code did not run the tests.');
  }
  say('Running the integration tests in the VS Code server, because no downloaded VS Code can be used here.');
  const results = await attempt(launcher, resultsFile);
  return results?.failed === 0 ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await main();
