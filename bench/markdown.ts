// `npm run bench:markdown`: what hostile texts cost the Markdown parser beside an honest text of the same size, in one run.
// Prints a table of ratios and writes out/bench/markdown.json.
import { mkdir, writeFile } from 'node:fs/promises';
import { filled, hostileTexts } from '../test/page/support/hostileTexts.ts';
import { createMarkdownDocument } from '../webview/markdown/document.ts';

function parseTime(text: string): number {
  const before = process.cpuUsage().user;
  const made = createMarkdownDocument();
  made.append(text);
  made.update();
  return (process.cpuUsage().user - before) / 1000;
}

const honest = filled('## Title\n\nSome **bold** and *soft* words with `code` and [a link](http://a.b).\n\n- one\n- two\n\n');
const yardstick = Math.max(parseTime(honest), parseTime(honest));
const rows = Object.entries(hostileTexts).map(([name, text]) => {
  const milliseconds = parseTime(text);
  return { name, characters: text.length, milliseconds: Math.round(milliseconds), ratio: Number((milliseconds / yardstick).toFixed(2)) };
});
rows.sort((one, other) => other.ratio - one.ratio);
console.table(rows);
console.log(`Honest text: ${Math.round(yardstick)} ms. Worst ratio: ${rows[0]?.ratio ?? 0}`);
await mkdir('out/bench', { recursive: true });
await writeFile('out/bench/markdown.json', JSON.stringify({ yardstick, rows }, undefined, 2));
