import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import Mocha from 'mocha';
import type { Results } from './results.ts';

/** Mocha's `spec` reporter, which at the end also writes the counts as JSON to the file RIVULET_RESULTS names. */
export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    const failures: { title: string; message: string }[] = [];
    runner.on('fail', (test, error: unknown) => {
      failures.push({ title: test.fullTitle(), message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    });
    runner.once('end', () => {
      const file = process.env['RIVULET_RESULTS'];
      if (!file || !runner.stats) return;
      // A failing hook is a failure without being a test that failed, so the list counts and not the statistics.
      const results: Results = { passed: runner.stats.passes, failed: failures.length, pending: runner.stats.pending, failures };
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `${JSON.stringify(results, undefined, 2)}\n`);
    });
  }
}
