import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { createLocator } from '../../src/core/edits/locate.ts';
import { occurrencesOf, textOccurrences } from '../../src/core/edits/occurrences.ts';

function codes(text: string): readonly number[] {
  return Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
}

/** The texts found, as they stand in the text. */
function found(text: string, search: string): readonly string[] {
  return createLocator(text).locate(search).places.map(({ from, to }) => text.slice(from, to));
}

/** The text with the one place that is found replaced, or what is wrong. */
function replaced(text: string, search: string, replacement: string): string {
  const { places } = createLocator(text).locate(search);
  const [place] = places;
  if (place === undefined || places.length > 1) return `found ${places.length} times`;
  const written = place.rewrite(replacement);
  return 'problem' in written ? written.problem : text.slice(0, place.from) + written.text + text.slice(place.to);
}

describe('places of one text in another', () => {
  it('are those that indexOf finds, overlapping ones too', () => {
    const letters = fc.array(fc.constantFrom('a', 'b', '\u{1F600}'), { maxLength: 30 }).map((all) => all.join(''));
    fc.assert(
      fc.property(letters, letters.filter((needle) => needle !== ''), (haystack, needle) => {
        const expected: number[] = [];
        for (let at = haystack.indexOf(needle); at >= 0; at = haystack.indexOf(needle, at + 1)) expected.push(at);
        assert.deepEqual(textOccurrences(haystack, needle), expected);
        assert.deepEqual(occurrencesOf(codes(haystack), codes(needle)), expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('are the same whether they were found the quick way or, where that would take too long, the other', () => {
    const [haystack, needle] = [`${'a'.repeat(3000)}b`.repeat(40), `${'a'.repeat(2000)}b${'a'.repeat(1000)}`];
    const expected: number[] = [];
    for (let at = haystack.indexOf(needle); at >= 0; at = haystack.indexOf(needle, at + 1)) expected.push(at);
    assert.equal(expected.length, 39);
    assert.deepEqual(textOccurrences(haystack, needle), expected);
  });

  it('are found in a megabyte that is made to be slow', () => {
    assert.deepEqual(found('a'.repeat(1_000_000), `b${'a'.repeat(400_000)}`), []);
    assert.deepEqual(found(`${'a'.repeat(1_000_000)}b`, `${'a'.repeat(400_000)}b`).length, 1);
    assert.deepEqual(found('}\n'.repeat(500_000), `\t}\n${'}\n'.repeat(100_000)}x`), []);
    assert.deepEqual(found(`${' '.repeat(500_000)}x\n`.repeat(2), `${' '.repeat(300_000)}y`), []);
  });
});

describe('text that a model wants replaced', () => {
  it('is found exactly wherever it stands, inside a line too, with the numbers of the lines', () => {
    const { places, by } = createLocator('let a = 1;\nlet b = 1;\n').locate(' = 1');
    assert.deepEqual([by, places.map(({ from, to, line }) => [from, to, line])], ['exact', [[5, 9, 1], [16, 20, 2]]]);
    assert.equal(replaced('a\nb\n', 'a\n', ''), 'b\n');
  });

  it('is taken exactly when it is there, though it is there again with other blanks', () => {
    assert.equal(replaced('  a\nb  \n\n    a\n  b\n', '    a\n  b', 'x'), '  a\nb  \n\nx\n');
  });

  it('is found though blanks at the ends of its lines, or of those in the file, differ', () => {
    assert.equal(replaced('a  \nb\t\nc\n', 'a\nb \n', 'x\n'), 'x\nc\n');
    assert.equal(replaced('a\nb\nc', 'b \nc', 'x'), 'a\nx');
    assert.equal(createLocator('a  \nb').locate('a\nb').by, 'trailing');
  });

  it('leaves no empty line behind when it is replaced by nothing, and joins no lines', () => {
    assert.equal(replaced('a\nb  \nc\n', 'b\n', ''), 'a\nc\n');
    assert.equal(replaced('a\nb  \nc\n', 'b \n', 'x'), 'a\nx\nc\n');
    assert.equal(replaced('a\nb  ', 'b \n', 'x\n'), 'a\nx');
  });

  it('is found without the blank lines around it, and the replacement goes without them too', () => {
    assert.equal(replaced('a\nb\nc\n', '\n\nb\n\n', '\n\nx\n\n'), 'a\nx\nc\n');
    assert.equal(replaced('a\nb\nc\n', '\nb\n', '\nx\n\n'), 'a\nx\n\nc\n');
    assert.equal(replaced('a\nb\nc\n', '\n\nb\n\n', ''), 'a\nc\n');
    assert.deepEqual(found('a\n\nb\n\nc\n', ' \nb\n \n'), ['\nb\n\n']);
  });

  it('is never found by blank lines alone', () => {
    assert.deepEqual(found('a\n\t\nb\n', '  \n'), []);
    assert.deepEqual(found('a\nb\n', '\n\n\n'), []);
  });

  it('has its inner lines all, in order', () => {
    assert.deepEqual(found('a \nb\n\nc\n', 'a\nb\nc'), []);
    assert.deepEqual(found('a \nx\nc\n', 'a\nb\nc'), []);
  });
});

describe('text with another indentation', () => {
  const rows: readonly (readonly [string, string, string, string, string])[] = [
    ['further right', '    if (a) {\n      b();\n    }', 'if (a) {\n  b();\n}', 'if (x) {\n  if (y) {\n    z();\n  }\n}', '    if (x) {\n      if (y) {\n        z();\n      }\n    }'],
    ['further left', 'if (a) {\n  b();\n}', '    if (a) {\n      b();\n    }', '    if (x) {\n        z();\n    }', 'if (x) {\n    z();\n}'],
    ['in tabs for four blanks', '\tif (a) {\n\t\tb();\n\t}', '    if (a) {\n        b();\n    }', '    if (a) {\n        if (b) {\n            c();\n        }\n    }', '\tif (a) {\n\t\tif (b) {\n\t\t\tc();\n\t\t}\n\t}'],
    ['in tabs for two blanks, and further right', '\t\tif (a) {\n\t\t\tb();\n\t\t}', 'if (a) {\n  b();\n}', 'if (a) {\n  b(\n    c);\n}', '\t\tif (a) {\n\t\t\tb(\n\t\t\t\tc);\n\t\t}'],
    ['in blanks for tabs', '  if (a) {\n    b();\n  }', '\tif (a) {\n\t\tb();\n\t}', '\tif (a) {\n\t\tif (b) c();\n\t\t\td();\n\t}', '  if (a) {\n    if (b) c();\n      d();\n  }'],
    ['in tabs, with the stars of a comment', '\t/**\n\t * Says.\n\t */', '    /**\n     * Says.\n     */', '    /**\n     * Tells.\n     */', '\t/**\n\t * Tells.\n\t */'],
    ['with a blank line inside', '\ta();\n\n\tb();', 'a();\n\nb();', 'a();\n\nc();\n', '\ta();\n\n\tc();\n'],
  ];
  for (const [how, file, search, replacement, expected] of rows) {
    it(`is found ${how}, and the replacement is indented as the file is`, () => {
      assert.equal(createLocator(`top\n${file}\nend\n`).locate(search).by, 'indentation');
      assert.equal(replaced(`top\n${file}\nend\n`, search, replacement), `top\n${expected}\nend\n`);
    });
  }

  it('is not found where lines are not all shifted alike', () => {
    assert.deepEqual(found('  a\n      b\n', 'a\n  b'), []);
    assert.deepEqual(found('\ta\n      b\n', '    a\n    b'), []);
  });

  it('is not replaced where it cannot be told how to indent', () => {
    assert.match(replaced('if a:\n  b\n', '    if a:\n      b', '  if x:\n      b'), /cannot be told.*copy the indentation exactly/);
    assert.match(replaced('\t\t\ta \n', '      a', '      b\n    \tc'), /cannot be told/);
  });

  it('is found several times when several places fit equally well', () => {
    assert.equal(createLocator('  a\n  b\n    a\n    b\n').locate('a\nb').places.length, 2);
  });
});

describe('text pasted from read_file', () => {
  it('is found without the line numbers, which the replacement loses too', () => {
    const file = 'zero\none\ntwo\nthree\n';
    assert.equal(replaced(file, '2\tone\n3\ttwo', '2\tuno\n3\tdue'), 'zero\nuno\ndue\nthree\n');
    assert.equal(replaced(file, '2\tone\n3\ttwo\n', 'uno\n'), 'zero\nuno\nthree\n');
    assert.equal(createLocator(file).locate('2\tone').by, 'numbers');
  });

  it('is taken as it is when the file has such numbers', () => {
    assert.equal(replaced('1\tone\n2\ttwo\n', '1\tone', '1\tuno'), '1\tuno\n2\ttwo\n');
  });

  it('does not stand for part of a line, nor for lines whose numbers do not count up', () => {
    assert.deepEqual(found('7\tone\n', '1\tone'), []);
    assert.deepEqual(found('one\ntwo\n', '1\tone\n3\ttwo'), []);
    assert.deepEqual(found('one\ntwo\n', '1\tone\ntwo'), []);
  });

  it('is refused when only some lines of the replacement have numbers', () => {
    assert.match(replaced('one\ntwo\n', '1\tone\n2\ttwo', '1\tuno\ndue'), /leave them out/);
  });
});

describe('hidden characters that read_file writes out', () => {
  it('are found as they are, and written as they are', () => {
    assert.equal(replaced('a\u200Bb = 1\n', 'a\\u{200B}b = 1', 'a\\u{200B}b = 2'), 'a\u200Bb = 2\n');
    assert.equal(replaced('x\u{E0041}\na\u202Eb \nc', 'a\\u{202E}b\nc', 'a\\u{202E}c\nd'), 'x\u{E0041}\na\u202Ec\nd');
  });

  it('go when the replacement has none', () => {
    assert.equal(replaced('say("hi\u200B");', 'hi\\u{200B}', 'hi'), 'say("hi");');
  });

  it('are left alone where the file itself has them written out', () => {
    assert.equal(replaced('const zero = "\\u{200B}";\n', '"\\u{200B}"', '"\\u{200B}\\u{200B}"'), 'const zero = "\\u{200B}\\u{200B}";\n');
    assert.equal(replaced('\u00AD\nconst zero = "\\u{200B}";\n', '"\\u{200B}"', '"\\u{200C}"'), '\u00AD\nconst zero = "\\u{200C}";\n');
  });

  it('make several places of those that look the same to the model', () => {
    assert.equal(replaced('a\u200Bb\na\\u{200B}b\n', 'a\\u{200B}b', 'c'), 'found 2 times');
  });

  it('are refused where one place has them both ways and the replacement keeps one', () => {
    assert.match(replaced('a\u200Bb\\u{200B}c', 'a\\u{200B}b\\u{200B}c', 'a\\u{200B}b'), /cannot be told/);
    assert.equal(replaced('a\u200Bb\\u{200B}c', 'a\\u{200B}b\\u{200B}c', 'abc'), 'abc');
  });

  it('are never cut in the middle', () => {
    assert.deepEqual(found('a\u200Bb \\u{200C}', '200B}b \\u{200C}'), []);
  });

  it('are so many that nobody counts them, and still no guess', () => {
    assert.ok(createLocator('a\n  '.repeat(50_000)).locate('a').places.length > 20_000);
    assert.deepEqual(found(`${'    }\n'.repeat(50_000)}  }\n`, '}\n}\n}\nx'), []);
  });

  it('are found by themselves too', () => {
    assert.equal(replaced('a\u200Bb', 'a\u200Bb', 'c'), 'c');
  });
});
