import assert from 'node:assert/strict';
import { judge, judgeAnswer } from '../../bench/support/panel/goals.ts';
import type { Cost } from '../../bench/support/panel/scene.ts';
import { answerStream, codeStream, lastWords, reasoningStream } from '../../bench/support/panel/streams.ts';

describe('What the bench of the panel plays and promises', () => {
  it('plays streams of the length that it says, with the end that says that all is drawn', () => {
    const reasoning = reasoningStream(1000);
    assert.equal(reasoning.chunks.length, 1000);
    const answer = answerStream(64 * 1024).chunks.join('');
    assert.ok(Math.abs(answer.length - 64 * 1024) < 200, String(answer.length));
    assert.match(answer, /\n```typescript\n[^]*\n```\n[^]*\n\|---\|/);
    const code = codeStream(100_000).chunks.join('');
    assert.ok(Math.abs(code.length - 100_000) < 300, String(code.length));
    assert.deepEqual(code.match(/```/g), ['```']);
    for (const stream of [reasoning, answerStream(5000), codeStream(5000)]) assert.ok(stream.chunks.at(-1)?.endsWith(lastWords));
  });

  it('plays the same each time', () => {
    assert.deepEqual(answerStream(20_000), answerStream(20_000));
  });

  it('counts a figure that could not be measured as a goal that was missed', () => {
    assert.equal(judge('a', 50, 50, 'ms').isMet, true);
    assert.equal(judge('a', 51, 50, 'ms').isMet, false);
    assert.equal(judge('a', Number.NaN, 50, 'ms').isMet, false);
  });

  it('holds a page that was stopped to have taken more than it was given', () => {
    const verdicts = judgeAnswer(cost(1000, 1), [{ page: 'rivulet', cost: cost(1000, 1) }, { page: 'marked + DOMPurify', cost: cost(9000, 1) }, { page: 'react-markdown', cost: cost(undefined, 0.3) }]);
    assert.deepEqual(verdicts.map(({ measured, isMet }) => [measured, isMet]), [['9 times', false], ['over 60 times', true]]);
  });
});

function cost(tasks: number | undefined, drawn: number): Cost {
  const mainThread = tasks === undefined ? undefined : { tasks, scripts: 0, layouts: 0, styles: 0 };
  return { drawn, took: 60_000, mainThread, longestTask: 0, heap: undefined, largestPush: 0 };
}
