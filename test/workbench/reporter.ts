import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import Mocha from 'mocha';
import type { Results } from './results.ts';

/** How long the process may take to end by itself, in milliseconds, unless the reporter's option `patience` says otherwise. */
const patienceMs = 20_000;

/**
 * Mocha's `spec` reporter, which at the end also writes the counts as JSON to the file RIVULET_RESULTS names. A process that
 * something keeps open after that is ended, and has failed: whoever waits for it would wait for ever.
 */
export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    const failures: { title: string; message: string }[] = [];
    const { patience } = (options?.reporterOptions ?? {}) as { readonly patience?: string };
    runner.on('fail', (test, error: unknown) => {
      failures.push({ title: test.fullTitle(), message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    });
    runner.once('end', () => {
      endLater(patience === undefined ? patienceMs : Number(patience), failures.length);
      const file = process.env['RIVULET_RESULTS'];
      if (!file || !runner.stats) return;
      // A failing hook is a failure without being a test that failed, so the list counts and not the statistics.
      const results: Results = { passed: runner.stats.passes, failed: failures.length, pending: runner.stats.pending, failures };
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `${JSON.stringify(results, undefined, 2)}\n`);
    });
  }
}

function endLater(milliseconds: number, failed: number): void {
  const end = (): void => {
    const open = Object.entries(Object.groupBy(process.getActiveResourcesInfo(), (name) => name)).map(([name, all]) => `${name} × ${all?.length ?? 0}`);
    console.error(`The tests are over, and ${milliseconds / 1000} s later something is still open (${open.join(', ')}). ${failed === 0 ? 'None of them failed; whatever it is should be ended by its test' : 'A test that failed may have left it'}. The process is ended.`);
    // Mocha has its own code for the end of the process, which says how many failed.
    if (failed === 0) process.on('exit', () => (process.exitCode = 1));
    process.exit();
  };
  setTimeout(end, milliseconds).unref();
}
