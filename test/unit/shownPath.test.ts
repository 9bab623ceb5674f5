import assert from 'node:assert/strict';
import { pathInFull, showPath } from '../../src/core/guard/shownPath.ts';

const marked: readonly (readonly [string, string, string])[] = [
  ['a blank that does not break', 'src/a\u00A0b.ts', String.raw`src/a\u{00A0}b.ts`],
  ['a blank that does not break at the end', 'src/a.ts\u00A0', String.raw`src/a.ts\u{00A0}`],
  ['an ideographic blank', '报告\u3000二.md', String.raw`报告\u{3000}二.md`],
  ['a thin blank', 'a\u2009b', String.raw`a\u{2009}b`],
  ['a note of music that is not drawn', 'a\u{1D159}b', String.raw`a\u{1D159}b`],
  ['a second blank', 'a  b.ts', String.raw`a \u{0020}b.ts`],
  ['blanks at the ends of a name', ' a/b /c', String.raw`\u{0020}a/b\u{0020}/c`],
  ['a slash of mathematics', 'src\u2215app.ts', String.raw`src\u{2215}app.ts`],
  ['a letter of mathematics', 'src/\u{1D68A}pp.ts', String.raw`src/\u{1D68A}pp.ts`],
  ['a Cyrillic letter among Latin ones', 'src/\u0430pp.ts', String.raw`src/\u{0430}pp.ts`],
  ['a Greek letter among Latin ones', 'p\u03BFm.xml', String.raw`p\u{03BF}m.xml`],
  ['a word of Cyrillic letters that are drawn as Latin ones', '\u0441\u043E\u0440\u0443.ts', String.raw`\u{0441}\u{043E}\u{0440}\u{0443}.ts`],
  ['a hidden character', 'a\u202Eb', String.raw`a\u{202E}b`],
];

const plain = ['src/a file.ts', 'a b c', 'отчет_v2.docx', 'тест.ts', 'о работе.md', 'Ελληνικά.md', '第2章.md', '資料/レポートA案.md', 'API设计.md', 'テスト用file.ts', '보고서final.txt', 'ｶﾀｶﾅ.txt', '．ｅｎｖ', 'naïve/Größe.ts', 'Ístanbul_ı.ts', '5\u00B5m.csv', 'nha\u0300.ts', 'עברית.md'];

describe('A path as it is shown', () => {
  for (const [name, path, shown] of marked) it(`has ${name} written out`, () => assert.deepEqual([showPath(path), showPath(showPath(path))], [shown, shown]));
  for (const path of plain) it(`has an ordinary name as it is: ${path}`, () => assert.equal(showPath(path), path));

  it('keeps its beginning and its end where it is too long', () => {
    const shown = pathInFull(`/w/docs/${'x'.repeat(200)}/${'y'.repeat(120)}/.env`);
    assert.match(shown, /^\/w\/docs\/x+ … x*\/y+\/\.env$/);
    assert.ok(shown.length <= 280);
  });

  it('takes time that grows with its length', () => {
    for (const part of [' ', 'a', '\u0430', '\u00A0', '/ ']) showPath(part.repeat(1 << 16));
  }).timeout(60_000);
});
