import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { hunksOf, linesOf } from '../../src/core/edits/hunks.ts';
import { placeHunks } from '../../src/core/edits/placeHunks.ts';

const text = (...lines: readonly string[]): string => lines.join('\n');
const before = text('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
const after = text('a', 'B', 'c', 'd', 'e', 'f', 'new', 'g', 'h');

describe('hunks in a text that goes on changing', () => {
  const hunks = hunksOf(before, after);

  it('stand where they were in the same text', () => {
    assert.deepEqual(placeHunks(hunks, before, before), [{ line: 1, isOutdated: false }, { line: 6, isOutdated: false }]);
  });

  it('move with lines that come and go above them, and stay when something changes below', () => {
    assert.deepEqual(placeHunks(hunks, before, `one\ntwo\n${before}`).map(({ line }) => line), [3, 8]);
    assert.deepEqual(placeHunks(hunks, before, text('a', 'b', 'c', 'e', 'f', 'g', 'h')), [{ line: 1, isOutdated: false }, { line: 5, isOutdated: false }]);
    assert.deepEqual(placeHunks(hunks, before, `${before}\nmore`), placeHunks(hunks, before, before));
  });

  it('are outdated when their own lines have changed, and only then', () => {
    const present = text('a', 'bee', 'c', 'd', 'e', 'f', 'g', 'h');
    assert.deepEqual(placeHunks(hunks, before, present).map(({ isOutdated }) => isOutdated), [true, false]);
    assert.deepEqual(placeHunks(hunks, before, text('a', 'c', 'd', 'e', 'f', 'g', 'h'))[0], { line: 1, isOutdated: true });
    assert.equal(placeHunks(hunks, before, text('a', 'b', 'c', 'd', 'e', 'g'))[1]?.isOutdated, true);
  });

  it('never claim lines that are not there', () => {
    const letters = fc.array(fc.constantFrom('p', 'q', 'r', 's', 'a b', ''), { minLength: 1, maxLength: 12 }).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(letters, letters, letters, (old, proposed, present) => {
        const own = hunksOf(old, proposed);
        const lines = linesOf(present);
        for (const [index, { line, isOutdated }] of placeHunks(own, old, present).entries()) {
          const { oldLines = [] } = own[index] ?? {};
          if (!isOutdated) assert.deepEqual(lines.slice(line, line + oldLines.length), oldLines);
          assert.ok(line >= 0 && (isOutdated || line <= lines.length));
        }
      }),
    );
  });
});
