import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { diffText, inlineHunk } from '../../src/core/edits/inlineHunk.ts';

const plain = (text: string | undefined): string | undefined => text?.replaceAll('\u00A0', ' ');

const lines = fc.array(fc.string({ unit: fc.constantFrom('a', ' ', '\t', '\r', '\u202E', '\u0000', '\u{1F30A}', '\u{E0041}', '`'), maxLength: 300 }), { minLength: 1, maxLength: 4 });

describe('a hunk drawn on the lines it takes out', () => {
  it('has each new line beside its old one, without the indentation that both have', () => {
    const { beside, inserted } = inlineHunk({ oldLines: ['    let a = 1;', '    let b = 2;'], newLines: ['    const a = 1;', '      const b = 2;'] });
    assert.deepEqual(beside.map(plain), ['const a = 1;', '  const b = 2;']);
    assert.equal(inserted, undefined);
  });

  it('joins what is left over on its last line, and leaves lines alone that nothing comes of', () => {
    assert.deepEqual(inlineHunk({ oldLines: ['a'], newLines: ['b', '  c', 'd'] }).beside.map(plain), ['b ⏎   c ⏎ d']);
    assert.deepEqual(inlineHunk({ oldLines: ['a', 'b', 'c'], newLines: ['x'] }).beside.map(plain), ['x', undefined, undefined]);
    assert.deepEqual(inlineHunk({ oldLines: ['a'], newLines: [''] }).beside.map(plain), ['⏎']);
  });

  it('is one text to put in when it takes nothing out', () => {
    const { beside, inserted } = inlineHunk({ oldLines: [], newLines: ['\tone', '\ttwo'] });
    assert.deepEqual([beside, plain(inserted)], [[], 'one ⏎ two']);
  });

  it('says how many lines do not fit, and cuts no character in two', () => {
    const many = plain(inlineHunk({ oldLines: [], newLines: Array.from({ length: 40 }, (_, index) => `line number ${index}`) }).inserted);
    assert.match(many ?? '', /… \+\d+ ⏎$/);
    const waves = plain(inlineHunk({ oldLines: ['x'], newLines: ['\u{1F30A}'.repeat(300)] }).beside[0]);
    assert.match(waves ?? '', /^(?:\u{1F30A})+…$/u);
  });

  it('puts the new text first where both are long', () => {
    assert.ok(inlineHunk({ oldLines: ['x'.repeat(70)], newLines: ['y'.repeat(70)] }).isWide);
    assert.ok(!inlineHunk({ oldLines: ['x'.repeat(30)], newLines: ['y'.repeat(150)] }).isWide);
  });

  it('hides nothing and stays short and in one line, whatever stands in it', () => {
    fc.assert(
      fc.property(lines, lines, (oldLines, newLines) => {
        const { beside, inserted } = inlineHunk({ oldLines, newLines });
        for (const text of [...beside, inserted]) {
          if (text === undefined) continue;
          assert.ok(!['\u202E', '\n', '\r', '\u0000', '\u{E0041}'].some((hidden) => text.includes(hidden)), JSON.stringify(text));
          assert.ok(text.length < 400);
        }
      }),
    );
  });
});

describe('a hunk as a diff', () => {
  it('marks lines, writes out what is hidden, and has an end', () => {
    assert.equal(diffText({ oldLines: ['a'], newLines: ['b\u202E\r-c', ''] }), '-a\n+b\\u{202E}\\u{000D}-c\n+');
    const long = diffText({ oldLines: Array.from({ length: 500 }, String), newLines: [] }).split('\n');
    assert.deepEqual([long.length, long.at(-1)], [201, '… 300']);
  });
});
