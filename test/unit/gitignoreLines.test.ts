import assert from 'node:assert/strict';
import { array, assert as hold, constantFrom, property, string } from 'fast-check';
import ignore from 'ignore';
import { gitignoreLines, onlyLines } from '../../src/core/editor/gitignoreLines.ts';
import { contentsOf, covers, exactly, readGlob, type Glob } from '../../src/core/editor/glob.ts';

function glob(text: string): Glob {
  const read = readGlob(text);
  if (typeof read === 'string') throw new Error(`${text}: ${read}`);
  return read;
}

/** What an ignore file of these lines leaves alone, as another program reads it. */
function leaves(lines: readonly string[], path: string): boolean {
  return !ignore({ ignorecase: false }).add([...lines]).ignores(path);
}

describe('A glob as lines of an ignore file', () => {
  it('begins with a slash or two stars and holds no negation, comment or option', () => {
    assert.deepEqual(gitignoreLines(glob('src/{a,b}*.ts')), ['/src/a*.ts', '/src/b*.ts']);
    assert.deepEqual(gitignoreLines(glob('*.[ch]')), ['**/*.[ch]']);
    assert.deepEqual(gitignoreLines(glob('-x')), ['**/\\-x']);
    assert.deepEqual(gitignoreLines(glob('#a b')), ['**/\\#a\\ b']);
    assert.deepEqual(gitignoreLines(exactly('src/!a[1]')), ['/src/\\!a\\[1\\]']);
    assert.deepEqual(gitignoreLines(contentsOf(glob('src/a'))), ['/src/a/**']);
    hold(
      property(string({ unit: 'grapheme', maxLength: 30 }), (text) => {
        const read = readGlob(text);
        for (const line of typeof read === 'string' ? [] : (gitignoreLines(read) ?? [])) assert.match(line, /^(\/|\*\*)/, text);
      }),
    );
  });

  it('is none where ripgrep counts bytes or cuts off what is white in any script', () => {
    for (const text of ['a?c', '[!a]', '[é]', '[a\\]b', 'a\u3000b', 'a\u00a0b']) assert.equal(gitignoreLines(glob(text)), undefined, text);
    assert.deepEqual(gitignoreLines(glob('é.ts')), ['**/é.ts']);
  });
});

function only(...texts: readonly string[]): readonly string[] {
  return onlyLines(texts.map(glob), texts.map(glob));
}

describe('An ignore file that leaves only some files', () => {
  it('leaves names in all folders, or only the folders that lead to them', () => {
    assert.deepEqual(only('*.ts'), ['*', '!**/*.ts', '!**/*.ts/**', '*/', '!*/']);
    assert.deepEqual(only('docs/**', '**'), ['*', '!/docs', '!/docs/**', '!**', '*/', '!/docs/', '!/docs/**/', '!*/']);
    assert.deepEqual(only('src/**/*.{ts,tsx}'), ['*', '!/src/**/*.ts', '!/src/**/*.ts/**', '!/src/**/*.tsx', '!/src/**/*.tsx/**', '*/', '!/src/', '!/src/**/']);
    assert.deepEqual(onlyLines([glob('*.ts')], [exactly('a/b')]), ['*', '!**/*.ts', '!**/*.ts/**', '*/', '!/a/', '!/a/b/', '!/a/b/**/']);
  });

  it('writes nothing that is not beyond doubt, and never makes folders of two stars', () => {
    assert.deepEqual(only('a??[!x][é]b'), ['*', '!**/a*b', '!**/a*b/**', '*/', '!*/']);
    assert.deepEqual(only('??/\\!#'), ['*', '!/*/*', '!/*/*/**', '*/', '!/*/', '!/*/*/', '!/*/*/**/']);
    assert.ok(onlyLines([exactly('x\n!/\r \u3000')], []).every((line) => !/\s/.test(line)));
  });

  it('leaves out what fits nothing', () => {
    assert.ok(leaves(only('src/**/*.ts'), 'src/in/a.ts') && leaves(only('docs'), 'a/docs/b.md'));
    for (const path of ['src/in/a.js', 'lib/a.ts', 'srcs/a.ts', 'a.ts']) assert.ok(!leaves(only('src/**/*.ts'), path), path);
    assert.ok(!leaves(onlyLines([glob('*.ts')], [exactly('a/b')]), 'a/c/x.ts'));
  });

  it('leaves all that fits or lies in what fits, whatever the globs and the names are', () => {
    const part = constantFrom('a', 'b', 'é', '*', '?', '**', '/', '/**/', '[ab]', '[!a]', '{a,b/c}', ' ', '-', '\\*');
    const name = string({ minLength: 1, maxLength: 3, unit: constantFrom('a', 'b', 'c', 'é', ' ', '-', '*', '#', '!') });
    let fitting = 0;
    hold(
      property(array(part, { minLength: 1, maxLength: 6 }), array(part, { minLength: 1, maxLength: 6 }), array(name, { minLength: 1, maxLength: 4 }), (parts, others, names) => {
        const read = [parts.join(''), others.join('')].map((text) => readGlob(text)).flatMap((one) => (typeof one === 'string' ? [] : [one]));
        const path = names.join('/');
        if (!read.some((one) => covers(one, path))) return;
        fitting += 1;
        assert.ok(leaves(onlyLines(read, read), path), `${parts.join('')} and ${others.join('')}: ${path}`);
        assert.ok(leaves(onlyLines(read, [exactly(names[0] ?? '')]), path), path);
      }),
      { numRuns: 4000 },
    );
    assert.ok(fitting > 400, String(fitting));
  }).timeout(60_000);
});
