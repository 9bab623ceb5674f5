import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Hunk } from '../../src/core/edits/hunk.ts';
import { hunkView } from '../../src/core/reviews/hunkView.ts';
import { applyHunks, hunksOf, linesOf } from '../../src/core/edits/hunks.ts';

/** Few different lines, so that texts have much in common; with a CR inside, hidden characters, pairs, and none at all. */
const anyLine = fc.constantFrom('', 'a', 'b', 'c', '}', '  ', 'a\rb', '\r', '\u200B', '\u{1F600}', '\uD800', '__proto__', '\tlet x = 1;');
const anyText = fc.array(anyLine, { maxLength: 14 }).map((lines) => lines.join('\n'));

/** What the chosen hunks make of the old text, reckoned from behind so that no line number moves. */
function bySplicing(before: string, hunks: readonly Hunk[]): string {
  const lines = before.split('\n');
  for (const { oldStart, oldLines, newLines } of hunks.toReversed()) lines.splice(oldStart - 1, oldLines.length, ...newLines);
  return lines.join('\n');
}

function numbered(count: number, text = (index: number) => `line ${index + 1}`): string {
  return Array.from({ length: count }, (_, index) => text(index)).join('\n');
}

describe('the hunks between two texts', () => {
  it('make the new text when all are applied, the old one when none is, and what splicing makes of any choice', () => {
    fc.assert(
      fc.property(anyText, anyText, fc.infiniteStream(fc.boolean()), (before, after, choice) => {
        const hunks = hunksOf(before, after);
        assert.equal(applyHunks(before, hunks), after);
        assert.equal(applyHunks(before, []), before);
        const chosen = hunks.filter(() => choice.next().value);
        assert.equal(applyHunks(before, chosen), bySplicing(before, chosen));
      }),
      { numRuns: 2000 },
    );
  });

  it('are in order, do not touch, change something each, and leave the same lines between them', () => {
    fc.assert(
      fc.property(anyText, anyText, (before, after) => {
        const [oldLines, newLines] = [linesOf(before), linesOf(after)];
        let [oldAt, newAt] = [0, 0];
        for (const [index, hunk] of hunksOf(before, after).entries()) {
          const between = oldLines.slice(oldAt, hunk.oldStart - 1);
          assert.deepEqual(between, newLines.slice(newAt, hunk.newStart - 1));
          assert.ok(index === 0 || between.length > 0, 'two hunks touch');
          assert.notDeepEqual(hunk.oldLines, hunk.newLines);
          assert.deepEqual(oldLines.slice(hunk.oldStart - 1, hunk.oldStart - 1 + hunk.oldLines.length), hunk.oldLines);
          [oldAt, newAt] = [hunk.oldStart - 1 + hunk.oldLines.length, hunk.newStart - 1 + hunk.newLines.length];
        }
        assert.deepEqual(oldLines.slice(oldAt), newLines.slice(newAt));
      }),
      { numRuns: 2000 },
    );
  });

  it('are none for the same text', () => {
    for (const text of ['', '\n', 'a', 'a\r\nb']) assert.deepEqual(hunksOf(text, text), []);
  });

  it('show a line end that comes or goes at the end of the text as an empty line', () => {
    assert.deepEqual(hunksOf('a', 'a\n'), [{ oldStart: 2, oldLines: [], newStart: 2, newLines: [''] }]);
    assert.deepEqual(hunksOf('a\n', 'a'), [{ oldStart: 2, oldLines: [''], newStart: 2, newLines: [] }]);
    assert.deepEqual(hunksOf('', 'a\n'), [{ oldStart: 1, oldLines: [], newStart: 1, newLines: ['a'] }]);
    assert.deepEqual(hunksOf('a\n', 'a\nb\n'), [{ oldStart: 2, oldLines: [], newStart: 2, newLines: ['b'] }]);
    assert.deepEqual(hunksOf('a\nb', ''), [{ oldStart: 1, oldLines: ['a', 'b'], newStart: 1, newLines: [''] }]);
  });

  it('take a carriage return inside a line for a character like any other', () => {
    assert.deepEqual(hunksOf('a\rb\nc', 'a\nb\nc'), [{ oldStart: 1, oldLines: ['a\rb'], newStart: 1, newLines: ['a', 'b'] }]);
  });

  it('keep changes apart that have a line with words between them, and join those with only a brace or a blank', () => {
    assert.equal(hunksOf('a\nkeep\nb', 'x\nkeep\ny').length, 2);
    assert.deepEqual(hunksOf('a\n}\n\nb', 'x\n}\n\ny'), [{ oldStart: 1, oldLines: ['a', '}', '', 'b'], newStart: 1, newLines: ['x', '}', '', 'y'] }]);
    assert.equal(hunksOf('a\n}\n\n}\nb', 'x\n}\n\n}\ny').length, 2);
  });

  it('refuse a text that they were not made for', () => {
    const hunks = hunksOf('a\nb\nc', 'x\nb\ny');
    for (const text of ['a\nb\nd', 'b\nb\nc', 'a\nb']) assert.throws(() => applyHunks(text, hunks), RangeError);
    assert.throws(() => applyHunks('a\nb\nc', hunks.toReversed()), RangeError);
    assert.throws(() => applyHunks('a\nb\nc', [...hunks.slice(0, 1), ...hunks.slice(0, 1)]), RangeError);
  });
});

describe('texts that differ beyond measure', () => {
  it('are one hunk over what is not the same at both ends', () => {
    const [before, after] = [`top\n${numbered(50_000, (index) => `a${index}`)}\nend`, `top\n${numbered(50_000, (index) => `b${index}`)}\nend`];
    const hunks = hunksOf(before, after);
    assert.deepEqual(hunks.map(({ oldStart, oldLines, newLines }) => [oldStart, oldLines.length, newLines.length]), [[2, 50_000, 50_000]]);
    assert.equal(applyHunks(before, hunks), after);
  });

  it('have as many hunks as changes when lines in between occur only once', () => {
    const before = numbered(20_000);
    const after = numbered(20_000, (index) => (index % 10 === 5 ? 'changed' : `line ${index + 1}`));
    const hunks = hunksOf(before, after);
    assert.equal(hunks.length, 2000);
    assert.ok(hunks.every(({ oldStart, oldLines, newLines }) => oldStart % 10 === 6 && oldLines.length === 1 && newLines[0] === 'changed'));
    assert.equal(applyHunks(before, hunks.slice(0, 1)), before.replace('line 6\n', 'changed\n'));
  });

  it('are compared in order even where lines have moved', () => {
    const [before, after] = [numbered(3000), numbered(3000, (index) => `line ${((index * 7) % 3000) + 1}`)];
    const hunks = hunksOf(before, after);
    assert.ok(hunks.length > 2, `${hunks.length} hunks`);
    assert.equal(applyHunks(before, hunks), after);
  });

  it('end, whatever they are made of', () => {
    let seed = 1;
    const either = (): string => ((seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) & 65_536 ? 'a' : 'b');
    const [before, after] = [numbered(50_000, either), numbered(50_000, either)];
    assert.equal(applyHunks(before, hunksOf(before, after)), after);
  });
});

describe('the view of a hunk', () => {
  const before = numbered(9);
  const view = (after: string): ReturnType<typeof hunkView> => {
    const [hunk] = hunksOf(before, after);
    assert.ok(hunk !== undefined);
    return hunkView(hunk, linesOf(before));
  };

  it('has three lines around it, and counts from the first that is shown', () => {
    assert.deepEqual(view(before.replace('line 5', 'x\ny')), {
      oldStart: 2,
      newStart: 2,
      lines: [
        ...['line 2', 'line 3', 'line 4'].map((text) => ({ kind: 'same', text })),
        { kind: 'removed', text: 'line 5' },
        ...['x', 'y'].map((text) => ({ kind: 'added', text })),
        ...['line 6', 'line 7', 'line 8'].map((text) => ({ kind: 'same', text })),
      ],
      moreLines: 0,
    });
  });

  it('has fewer where the text begins or ends', () => {
    assert.deepEqual(view(`new\n${before}`).lines.map(({ kind, text }) => `${kind} ${text}`), ['added new', 'same line 1', 'same line 2', 'same line 3']);
    assert.deepEqual(view(`${before}\nnew`).lines.map(({ kind, text }) => `${kind} ${text}`), ['same line 7', 'same line 8', 'same line 9', 'added new']);
  });

  it('shows 200 changed lines, some of both kinds, and counts the others', () => {
    const [hunk] = hunksOf(numbered(500, (index) => `a${index}`), numbered(300, (index) => `b${index}`));
    assert.ok(hunk !== undefined);
    const { lines, moreLines } = hunkView(hunk, linesOf(numbered(500, (index) => `a${index}`)));
    assert.deepEqual(['removed', 'added', 'same'].map((kind) => lines.filter((line) => line.kind === kind).length), [100, 100, 0]);
    assert.equal(moreLines, 600);
  });

  it('shows a line whole or not at all, for what is cut off could be what matters', () => {
    const { lines, moreLines } = view(before.replace('line 5', `short\n${'x'.repeat(30_000)}`));
    assert.deepEqual(lines.filter(({ kind }) => kind === 'added').map(({ text }) => text), ['short']);
    assert.equal(moreLines, 1);
  });

  it('shows the beginning of a line that is too long by itself, and how much longer it is', () => {
    const { lines, moreLines } = view(before.replace('line 5', `${'x'.repeat(19_999)}😀${'y'.repeat(10_000)}\nnext`));
    assert.deepEqual(lines.filter(({ kind }) => kind === 'added'), [{ kind: 'added', text: 'x'.repeat(19_999), moreCharacters: 10_002 }]);
    assert.equal(moreLines, 1);
    assert.equal(view(before.replace('line 5', 'x'.repeat(20_000))).lines.find(({ kind }) => kind === 'added')?.moreCharacters, undefined);
  });
});
