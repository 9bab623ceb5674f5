import assert from 'node:assert/strict';
import { noIgnoreRules, type IgnoreRules } from '../../src/host/search/ignoreRules.ts';
import type { Tree } from '../../src/host/search/tree.ts';

/** The rules of one ignore file at the root. */
async function rulesOf(text: string): Promise<IgnoreRules> {
  const tree = { facts: async () => ({ size: text.length, modified: 0 }), text: async () => text } as unknown as Tree;
  return noIgnoreRules(tree, '/w').within('', [{ name: '.gitignore', type: 'file', isLink: false }]);
}

describe('the rules of an ignore file', () => {
  it('are those of git', async () => {
    const rules = await rulesOf('dist/\n*.log\n!keep.log\n/top\n**/deep/**/x\n');
    assert.deepEqual(['dist', 'a/dist'].map((path) => rules.ignores(path, 'directory')), [true, true]);
    assert.deepEqual(['a.log', 'b/a.log', 'keep.log', 'top', 'a/top', 'a/deep/b/c/x'].map((path) => rules.ignores(path, 'file')), [true, true, false, true, false, true]);
  });

  // Before it was held back, this blocked for hours.
  it('end however deep the path and however many stars a line has (B28)', async () => {
    const rules = await rulesOf(`${'a/**/'.repeat(20)}b\n${'*a'.repeat(40)}b\n*.log\n`);
    const deep = 'a/'.repeat(400);
    assert.equal(rules.ignores(`${deep}c`, 'file'), false);
    assert.equal(rules.ignores(`${'a'.repeat(200)}c`, 'file'), false);
    assert.equal(rules.ignores(`${deep}c.log`, 'file'), true, 'the other lines hold');
  });
});
