import assert from 'node:assert/strict';
import { isRival, openBenchPage, pageNames } from '../../bench/support/panel/pages.ts';
import { untilDrawn } from '../../bench/support/panel/scene.ts';
import { answerStream } from '../../bench/support/panel/streams.ts';
import { startBrowser, stopBrowser } from './harness.ts';

describe('The bench of the panel', function () {
  this.timeout(60_000);
  before(startBrowser);
  after(stopBrowser);

  for (const name of pageNames.filter((name) => name === 'rivulet' || isRival(name))) {
    it(`compares with ${name}, which draws every word of the stream`, async () => {
      const stream = answerStream(4000);
      const page = await openBenchPage(name);
      await page.feed.answer(stream, new AbortController().signal);
      assert.ok(await untilDrawn(page, AbortSignal.timeout(20_000)));
      const shown = countWords(await page.ask(textOfNodes));
      const missing = [...countWords(stream.chunks.join(''))].filter(([word, count]) => (shown.get(word) ?? 0) < count);
      assert.deepEqual(missing, []);
      // Drawn, not shown as it was written.
      assert.ok(await page.ask(() => document.querySelector('.transcript-content table td code') !== null));
      await page.feed.leave();
      assert.equal(await page.ask(() => document.querySelectorAll('.transcript-content td').length), 0);
      await page.close();
    });
  }
});

/** Runs in the page: the text, apart where elements are. */
function textOfNodes(): string {
  const walker = document.createTreeWalker(document.querySelector('.transcript-content') ?? document.body, NodeFilter.SHOW_TEXT);
  const texts: string[] = [];
  while (walker.nextNode() !== null) texts.push(walker.currentNode.textContent ?? '');
  return texts.join(' ');
}

/** How often each word occurs, but for those of addresses and of the names of languages. */
function countWords(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const words = text.replaceAll(/```\w+|\(https:[^)]*\)/g, '').match(/[A-Za-z]{3,}/g) ?? [];
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
