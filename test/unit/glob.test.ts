import assert from 'node:assert/strict';
import { array, assert as hold, constantFrom, property, string } from 'fast-check';
import { covers, exactly, fits, readGlob, settingGlob, type Glob } from '../../src/core/editor/glob.ts';

function glob(text: string): Glob {
  const read = readGlob(text);
  if (typeof read === 'string') throw new Error(`${text}: ${read}`);
  return read;
}

function setting(text: string): Glob {
  const read = settingGlob(text);
  assert.ok(read !== undefined, text);
  return read;
}

/** Why it is no glob. */
function refusal(text: string): string {
  const read = readGlob(text);
  return typeof read === 'string' ? read : 'It is one.';
}

describe('A glob', () => {
  it('fits names in any folder when it has no slash, and paths from the workspace folder when it has one', () => {
    assert.ok(fits(glob('*.ts'), 'a.ts') && fits(glob('*.ts'), 'src/deep/a.ts'));
    assert.ok(fits(glob('src/*.ts'), 'src/a.ts'));
    assert.ok(!fits(glob('src/*.ts'), 'src/deep/a.ts') && !fits(glob('src/*.ts'), 'lib/src/a.ts'));
    assert.ok(fits(glob('src/**/*.ts'), 'src/a.ts') && fits(glob('src/**/*.ts'), 'src/b/c/a.ts'));
    assert.ok(fits(glob('**/src/**'), 'a/src/b/c') && !fits(glob('**/src/**'), 'a/srcs/b'));
  });

  it('knows one character, sets and alternatives', () => {
    assert.ok(fits(glob('a?c'), 'abc') && !fits(glob('a?c'), 'ac') && !fits(glob('a?c'), 'a/c'));
    assert.ok(fits(glob('[a-c]x'), 'bx') && !fits(glob('[!a-c]x'), 'bx') && fits(glob('[!a-c]x'), 'dx') && fits(glob('[]]x'), ']x'));
    for (const name of ['a.ts', 'a.tsx', 'a.d.ts', 'a.d.mts']) assert.ok(fits(glob('a.{ts,tsx,d.{ts,mts}}'), name), name);
    assert.ok(fits(glob('a{b}c'), 'a{b}c') && fits(glob('a{b'), 'a{b') && fits(glob('a[b'), 'a[b') && fits(glob('\\*x'), '*x') && !fits(glob('\\*x'), 'yx'));
    assert.ok(fits(glob('?'), '😀') && !fits(glob('A.ts'), 'a.ts'));
  });

  it('covers what lies in a folder that it fits', () => {
    assert.ok(covers(glob('src'), 'src/a/b.ts') && covers(glob('src/'), 'src/b.ts') && covers(glob('node_modules'), 'a/node_modules/b/c.js'));
    assert.ok(!covers(glob('src'), 'srcs/a.ts'));
  });

  it('is refused when it is absolute, negated, empty, huge, or leads out of the workspace folder', () => {
    for (const text of ['/etc/*', 'C:\\x', 'c:/x', '~/x', '$HOME/x', '\\\\host\\share']) assert.match(refusal(text), /absolute/, text);
    for (const text of ['../x', 'a/../../x', '**/../x', 'a/..', '..', '{..,a}/x', 'a/{b,..}/c', '..\\x', '．．/x']) assert.match(refusal(text), /leads out/, text);
    assert.match(refusal('!a'), /exclude/);
    for (const text of ['a\0b', 'a\nb']) assert.match(refusal(text), /control character/);
    for (const text of ['', ' ', '.', './', './/']) assert.match(refusal(text), /empty/, text);
    assert.match(refusal('a'.repeat(501)), /500 characters/);
    assert.match(refusal('{a,b}'.repeat(10)), /alternatives/);
    assert.match(refusal('a/'.repeat(60) + 'b'), /folders/);
  });

  it('of a setting counts from the workspace folder, unless it begins with two stars', () => {
    assert.ok(fits(setting('*.log'), 'a.log') && !fits(setting('*.log'), 'b/a.log'));
    assert.ok(fits(setting('**/.git'), '.git') && fits(setting('**/.git'), 'a/.git'));
    assert.ok(fits(setting('/dist/'), 'dist'));
    for (const text of ['', '/', '../x', 'a/../b']) assert.equal(settingGlob(text), undefined, text);
  });

  it('fits exactly the path that it was made of, whatever stands in it', () => {
    const name = string({ minLength: 1, maxLength: 8, unit: constantFrom('a', '*', '?', '[', ']', '{', '}', '!', '\\', ',', '-', ' ', 'é') });
    hold(
      property(array(name, { minLength: 1, maxLength: 4 }), array(name, { minLength: 1, maxLength: 4 }), (path, other) => {
        assert.ok(fits(exactly(path.join('/')), path.join('/')));
        assert.equal(fits(exactly(path.join('/')), other.join('/')), path.join('/') === other.join('/'));
      }),
    );
  });

  it('decides as a regular expression does, which it is not', () => {
    const part = constantFrom('a', 'b', '*', '?', '**', '/', '/**/');
    hold(
      property(array(part, { minLength: 1, maxLength: 7 }), array(constantFrom('a', 'b', 'ab', '/'), { minLength: 1, maxLength: 8 }), (parts, pieces) => {
        const text = parts.join('').replace(/\/+/g, '/').replace(/^\/|\/$/g, '');
        const path = pieces.join('').replace(/\/+/g, '/').replace(/^\/|\/$/g, '');
        if (text === '' || path === '') return;
        const segments = text.split('/').map((segment) => (segment === '**' ? '(?:[^/]+/)*' : `${segment.replaceAll(/\*+/g, '[^/]*').replaceAll('?', '[^/]')}/`));
        const expression = new RegExp(`^${text.includes('/') ? '' : '(?:[^/]+/)*'}${segments.join('')}$`);
        assert.equal(fits(glob(text), path), expression.test(`${path}/`), `${text} and ${path}`);
      }),
      { numRuns: 2000 },
    );
  });

  it('made of many stars is decided all the same (B28)', () => {
    assert.ok(!fits(glob(`${'*a'.repeat(200)}b`), 'a'.repeat(2000)));
    assert.ok(!fits(glob(`${'**/a/'.repeat(20)}b`), 'a/'.repeat(400) + 'c'));
  });
});
