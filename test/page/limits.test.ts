import assert from 'node:assert/strict';
import { createMarkdownDocument } from '../../webview/markdown/document.ts';
import type { Drawing } from '../../webview/markdown/drawing.ts';
import { hostileTexts } from './support/hostileTexts.ts';

function depthOf(drawing: Drawing): number {
  if (typeof drawing === 'string' || !('children' in drawing)) return 0;
  return 1 + Math.max(0, ...drawing.children.map(depthOf));
}

function drawingsOf(text: string): readonly Drawing[] {
  const made = createMarkdownDocument();
  made.append(text);
  made.update();
  return made.drawings;
}

// How long each takes is for `npm run bench:markdown`: a slow machine is no failure.
describe('Markdown parser, whatever it is given', () => {
  const texts = { ...hostileTexts, marked: '*a **b '.repeat(500) + 'c** d*'.repeat(500), pictures: '![a '.repeat(300) + '](b)'.repeat(300) };
  for (const [name, text] of Object.entries(texts)) {
    it(`comes to an end, and nests no deeper than a page can bear, for ${name} (B28)`, () => {
      assert.ok(Math.max(0, ...drawingsOf(text).map(depthOf)) < 100);
    });
  }
});
