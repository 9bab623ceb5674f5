import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../workbench/processes.ts';
import { packageFile, root } from '../workbench/places.ts';
import { readResults, type Results } from '../workbench/results.ts';

const keepsOpen = 'setInterval(() => undefined, 1000);';

describe('a run of tests', function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'rivulet-reporter-'))));
  afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

  /** What comes of one test that does this. */
  async function outcome(action: string): Promise<{ readonly code: number; readonly output: string; readonly results: Results | undefined }> {
    const [file, results] = [join(folder, 'one.test.cjs'), join(folder, 'results.json')];
    await writeFile(file, `it('does it', () => { ${action} });`);
    const args = [packageFile('mocha/bin/mocha.js'), '--no-config', '--reporter', join(root, 'test', 'workbench', 'reporter.ts'), '--reporter-option', 'patience=300', file];
    return { ...(await run(process.execPath, args, { folder, environment: { RIVULET_RESULTS: results }, timeoutMs: 50_000 })), results: await readResults(results) };
  }

  it('ends after a test that failed and left something open, and says so', async () => {
    const { code, output, results } = await outcome(`${keepsOpen} throw new Error('not so');`);
    assert.deepEqual([code, results?.passed, results?.failed], [1, 0, 1], output);
    assert.match(output, /something is still open \(.*Timeout × 1.*A test that failed may have left it\./);
  });

  it('has failed when none of its tests did and something is left open', async () => {
    const { code, output, results } = await outcome(keepsOpen);
    assert.deepEqual([code, results?.passed, results?.failed], [1, 1, 0], output);
    assert.match(output, /should be ended by its test/);
  });

  it('ends by itself when nothing is left open', async () => {
    const { code, output } = await outcome('');
    assert.deepEqual([code, output.includes('still open')], [0, false], output);
  });
});
