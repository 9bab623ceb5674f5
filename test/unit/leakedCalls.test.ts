import assert from 'node:assert/strict';
import { createLeakedCalls } from '../../src/core/completions/leakedCalls.ts';

type Said = readonly (readonly ['text' | 'leaked', string])[];

/** What comes out of these pieces, each time the sink is called. */
function calls(pieces: readonly string[]): Said {
  const said: ['text' | 'leaked', string][] = [];
  const leaks = createLeakedCalls({ text: (text) => said.push(['text', text]), leaked: (text) => said.push(['leaked', text]) });
  for (const piece of pieces) leaks.add(piece);
  leaks.end();
  return said;
}

/** The same with neighbours of one kind joined. */
function joined(pieces: readonly string[]): Said {
  const whole: ['text' | 'leaked', string][] = [];
  for (const [kind, text] of calls(pieces)) {
    const last = whole.at(-1);
    if (last?.[0] === kind) last[1] += text;
    else whole.push([kind, text]);
  }
  return whole;
}

/** The text whole, in single characters, and cut in two at each place. */
function cuts(text: string): readonly (readonly string[])[] {
  return [[text], text.split(''), ...Array.from(text.slice(1), (_, at) => [text.slice(0, at + 1), text.slice(at + 1)])];
}

function check(text: string, expected: Said): void {
  for (const pieces of cuts(text)) assert.deepEqual(joined(pieces), expected, JSON.stringify(pieces));
}

const call = '<tool_call>{"name":"f"}</tool_call>';

/** A call behind this start of an answer is markup of the model's that went astray. */
function leaksBehind(...starts: readonly string[]): void {
  for (const start of starts) check(`${start}${call}.`, [['text', start], ['leaked', call], ['text', '.']]);
}

/** A call behind this start of an answer is shown as an example. */
function isCodeBehind(...starts: readonly string[]): void {
  for (const start of starts) check(`${start}${call}.`, [['text', `${start}${call}.`]]);
}

describe('leaked calls', () => {
  it('are told from the text around them wherever the answer is cut', () => {
    check(`a < b${call} and ${call}${call}[1]`, [['text', 'a < b'], ['leaked', call], ['text', ' and '], ['leaked', call + call], ['text', '[1]']]);
    check('[TOOL_CALLS][{"name":"f","arguments":{"x":"]}\\""}}] so', [['leaked', '[TOOL_CALLS][{"name":"f","arguments":{"x":"]}\\""}}]'], ['text', ' so']]);
  });

  it('are leaked to the end of the answer when nothing closes them', () => {
    for (const end of ['', '<', '</tool', '</tool_call']) check(`a <tool_call>{"x":1}${end}`, [['text', 'a '], ['leaked', `<tool_call>{"x":1}${end}`]]);
  });

  it('are text when the answer ends before they have become calls', () => {
    for (const text of ['a <tool', 'a <tool_call>', 'a [TOOL_CALLS]']) check(text, [['text', text]]);
  });

  it('are never said as empty pieces', () => {
    for (const pieces of [...cuts(`${call}${call}a`), ['<tool_call>{', '</', 'tool_call>', 'b'], ['a', '<tool', '_call>{}', '<']]) {
      for (const [kind, text] of calls(pieces)) assert.notEqual(text, '', `${kind} of ${JSON.stringify(pieces)}`);
    }
  });

  it('say nothing twice: a second end finds nothing held back', () => {
    const said: string[] = [];
    const leaks = createLeakedCalls({ text: (text) => said.push(text), leaked: () => undefined });
    leaks.add('a <tool');
    leaks.end();
    leaks.end();
    assert.equal(said.join(''), 'a <tool');
  });

  it('let words go at once that cannot become a call', () => {
    const said: string[] = [];
    const leaks = createLeakedCalls({ text: (text) => said.push(text), leaked: () => undefined });
    for (const words of ['a', ' <b> ', '`c']) leaks.add(words);
    assert.deepEqual(said, ['a', ' <b> ', '`c']);
  });
});

describe('markup of calls in code', () => {
  it('is shown inside a fenced block, from the first line on, behind words, and indented', () => {
    isCodeBehind('```\n', '```xml\n\n', '~~~\n', 'So:\n```\n\n', 'So:\n  ```\n\n', '  ```\n\n', '\t```\n\n', '\r\n```\n\n', '\r```\n\n', ' \t ```\n\n', '`````\n\n');
  });

  it('is shown until a line begins with as many of the same marks', () => {
    isCodeBehind('```\nx ```\n', '```\n~~~\n', '~~~\n```\n', '````\n```\n', '```\n``\n', '```\nx\n```` `\n~~~\n```\n');
    leaksBehind('```\nx\n```\n', '```\nx\n  ```\n', '```\n````\n', '~~~\nx\n~~~\n', '~~~~\n~~~~~\n');
  });

  it('is shown in a code span until as many backticks come again', () => {
    isCodeBehind('`', 'a `b ', '``a ` ', '`a `` ', '`a ~ ', '`a\nb ', '`a\n  ', 'a ```b `` ');
    leaksBehind('`a` ', '``a ` b`` ', '`` ` `` ', 'a ```b``` ', '~ ', 'a ~~~ ', '~~\n', '`a` `b` ');
  });

  it('has leaked behind a row of other characters, however long', () => {
    leaksBehind('aaa ', '---\n', '\n\n\n', '***a\n');
  });

  it('has leaked where the span is not closed before the paragraph ends', () => {
    leaksBehind('`a\n\n', '`a\n  \n', '`a\n\t\n', '`a\r\n\r\n', '``\nx\n\n');
  });

  it('stands in a span and not in a block where the backticks are not the first of their line', () => {
    leaksBehind('a ```\n\n', 'a\t```\n\n', 'ab```\n\n', 'a\r```\n\n', 'a\nb```\n\n', 'a\n b ```\n\n', 'a  ```\n\n');
  });

  it('is found in the same way when the words come in pieces without any marks', () => {
    const blocks = [['a\n', '```\n\n'], ['  ', '```\n\n'], ['a\n  ', '```\n\n'], ['ab\n', ' ', '```\n\n'], ['```\n', 'x', '\n', 'y ', '``` ']];
    for (const pieces of blocks) assert.deepEqual(joined([...pieces, call]), [['text', pieces.join('') + call]], JSON.stringify(pieces));
    const spans = [['a', '```\n\n'], ['a', '  ', '```\n\n'], ['a\nb', '```\n\n'], ['`', 'a', '` '], ['`a', 'b\n\n'], ['a', ' ', '```', 'b\n', '\n'], ['\n', 'a', '```\n\n']];
    for (const pieces of spans) assert.deepEqual(joined([...pieces, call]), [['text', pieces.join('')], ['leaked', call]], JSON.stringify(pieces));
  });
});
