import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { createSeam } from '../../src/core/agent/seam.ts';

/** The continuation as it comes out when it comes in pieces of this size. */
function joined(before: string, continuation: string, size: number): string {
  const seam = createSeam(before);
  let after = '';
  for (let at = 0; at < continuation.length; at += size) after += seam.add(continuation.slice(at, at + size));
  return before + after + seam.end();
}

const cases: readonly (readonly [string, string, string, string])[] = [
  ['goes on to the letter', 'The quick bro', 'wn fox', 'The quick brown fox'],
  ['says its last words again', 'The quick bro', 'The quick brown fox', 'The quick brown fox'],
  ['says its last line again', 'One.\nTwo and thr', 'Two and three.', 'One.\nTwo and three.'],
  ['opens the code block again that is still open', '```ts\nconst a = 1;\n', '```ts\nconst b = 2;\n```', '```ts\nconst a = 1;\nconst b = 2;\n```'],
  ['opens the block again and says its last line again', '```ts\nconst a = 1;\nconst b', '```ts\nconst b = 2;\n```', '```ts\nconst a = 1;\nconst b = 2;\n```'],
  ['opens the same block with a language again, whose name a bare fence does not have', '~~~python\nx = 1\n', '~~~python\ny = 2\n~~~', '~~~python\nx = 1\ny = 2\n~~~'],
  ['opens another block within the one that is open', '````md\nSee:\n', '```js\na();\n```\n````', '````md\nSee:\n```js\na();\n```\n````'],
  ['goes on with a row of the same', '[0, 0, 0, 0, 0, 0, ', '0, 0, 0, 1]', '[0, 0, 0, 0, 0, 0, 0, 0, 0, 1]'],
  ['goes on with a row of the same words', 'tick tock tick tock ', 'tick tock boom', 'tick tock tick tock tick tock boom'],
  ['goes on with the rule of a table', '| a | b | c |\n| --- | ', '--- | --- |', '| a | b | c |\n| --- | --- | --- |'],
  ['begins with the white space that the text ends in', 'if (a) {\n        ', '        return 1;', 'if (a) {\n                return 1;'],
  ['opens a code block where none is open', 'Look:\n\n', '```ts\nconst a = 1;\n```', 'Look:\n\n```ts\nconst a = 1;\n```'],
  ['closes the block that is open', '```ts\nconst a = 1;', '\n```\nDone.', '```ts\nconst a = 1;\n```\nDone.'],
  ['begins with a short word that the text ends in too', 'no, no, no', 'no', 'no, no, nono'],
  ['is Chinese and says its last words again', '潮汐由月球的引力引起，每天', '月球的引力引起，每天两次。', '潮汐由月球的引力引起，每天两次。'],
  ['is nothing but what was there', 'The very same words', 'The very same words', 'The very same words'],
];

describe('the seam of a continuation', () => {
  for (const [name, before, continuation, whole] of cases) {
    it(`does not show when it ${name}, in whichever pieces it comes`, () => {
      for (const size of [1, 2, 3, 7, 1000]) assert.equal(joined(before, continuation, size), whole, `pieces of ${size}`);
    });
  }

  const part = fc.constantFrom('a', 'be', 'c', ' ', '\n', '|', '---', '0, ', 'const b', 'The tide comes in. ', '月球的引力');
  const text = fc.array(part, { maxLength: 14 }).map((parts) => parts.join(''));

  it('drops nothing but a beginning that the text ends in, with six letters or more, whatever the pieces', () => {
    let dropped = 0;
    fc.assert(
      fc.property(text, text, fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 9 }), (before, after, again, size) => {
        // The continuation often says some of the end again.
        const continuation = before.slice(before.length - Math.min(again, before.length)) + after;
        const whole = joined(before, continuation, size);
        assert.equal(whole, joined(before, continuation, 1000));
        const length = before.length + continuation.length - whole.length;
        assert.ok(length >= 0);
        assert.equal(whole, before + continuation.slice(length));
        if (length === 0) return;
        dropped += 1;
        const words = continuation.slice(0, length);
        assert.ok(before.endsWith(words));
        const letters = words.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
        const han = words.match(/\p{Script=Han}/gu)?.length ?? 0;
        assert.ok(letters + han >= 6, JSON.stringify(words));
      }),
      { numRuns: 3000 },
    );
    assert.ok(dropped > 100, `only ${dropped} continuations repeated anything`);
  });
});
