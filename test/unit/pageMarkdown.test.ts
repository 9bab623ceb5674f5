import assert from 'node:assert/strict';
import { array, assert as assertProperty, constantFrom, nat, property } from 'fast-check';
import { createMarkdownDocument } from '../../webview/markdown/document.ts';
import { wordsOf, type Drawing } from '../../webview/markdown/drawing.ts';

/** A compact way to write down what a text looks like: `p(a em(b))`. */
function shape(drawing: Drawing): string {
  if (typeof drawing === 'string') return drawing;
  switch (drawing.kind) {
    case 'code':
      return drawing.target === undefined ? `code(${drawing.text})` : `code[${drawing.target}](${drawing.text})`;
    case 'code-block':
      return `block[${drawing.language}${drawing.path === undefined ? '' : ` ${drawing.path}`}](${drawing.text})`;
    case 'formula':
      return `${drawing.isDisplay ? 'display' : 'formula'}(${drawing.source})`;
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
  ['a formula in dollars', 'a $x_1 * y_1$ b', 'p(a formula(x_1 * y_1) b)'],
  ['a formula in round brackets', String.raw`a \(x_1 * y\) b`, 'p(a formula(x_1 * y) b)'],
  ['a formula next to Han characters', '设$x$为', 'p(设formula(x)为)'],
  ['a formula of several lines', 'a\n\n$$\na_1\n- b\n= c\n$$\n\nb', 'p(a)\ndisplay(a_1\n- b\n= c)\np(b)'],
  ['a formula in square brackets that ends a paragraph', 'a:\n\\[\nx^2\n\\]\nb', 'p(a:)\ndisplay(x^2)\np(b)'],
  ['a formula on a line of its own', '$$x^2$$\nb', 'display(x^2)\np(b)'],
  ['a formula that begins where its mark stands', '$$a = b\n+ c$$', 'display(a = b\n+ c)'],
  ['a displayed formula within a line', 'a $$x^2$$ b', 'p(a display(x^2) b)'],
  ['a formula in a quotation', '> $$\n> x\n> $$', 'blockquote(display(x))'],
  ['a formula in a list', '- a\n  $$\n  x\n  $$\n- b', 'ul(li(p(a)display(x))li(p(b)))'],
  ['a formula with escaped dollars', String.raw`$5 = \$5$`, String.raw`p(formula(5 = \$5))`],
  ['money as text', 'from $5 to $10, or $5-$10, US$5 and 10$', 'p(from $5 to $10, or $5-$10, US$5 and 10$)'],
  ['shell variables as text', 'set $HOME/$USER, then kill $$ and echo $$', 'p(set $HOME/$USER, then kill $$ and echo $$)'],
  ['no formula within code', '`$x$`\n\n```\n$$\nx\n$$\n```', 'p(code($x$))\nblock[](\n$$\nx\n$$)'.replace('(\n', '(')],
  ['an unfinished formula as text', 'a $x_1 * *y*\n\n$$\nx', 'p(a $x_1 * em(y))\np($$\nx)'],
  ['an unfinished formula that a blank line ends', '$$ is *the* number\nof it\n\nb', 'p($$ is em(the) number\nof it)\np(b)'],
  ['escaped brackets as text', String.raw`\[1\] and \[x\]`, 'p([1] and [x])'],
  ['escaped dollars as text', String.raw`\$x\$`, 'p($x$)'],
  ['paths in code', '`src/a.ts` `src/a.ts:12-20` `a/b.py#L3` `a.ts:3` `package.json`', 'p(code[src/a.ts](src/a.ts) code[src/a.ts:12-20](src/a.ts:12-20) code[a/b.py#L3](a/b.py#L3) code[a.ts:3](a.ts:3) code[package.json](package.json))'],
  ['symbols in code', '`createChat()` `Chat.send(text)` `a::b()` `ReviewOutcome`', 'p(code[symbol:createChat](createChat()) code[symbol:Chat.send](Chat.send(text)) code[symbol:a.b](a::b()) code[symbol:ReviewOutcome](ReviewOutcome))'],
  ['other code as it is', '`console.log` `a/b` `../x.ts` `max_tokens` `text/html` `1.5` `x y.ts` `Array`', 'p(code(console.log) code(a/b) code(../x.ts) code(max_tokens) code(text/html) code(1.5) code(x y.ts) code(Array))'],
  ['paths in running text', 'in src/a.ts:12, or (lib/b.py).', 'p(in link[src/a.ts:12](src/a.ts:12), or (link[lib/b.py](lib/b.py)).)'],
  ['words with dots and slashes as they are', 'Node.js and/or e.g. v1.2/3 https://x.y/a.ts a.com/b.html', 'p(Node.js and/or e.g. v1.2/3 link[https://x.y/a.ts](https://x.y/a.ts) a.com/b.html)'],
  ['no link within a link', '[src/a.ts and `b/c.ts`](http://x.y)', 'p(link[http://x.y](src/a.ts and code(b/c.ts)))'],
  ['paths that fences name', '```ts src/a.ts\na\n```\n```py title="b c.py"\n```\n```ts:src/d.ts\n```\n```12:20:src/e.rs\n```\n```src/f.go\n```', 'block[ts src/a.ts](a)\nblock[py b c.py]()\nblock[ts src/d.ts]()\nblock[rs src/e.rs]()\nblock[go src/f.go]()'],
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
      '|a|\n|-|\n', '---', '[x]', '[x]: u\n', ']: v', '(http://a.b)', '![', '<b>', '<!--', '-->', '&amp;', '\\', '\r\n', '"t"', '=', '- [ ] ', '$', '$$', '$$\n', '\\[', '\\]\n', '\\(', '\\)', 'a/b.ts',
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
  }).timeout(60_000);

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
    assert.deepEqual(text.drawings[0], { kind: 'code-block', language: 'js', path: undefined, text: 'a\nb', growth: { from: 1, added: '\nb' } });
  });
});
