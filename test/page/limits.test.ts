import assert from 'node:assert/strict';
import { createMarkdownDocument } from '../../webview/markdown/document.ts';
import type { Drawing } from '../../webview/markdown/drawing.ts';

const size = 200_000;
const filled = (text: string): string => text.repeat(Math.ceil(size / text.length)).slice(0, size);

const texts: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['[', '*', '*a ', '*a*', '**a ', '_a ', '`', '` a', '<', '<a ', '<?', '<!--', '<!A', '(', '[a](', '[a](<b', '![', '[a][', ']', '|',
      '|||||\n', '[\n', '[a]: u\n', '>', '> a\n', '- ', '- a\n', '1. a\n', '# a\n', '~~~\n', '&', '&amp;', '\\', 'a', 'a ', 'a\n',
      'www.a.b ', 'http://a.b/', 'a@b.c ', 'a.a.a@', '****a', '*_', '**“重”**的', ' ', '\t', '\n', '<div>\n\n', '~~a', 'a  \n', '\u0000',
    ].map((piece) => [JSON.stringify(piece), filled(piece)]),
  ),
  'a long table': `|a|b|\n|-|-|\n${filled('|a|b|\n')}`,
  'a wide table': `${filled('|a')}\n${filled('|-')}`,
  'a table that could be a definition': `[ |a\n-|-\n${filled('[ |b\n')}`,
  'runs of backticks, each longer': Array.from({ length: 600 }, (_, index) => '`'.repeat(index)).join(' '),
  'lists in lists': Array.from({ length: 600 }, (_, index) => `${' '.repeat(index)}- a`).join('\n'),
  'deep quotations': `${'>'.repeat(1000)}a\n`.repeat(200),
  'code in a list': `- \`\`\`\n${filled('  a\n')}`,
};

function parseTime(text: string): number {
  const before = process.cpuUsage().user;
  const made = createMarkdownDocument();
  made.append(text);
  made.update();
  return process.cpuUsage().user - before;
}

function depthOf(drawing: Drawing): number {
  if (typeof drawing === 'string' || !('children' in drawing)) return 0;
  return 1 + Math.max(0, ...drawing.children.map(depthOf));
}

describe('Markdown parser, whatever it is given', () => {
  // An honest text of the same size, with a heading, emphasis, a link and a list in each paragraph.
  const honest = '## Title\n\nSome **bold** and *soft* words with `code` and [a link](http://a.b).\n\n- one\n- two\n\n';
  const yardstick = (): number => Math.max(parseTime(filled(honest)), parseTime(filled(honest)), 20_000);

  for (const [name, text] of Object.entries(texts)) {
    it(`takes no more than some times what an honest text of that length takes for ${name}`, () => {
      const time = parseTime(text);
      const limit = 20 * yardstick();
      assert.ok(time < limit, `${time} µs, limit ${limit} µs`);
    });
  }

  it('nests no deeper than a page can bear', () => {
    for (const text of [texts['deep quotations'], texts['lists in lists'], '*a **b '.repeat(500) + 'c** d*'.repeat(500), '![a '.repeat(300) + '](b)'.repeat(300)]) {
      const made = createMarkdownDocument();
      made.append(text ?? '');
      made.update();
      assert.ok(Math.max(...made.drawings.map(depthOf)) < 100);
    }
  });
});
