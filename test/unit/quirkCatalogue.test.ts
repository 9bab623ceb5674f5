import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** How many entries each part of the catalogue of quirks has: S framing, C chunks, T tool calls, E ends, R requests. */
const catalogue = { S: 17, C: 13, T: 16, E: 6, R: 10 } as const;

describe('the catalogue of what servers do wrong', () => {
  it('has a test named for each of its entries', async () => {
    const mocha = new URL('../../node_modules/mocha/bin/mocha.js', import.meta.url).pathname;
    const { stdout } = await promisify(execFile)(process.execPath, [mocha, '--dry-run', '--reporter', 'json', 'test/unit/quirks/*.test.ts'], { cwd: new URL('../..', import.meta.url), maxBuffer: 64 * 1024 * 1024 });
    const { tests } = JSON.parse(stdout.slice(stdout.indexOf('{'))) as { readonly tests: readonly { readonly fullTitle: string }[] };
    const named = new Set(tests.flatMap(({ fullTitle }) => fullTitle.match(/\b[SCTER]\d{1,2}\b/g) ?? []));
    const ids = Object.entries(catalogue).flatMap(([part, count]) => Array.from({ length: count }, (_, index) => `${part}${index + 1}`));
    assert.deepEqual(ids.filter((id) => !named.has(id)), []);
  }).timeout(60_000);
});
