const size = 200_000;
/** The piece again and again, 200,000 characters in all. */
export const filled = (text: string): string => text.repeat(Math.ceil(size / text.length)).slice(0, size);

/** Texts made to cost a parser more than their length. */
export const hostileTexts: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['[', '*', '*a ', '*a*', '**a ', '_a ', '`', '` a', '<', '<a ', '<?', '<!--', '<!A', '(', '[a](', '[a](<b', '![', '[a][', ']', '|',
      '|||||\n', '[\n', '[a]: u\n', '>', '> a\n', '- ', '- a\n', '1. a\n', '# a\n', '~~~\n', '&', '&amp;', '\\', 'a', 'a ', 'a\n',
      'www.a.b ', 'http://a.b/', 'a@b.c ', 'a.a.a@', '****a', '*_', '**“重”**的', ' ', '\t', '\n', '<div>\n\n', '~~a', 'a  \n', '\u0000',
      '$', '$a', '$a ', '$$', '$$a ', '$$\na\n', '$$\n\n', '\\(', '\\( ', '\\[', '\\[\n', '\\]', '\\(a\\)', '$a$ ', '\\$', 'a/', 'a/b.ts ', 'a.ts:1 ', 'a.b', '`a/b.ts` ', '`a()` ',
    ].map((piece) => [JSON.stringify(piece), filled(piece)]),
  ),
  'a long table': `|a|b|\n|-|-|\n${filled('|a|b|\n')}`,
  'a wide table': `${filled('|a')}\n${filled('|-')}`,
  'a table that could be a definition': `[ |a\n-|-\n${filled('[ |b\n')}`,
  'runs of backticks, each longer': Array.from({ length: 600 }, (_, index) => '`'.repeat(index)).join(' '),
  'lists in lists': Array.from({ length: 600 }, (_, index) => `${' '.repeat(index)}- a`).join('\n'),
  'deep quotations': `${'>'.repeat(1000)}a\n`.repeat(200),
  'code in a list': `- \`\`\`\n${filled('  a\n')}`,
  'a formula without an end': `$$\n${filled('a + b\n')}`,
  'a long formula': `$${filled('a + b ')}$`,
  'a long path': filled('a/b.').replace(/ /g, ''),
  'a run of blanks in a paragraph': `a${' '.repeat(100_000)}b`,
  'code with blanks around it': `\` ${'a'.repeat(120_000)}\``,
};
