import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { replaceIn, type Replacement } from '../../src/core/edits/replacements.ts';

const never = new AbortController().signal;

type Edit = readonly [search: string, replace: string, all?: 'all'];

function replacements(edits: readonly Edit[]): readonly Replacement[] {
  return edits.map(([search, replace, all]) => ({ search, replace, all: all === 'all' }));
}

/** The new text, or in words what is wrong. */
async function after(text: string, ...edits: readonly Edit[]): Promise<string> {
  const result = await replaceIn(text, replacements(edits), never);
  return 'after' in result ? result.after : result.problems.map(({ text }) => text).join('\n');
}

async function notes(text: string, search: string, replace: string): Promise<string> {
  const result = await replaceIn(text, replacements([[search, replace]]), never);
  return 'notes' in result ? result.notes.join() : 'problem';
}

describe('several replacements in one text', () => {
  it('are made where they stand in the text as it was, whatever their order', async () => {
    const edits: readonly Edit[] = [['one', 'two'], ['two', 'three'], ['three', 'one']];
    for (const order of [edits, edits.toReversed()]) assert.equal(await after('one two three', ...order), 'two three one');
  });

  it('are what cutting and joining makes, for any places that do not overlap', async () => {
    const word = fc.stringMatching(/^[a-z\n]{0,6}$/);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(word, word), { minLength: 1, maxLength: 6 }), fc.boolean(), async (pairs, reversed) => {
        // Each search has a number of its own, so it is there once.
        const before = pairs.map(([kept], index) => `${kept}<${index}>`).join('');
        const edits = pairs.map(([, put], index): Edit => [`<${index}>`, `[${index}${put}]`]);
        assert.equal(await after(before, ...(reversed ? edits.toReversed() : edits)), pairs.map(([kept, put], index) => `${kept}[${index}${put}]`).join(''));
      }),
    );
  });

  it('are refused when they overlap, and touch when they must', async () => {
    assert.match(await after('abc\ndef\n', ['abc', 'x'], ['c\nd', 'y']), /^edits\[0\] and edits\[1\] overlap at line 1\. Make them one edit/);
    assert.match(await after('abc\n', ['abc', 'x'], ['abc', 'y']), /overlap at line 1/);
    assert.match(await after('', ['', 'x'], ['', 'y']), /overlap/);
    assert.equal(await after('abcd', ['ab', '1'], ['cd', '2']), '12');
  });

  it('are all refused when one cannot be made, with what is wrong with each', async () => {
    const result = await replaceIn('a\na\n', replacements([['a', 'b'], ['zebra', 'c'], ['a\na', 'd']]), never);
    assert.ok('problems' in result);
    assert.deepEqual(result.problems.map(({ text }) => text.slice(0, 40)), ['edits[0]: search is found 2 times, on li', 'edits[1]: search is not in the file, nor']);
  });

  it('leave others their turn in between, and stop when they are stopped', async () => {
    const lines = Array.from({ length: 100_000 }, (_, index) => `const value${index} = compute(${index});`);
    // Blanks at its end have each looked for by lines, too, which takes longest.
    const many = replacements(Array.from({ length: 100 }, (_, index): Edit => [`const value${index} = compute(${index}); `, `x${index}`]));
    let turns = 0;
    const interval = setInterval(() => (turns += 1), 0);
    const result = await replaceIn(lines.join('\n'), many, never);
    clearInterval(interval);
    assert.ok('after' in result);
    assert.ok(turns > 5, `only ${turns} times`);
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('stopped')), 0);
    await assert.rejects(replaceIn(lines.join('\n'), many, controller.signal), /stopped/);
  });

  it('explain no more than three, however many go wrong', async () => {
    const result = await replaceIn('a', replacements(Array.from({ length: 50 }, (): Edit => ['b', 'c'])), never);
    assert.equal('problems' in result && result.problems.length, 3);
  });
});

describe('a search that fits several places', () => {
  it('changes none and names the lines of all', async () => {
    assert.match(await after('a\nb\na\na a\n', ['a', 'x']), /found 4 times, on lines 1, 3, 4\. Add the lines before or after it until only one place fits, or set replace_all to change all\./);
    assert.match(await after('aaa', ['aa', 'x']), /found 2 times, on line 1\./);
    assert.match(await after('x\n'.repeat(100), ['x', 'y']), /on lines 1, 2, .*, 20 and 80 more\./);
    assert.match(await after('  a  \n  b\n\ta \n\tb\n', ['a\nb', 'c']), /found 2 times, on lines 1, 3\./);
  });

  it('changes all when all are meant, from the left', async () => {
    assert.equal(await after('a b a', ['a', 'aa', 'all']), 'aa b aa');
    assert.equal(await after('aaa', ['aa', 'b', 'all']), 'ba');
    assert.equal(await after('  if (a) \n    b();\n\tif (a)\n\t  b();\n', ['if (a)\n  b();', 'if (c)\n  d();', 'all']), '  if (c)\n    d();\n\tif (c)\n\t  d();\n');
    assert.equal(await after('a', ['a', 'b', 'all']), 'b');
  });

  it('is refused when there are more than can be meant, or the text would become too long', async () => {
    assert.match(await after('a'.repeat(30_000), ['a', 'b', 'all']), /more than 20000 times/);
    assert.match(await after('a'.repeat(15_000), ['a', 'b'.repeat(1000), 'all']), /would have 15000000 characters/);
  });
});

describe('a search that fits nowhere', () => {
  const file = Array.from({ length: 30 }, (_, index) => `const value${index} = compute(${index});`).join('\n');

  it('answers with the numbered lines that come closest, as data', async () => {
    const result = await replaceIn(file, replacements([['const value7 = compute(8);\nconst value8 = compute(8);', 'x']]), never);
    assert.ok('problems' in result);
    const [problem] = result.problems;
    assert.match(problem?.text ?? '', /^edits\[0\]: search is not in the file\. It must be copied exactly, .* are below\.$/);
    assert.equal(problem?.details?.label, 'lines 6 to 11 of 30');
    assert.equal(problem?.details?.lines, [5, 6, 7, 8, 9, 10].map((index) => `${index + 1}\tconst value${index} = compute(${index});`).join('\n'));
  });

  it('says so when nothing is like it, and does not quote long lines whole', async () => {
    assert.match(await after(file, ['zebra', 'x']), /nor anything much like it\. .*use read_file/);
    assert.match(await after(file, ['}', 'x']), /nor anything much like it/);
    const result = await replaceIn(`const value = ${'1 + '.repeat(5000)}1;`, replacements([['const value = 1;', 'x']]), never);
    assert.ok('problems' in result && (result.problems[0]?.details?.lines.length ?? 0) < 400);
  });

  it('tells of line numbers, and of what may have been done before', async () => {
    assert.match(await after(file, ['7\tconst valueX', 'x']), /numbers that read_file puts before each line are not part of the file/);
    assert.match(await after(file, ['const valueX = compute(7);', 'const value7 = compute(7);']), /text of replace already stands in the file/);
  });

  it('looks for a replacement that was chosen to be slow to look for in no more time than for another', async () => {
    const text = 'a'.repeat(6_000_000);
    assert.match(await after(text, ['zebra', `aab${'a'.repeat(600_000)}`]), /^edits\[0\]: search is not in the file/);
    assert.match(await after(text, ['zebra', 'a'.repeat(600_000)]), /already stands in the file/);
  });

  it('finds the closest lines of a long text too', async () => {
    const lines = Array.from({ length: 40_000 }, (_, index) => `const value${index} = compute(${index});`);
    const result = await replaceIn(lines.join('\n'), replacements([['const value35000 = compute(35000);\nconst value35001 = zebra(1);', 'x']]), never);
    assert.ok('problems' in result);
    assert.equal(result.problems[0]?.details?.label, 'lines 34999 to 35004 of 40000');
  });

  it('is told in a megabyte, whatever that is made of', async () => {
    for (const text of ['a b c d e f g\n'.repeat(75_000), 'word '.repeat(200_000), '}\n'.repeat(500_000), Array.from({ length: 40_000 }, (_, index) => `line ${index} of many`).join('\n')]) {
      assert.match(await after(text, [`a b c d e f X\n${'a b c d e f g\n'.repeat(200)}Y`, 'x']), /^edits\[0\]: search is not in the file/);
    }
  });
});

describe('a replacement', () => {
  it('of nothing is for an empty file only', async () => {
    assert.equal(await after('', ['', 'a\n']), 'a\n');
    assert.match(await after('a', ['', 'b']), /search is empty, but the file is not/);
    assert.match(await after('', ['a', 'b']), /search is not in the file/);
  });

  it('that changes nothing is told', async () => {
    assert.match(await after('a', ['a', 'a']), /would stay as it is: search and replace come to the same/);
    assert.match(await after('a\u200B', ['a\\u{200B}', 'a\\u{200B}']), /stands for the character itself/);
    const result = await replaceIn('a b', replacements([['a', 'a'], ['b', 'c']]), never);
    assert.ok('after' in result && result.after === 'a c');
    assert.match(result.notes.join(), /^edits\[0\]: the text would stay/);
  });

  it('is taken literally, whatever it looks like to a programming language', async () => {
    assert.equal(await after('a', ['a', '$& $1 $$ \\n']), '$& $1 $$ \\n');
    assert.equal(await after('a.c abc', ['a.c', 'x']), 'x abc');
    assert.equal(await after('a\u200B', ['a\\u{200B}', '$&\\u{200B}']), '$&\u200B');
  });

  it('comes with a note when it was not found exactly', async () => {
    assert.equal(await notes('a\nb', 'a', 'x'), '');
    assert.match(await notes('a \nb', 'a\nb', 'x'), /without regard to blanks at the ends/);
    assert.match(await notes('\ta\n\t\tb', '  a\n    b', 'x'), /replace was indented as the file is/);
    assert.match(await notes('a\nb', '1\ta', 'x'), /line numbers of read_file were left out/);
  });
});
