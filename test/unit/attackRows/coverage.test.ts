import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';

const root = new URL('../../../', import.meta.url).pathname;

/**
 * The rows of safety.md, table B, that concern files, approvals, settings, what is shown, and keys. The others are about
 * how the product is built and published (B10, B11, B12).
 */
const rows = [1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30];

/** The titles of the tests of a file, as they are written: `it('…'`, `` it(`…` ``. */
function titlesIn(path: string): readonly string[] {
  const text = readFileSync(`${root}${path}`, 'utf8');
  return [...text.matchAll(/\bit\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/gs)].map(([, , title = '']) => title);
}

describe('The attacks of safety.md', () => {
  const titles = globSync('test/**/*.test.ts', { cwd: root }).flatMap(titlesIn);

  it('are found in the titles of tests', () => {
    assert.ok(titles.length > 1000, `only ${titles.length} titles were found`);
  });

  for (const row of rows) {
    it(`have a test that names row ${row}`, () => {
      assert.ok(titles.some((title) => new RegExp(`\\bB${row}\\b`).test(title)), `no test has B${row} in its title`);
    });
  }
});
