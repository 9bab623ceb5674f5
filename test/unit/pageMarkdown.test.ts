import assert from 'node:assert/strict';
import { array, assert as assertProperty, constantFrom, nat, property } from 'fast-check';
import { createMarkdownDocument } from '../../webview/markdown/document.ts';
import { wordsOf, type Drawing } from '../../webview/markdown/drawing.ts';

/** A compact way to write down what a text looks like: `p(a em(b))`. */
function shape(drawing: Drawing): string {
  if (typeof drawing === 'string') return drawing;
  switch (drawing.kind) {
    case 'code':
      return `code(${drawing.text})`;
    case 'code-block':
      return `block[${drawing.language}](${drawing.text})`;
    case 'link':
      return `link[${drawing.target}](${drawing.children.map(shape).join('')})`;
    case 'image':
      return `image[${drawing.target}](${drawing.alternative})`;
    case 'element': {
      const marks = Object.entries(drawing.marks).map(([name, value]) => `${name}=${value}`);
      return `${drawing.tag}${marks.length > 0 ? `[${marks.join(' ')}]` : ''}(${drawing.children.map(shape).join('')})`;
    }
  }
}

function shapeOf(...pieces: readonly string[]): string {
  const text = createMarkdownDocument();
  for (const piece of pieces) {
    text.append(piece);
    text.update();
  }
  return text.drawings.map(shape).join('\n');
}

const examples: readonly (readonly [name: string, markdown: string, expected: string])[] = [
  ['emphasis', 'a *b* **c** ~~d~~ ***e***', 'p(a em(b) strong(c) del(d) em(strong(e)))'],
  ['headings of both kinds', '# A *b* #\n\nC\n---\n', 'h1(A em(b))\nh2(C)'],
  ['a tight list', '- a\n- b\n  - c\n', 'ul(li(p(a))li(p(b)ul(li(p(c)))))'],
  ['a loose list', '- a\n\n- b\n', 'ul[loose=true](li(p(a))li(p(b)))'],
  ['an ordered list that starts at 3', '3. a\n4. b', 'ol[start=3](li(p(a))li(p(b)))'],
  ['tasks', '- [x] a\n- [ ] *b*', 'ul(li[task=done](p(a))li[task=open](p(em(b))))'],
  ['a quotation with a lazy line', '> a\nb\n> c', 'blockquote(p(a\nb\nc))'],
  ['fenced code', '```ts x\na\n\n  b\n```\nc', 'block[ts](a\n\n  b)\np(c)'],
  ['fenced code within a list', '- a\n  ```\n  b\n    c\n  ```', 'ul(li(p(a)block[](b\n  c)))'],
  ['indented code', '    a\n\n    b', 'block[](a\n\nb)'],
  ['an open fence', '~~~py\na', 'block[py](a)'],
  ['inline code', 'a `` b ` c `` `d`', 'p(a code(b ` c) code(d))'],
  ['links', '[a *b*](http://x.y/z "t") [c](<d e>)', 'p(link[http://x.y/z](a em(b)) link[d e](c))'],
  ['a link by reference, defined after', '[a][x] and [X]\n\n[x]: http://x.y', 'p(link[http://x.y](a) and link[http://x.y](X))'],
  ['a link by reference, defined before', '[x]: http://x.y\n\n[x]', 'p(link[http://x.y](x))'],
  ['brackets that are no link', 'a[0] and [b]', 'p(a[0] and [b])'],
  ['bare links', 'see https://x.y/z, www.x.y and <mailto:a@b.c>', 'p(see link[https://x.y/z](https://x.y/z), link[https://www.x.y](www.x.y) and link[mailto:a@b.c](mailto:a@b.c))'],
  ['a picture', '![a *b*](http://x.y/z.png)', 'p(image[http://x.y/z.png](a b))'],
  ['references to characters', '&amp; &#x4E2D; &#0; &nonsense; &copy;', 'p(& 中 \uFFFD &nonsense; ©)'],
  ['escapes', String.raw`\*a\* \[b\]`, 'p(*a* [b])'],
  ['breaks', 'a  \nb\\\nc\nd', 'p(abr()bbr()c\nd)'],
  ['no space between East Asian lines', '中文\n换行\nabc', 'p(中文换行\nabc)'],
  ['a line', 'a\n\n***\n', 'p(a)\nhr()'],
  [
    'a table',
    '| a | b | c |\n|:-:|--:|---|\n| 1 |  | `x\\|y` |\n| 2 |',
    'table(thead(tr(th[align=center](a)th[align=right](b)th(c)))tbody(tr(td[align=center](1)td[align=right]()td(code(x|y)))tr(td[align=center](2)td[align=right]()td())))',
  ],
  ['HTML as it is written', 'a <b onclick="x()">c</b>\n\n<script>alert(1)</script>', 'p(a <b onclick="x()">c</b>)\np(<script>alert(1)</script>)'],
  ['carriage returns', 'a\r\n\r\n```\r\nb\r\n```\r\n', 'p(a)\nblock[](b)'],
  ['bold around East Asian quotation marks', '**“重要”**的', 'p(strong(“重要”)的)'],
  ['bold that ends in an East Asian full stop', '**重点。**下一句', 'p(strong(重点。)下一句)'],
  ['bold that ends in a colon', '他说**注意：**请', 'p(他说strong(注意：)请)'],
  ['bold around brackets', '使用**（可选）**参数', 'p(使用strong(（可选）)参数)'],
  ['bold around code', '**`a`**是', 'p(strong(code(a))是)'],
  ['Korean', '**"강조"**는', 'p(strong("강조")는)'],
  ['bold before punctuation', '**重点**。', 'p(strong(重点)。)'],
  ['English by CommonMark alone', '**"a"**b', 'p(**"a"**b)'],
  ['underscores within words', 'a_b_c _d_', 'p(a_b_c em(d))'],
];

describe('Markdown of an answer', () => {
  for (const [name, markdown, expected] of examples) {
    it(`draws ${name}`, () => assert.equal(shapeOf(markdown), expected));
    it(`draws ${name} the same when it comes letter by letter`, () => assert.equal(shapeOf(...markdown.split('')), expected));
  }

  it('looks the same at the end however it was cut into pieces', () => {
    const word = constantFrom(
      'a', 'b c', '中文', '**', '*', '_', '`', '```', '~~~', '```ts\n', '\n', '\n\n', '\n\n', '  ', '    ', '- ', '1. ', '> ', '# ', '| ', '|-|',
      '|a|\n|-|\n', '---', '[x]', '[x]: u\n', ']: v', '(http://a.b)', '![', '<b>', '<!--', '-->', '&amp;', '\\', '\r\n', '"t"', '=', '- [ ] ',
    );
    assertProperty(
      property(array(word, { maxLength: 40 }), array(nat(12), { minLength: 1, maxLength: 20 }), (words, cuts) => {
        const markdown = words.join('');
        const pieces: string[] = [];
        for (let from = 0, index = 0; from < markdown.length; index++) {
          const to = from + 1 + (cuts[index % cuts.length] ?? 0);
          pieces.push(markdown.slice(from, to));
          from = to;
        }
        assert.equal(shapeOf(...pieces), shapeOf(markdown));
      }),
      { numRuns: 3000 },
    );
  });

  it('keeps finished blocks as the very same objects', () => {
    const text = createMarkdownDocument();
    text.append('# A\n\nb\n\n- c\n- d\n\ne\n\n');
    text.update();
    const before = [...text.drawings];
    text.append('f\n\ng\n\nh\n\ni\n\nj');
    const first = text.update();
    assert.ok(first >= 0 && first <= before.length);
    assert.deepEqual(text.drawings.slice(0, 2).map((drawing, index) => drawing === before[index]), [true, true]);
  });

  it('loses no words', () => {
    const text = createMarkdownDocument();
    const words = Array.from({ length: 500 }, (_, index) => `word${index}`);
    for (const word of words) {
      text.append(`${word}\n\n`);
      text.update();
    }
    assert.deepEqual(text.drawings.map(wordsOf), words);
  });

  it('tells what an open block of code gained', () => {
    const text = createMarkdownDocument();
    text.append('```js\na\n');
    text.update();
    text.append('b');
    text.update();
    assert.deepEqual(text.drawings[0], { kind: 'code-block', language: 'js', text: 'a\nb', growth: { from: 1, added: '\nb' } });
  });
});
