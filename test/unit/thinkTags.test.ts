import assert from 'node:assert/strict';
import { createThinkTags, splitUnopened, suffixThatBegins } from '../../src/core/completions/thinkTags.ts';

interface Told {
  readonly reasoning: string;
  readonly text: string;
  readonly end: 'answered' | 'reasoning';
}

function told(tags: 'both' | 'closing only', pieces: readonly string[]): Told {
  let [reasoning, text] = ['', ''];
  const think = createThinkTags(tags, { reasoning: (words) => (reasoning += words), text: (words) => (text += words) });
  for (const piece of pieces) think.add(piece);
  const end = think.end();
  assert.equal(think.end(), end, 'a second end finds nothing held back');
  return { reasoning, text, end };
}

/** The same wherever the content is cut. */
function check(tags: 'both' | 'closing only', content: string, expected: Told): void {
  const pairs = Array.from(content.slice(1), (_, at) => [content.slice(0, at + 1), content.slice(at + 1)]);
  for (const pieces of [[content], content.split(''), ...pairs]) assert.deepEqual(told(tags, pieces), expected, JSON.stringify(pieces));
}

describe('think tags', () => {
  it('part reasoning from text where the opening one is the first word', () => {
    const rows: readonly (readonly [string, string, string, Told['end']])[] = [
      ['<think>a</think>b', 'a', 'b', 'answered'],
      ['\n <think>a</think>b', '\n a', 'b', 'answered'],
      ['<think>a </thin b</think></think>', 'a </thin b', '</think>', 'answered'],
      ['<think>a</thi', 'a</thi', '', 'reasoning'],
      ['<think>', '', '', 'reasoning'],
      ['a <think>b</think>', '', 'a <think>b</think>', 'answered'],
      [' <thin', '', ' <thin', 'answered'],
      ['<thought>a', '', '<thought>a', 'answered'],
      ['  ', '', '  ', 'answered'],
      ['', '', '', 'answered'],
    ];
    for (const [content, reasoning, text, end] of rows) check('both', content, { reasoning, text, end });
  });

  it('begin in reasoning where the template has written the opening one', () => {
    check('closing only', 'a</think>b', { reasoning: 'a', text: 'b', end: 'answered' });
    check('closing only', 'a</think', { reasoning: 'a</think', text: '', end: 'reasoning' });
  });

  it('may stand behind 256 characters of white space and no more, which are then let go', () => {
    for (const [white, isTag] of [[255, true], [256, true], [257, false], [1000, false]] as const) {
      const space = ' '.repeat(white);
      const expected: Told = isTag ? { reasoning: `${space}a`, text: 'b', end: 'answered' } : { reasoning: '', text: `${space}<think>a</think>b`, end: 'answered' };
      assert.deepEqual(told('both', [`${space}<think>a</think>b`]), expected, `${white} at once`);
      assert.deepEqual(told('both', [space, '<think>a</think>b']), expected, `${white} first`);
    }
    const said: string[] = [];
    const think = createThinkTags('both', { reasoning: (words) => said.push(words), text: (words) => said.push(words) });
    think.add(' '.repeat(256));
    assert.deepEqual(said, []);
    think.add(' ');
    assert.deepEqual(said, [' '.repeat(257)]);
  });

  it('let reasoning go at once but for what may become the closing one, and never say an empty text', () => {
    const said: string[] = [];
    const think = createThinkTags('both', { reasoning: (words) => said.push(`r:${words}`), text: (words) => said.push(`t:${words}`) });
    for (const piece of ['<think>a <', 'b', ' </think>']) think.add(piece);
    assert.equal(said.filter((words) => words !== 'r:').join(), 'r:a ,r:<b,r: ');
    assert.equal(think.end(), 'answered');
    assert.ok(!said.includes('t:'));
  });
});

describe('a closing think tag without an opening one', () => {
  it('parts the text where it has a line of its own outside of code', () => {
    const rows: readonly (readonly [string, string, string])[] = [
      ['a\n</think>\nb', 'a', '\nb'],
      ['a\n</think>\r\nb', 'a', '\r\nb'],
      ['a\n</think>', 'a', ''],
      ['</think>\nb', '', '\nb'],
      ['```\nx\n```\n</think>\nb', '```\nx\n```', '\nb'],
      ['see ``` there\n</think>\nb', 'see ``` there', '\nb'],
    ];
    for (const [text, reasoning, rest] of rows) assert.deepEqual(splitUnopened(text), { reasoning, text: rest }, JSON.stringify(text));
  });

  it('is a word like any other elsewhere', () => {
    for (const text of ['a</think>\nb', 'a\n</think> b', 'a\n </think>\n', '```\n</think>\n```', '   ~~~\n</think>\n', '<think>a\n</think>\nb', '']) assert.equal(splitUnopened(text), undefined, JSON.stringify(text));
  });
});

describe('the end of a text that could be the beginning of a word', () => {
  it('is as long as can be, and never the whole word', () => {
    const rows: readonly (readonly [string, string, number])[] = [['a', 'END', 0], ['aE', 'END', 1], ['aEN', 'END', 2], ['aEND', 'END', 0], ['E', 'END', 1], ['', 'END', 0], ['ab', 'bab', 1], ['bab', 'babab', 3], ['aa', 'aaa', 2], ['aaa', 'aaa', 2], ['a', '', 0]];
    for (const [text, word, length] of rows) assert.equal(suffixThatBegins(text, word), length, `${text} ${word}`);
  });
});
