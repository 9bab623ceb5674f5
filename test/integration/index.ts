import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import Mocha from 'mocha';
import { usePlatform } from '../../src/host/platform/current.ts';
import { platform } from '../../src/host/platform/node.ts';

/**
 * Runs in VS Code's extension host the tests that `load` defines, and writes the counts to the file RIVULET_RESULTS
 * names. Rejects when a test failed, which makes VS Code end with an exit code other than 0.
 * RIVULET_TESTS chooses the tests whose titles hold it.
 * test/workbench/integration.ts bundles this with all `*.test.ts` beside it to one CommonJS module that exports `run`.
 */
export async function runTests(load: () => void): Promise<void> {
  // The tests have modules of their own beside those of the extension.
  usePlatform(platform);
  const only = process.env['RIVULET_TESTS'];
  const mocha = new Mocha({ ui: 'bdd', reporter: 'spec', timeout: 20_000, color: false, ...(only ? { fgrep: only } : {}) });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  load();
  const failures: { title: string; message: string }[] = [];
  const runner = await new Promise<Mocha.Runner>((resolve) => {
    const running = mocha.run(() => resolve(running));
    running.on('fail', (test, error: unknown) => {
      failures.push({ title: test.fullTitle(), message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    });
  });
  const file = process.env['RIVULET_RESULTS'];
  if (file) {
    const results = { passed: runner.stats?.passes ?? 0, failed: failures.length, pending: runner.stats?.pending ?? 0, failures };
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(results, undefined, 2)}\n`);
  }
  if (failures.length > 0) throw new Error(`${failures.length} failed.`);
}
