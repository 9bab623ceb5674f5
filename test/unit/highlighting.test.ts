import assert from 'node:assert/strict';
import { createLineReader } from '../../webview/code.ts';
import { filled } from '../page/support/hostileTexts.ts';

/** What has a colour in some lines: `keyword:const`. */
function coloured(language: string, ...lines: readonly string[]): readonly string[] {
  const reader = createLineReader(language);
  return lines.flatMap((line) => (reader?.read(line) ?? []).flatMap(({ text, kind }) => (kind === undefined ? [] : [`${kind}:${text}`])));
}

const examples: readonly (readonly [language: string, lines: readonly string[], expected: readonly string[]])[] = [
  ['ts', ['const a = "b"; // c'], ['keyword:const', 'string:"b"', 'comment:// c']],
  ['tsx', ['/* a', 'b */ 1'], ['comment:/* a', 'comment:b */', 'number:1']],
  ['python', ['def f(): return """a', 'b"""'], ['keyword:def', 'name:f', 'keyword:return', 'string:"""a', 'string:b"""']],
  ['java', ['int a = 1;'], ['type:int', 'number:1']],
  ['c++', ['return 0;'], ['keyword:return', 'number:0']],
  ['c#', ['// a'], ['comment:// a']],
  ['go', ['func f() {}'], ['keyword:func']],
  ['rust', ['let a = "b";'], ['keyword:let', 'string:"b"']],
  ['php', ['<?php echo $a; # b'], ['meta:<?php', 'keyword:echo', 'name:$a', 'comment:# b']],
  ['ruby', ['puts "a" # b'], ['string:"a"', 'comment:# b']],
  ['bash', ['if true; then # a'], ['keyword:if', 'keyword:then', 'comment:# a']],
  ['sql', ['SELECT a FROM b'], ['keyword:SELECT', 'keyword:FROM']],
  ['yaml', ['# a'], ['comment:# a']],
  ['html', ['<a href="b">c</a>'], ['string:"b"']],
  ['css', ['a { color: red }'], ['property:color']],
  ['md', ['# a', '```', '# b', '```'], ['heading:# a', 'meta:```', 'string:# b', 'meta:```']],
  ['diff', ['@@ -1 +1 @@', '-a', '+b', ' c'], ['keyword:@@ -1 +1 @@', 'deleted:-a', 'inserted:+b']],
  ['JSON', ['{"a": null}'], ['number:null']],
];

const languages = ['ts', 'js', 'json', 'py', 'java', 'c', 'cpp', 'cs', 'kt', 'scala', 'dart', 'objc', 'go', 'rs', 'php', 'rb', 'swift', 'lua', 'sh', 'ps1', 'sql', 'yaml', 'toml', 'ini', 'xml', 'html', 'css', 'scss', 'less', 'dockerfile', 'md', 'diff'];

const hostile = ['(', '"', "'", '`', '/*', '<', '<!--', '${', '\\', '{', '#', '$', '"""', '-', ' ', '\t', 'a.', '<<A', '/', '=', '[[', '%', '@a '];

describe('Colours of code', () => {
  for (const [language, lines, expected] of examples) {
    it(`tell the pieces of ${language} apart`, () => {
      const found = coloured(language, ...lines);
      for (const piece of expected) assert.ok(found.includes(piece), `${piece} is not in ${found.join(' ')}`);
    });
  }

  it('are none for a language that is not known, or an object\'s own word', () => {
    for (const language of ['', 'klingon', 'constructor', '__proto__']) assert.equal(createLineReader(language), undefined);
  });

  it('change no character and lose none, whatever the language and the line', () => {
    for (const language of languages) {
      const reader = createLineReader(language);
      assert.ok(reader, language);
      for (const piece of hostile) {
        for (const line of [piece, piece.repeat(300), `a ${piece} b`, '', filled(piece)]) assert.equal(reader.read(line).map(({ text }) => text).join(''), line, `${language}: ${JSON.stringify(line.slice(0, 20))}`);
      }
    }
  }).timeout(60_000);

  it('of a line that may still go on are told without being bound by them', () => {
    const [peeking, reading] = [createLineReader('ts'), createLineReader('ts')];
    peeking?.peek('/* a');
    assert.deepEqual(peeking?.read('let b'), reading?.read('let b'));
  });

  it('come as quickly for the last of many lines as for the first', () => {
    const reader = createLineReader('ts');
    for (let line = 0; line < 100_000; line++) reader?.read('  (({[ a');
  });
});
