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

  it('never loses anything of a continuation that repeats nothing', () => {
    const word = fc.stringMatching(/^[a-m]{1,8} $/);
    const other = fc.stringMatching(/^[n-z]{1,8} $/);
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), fc.array(other, { maxLength: 60 }), fc.integer({ min: 1, max: 9 }), (before, after, size) => {
        assert.equal(joined(before.join(''), after.join(''), size), before.join('') + after.join(''));
      }),
      { numRuns: 500 },
    );
  });
});
