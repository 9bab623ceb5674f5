import assert from 'node:assert/strict';
import { promptText } from '../../src/host/promptText.ts';

describe('what was drawn with @vscode/prompt-tsx', () => {
  it('is read as its texts in their order, each on a line of its own where it says so', () => {
    const drawn = { node: { type: 1, children: [{ type: 2, text: 'One.' }, { type: 1, children: [{ type: 2, text: 'Two.', lineBreakBefore: true }, { type: 2, text: ' Three.', lineBreakBefore: false }] }] } };
    assert.equal(promptText(drawn), 'One.\nTwo. Three.');
  });

  it('is nothing where it is something else, or lies too deep', () => {
    for (const other of [undefined, null, 7, 'text', {}, { text: 7 }, { children: 'text' }, { node: [] }]) assert.equal(promptText(other), '');
    const deep = Array.from({ length: 100_000 }).reduce<object>((within) => ({ text: '.', children: [within] }), {});
    assert.match(promptText(deep), /^\.{50,200}$/);
  });
});
