import assert from 'node:assert/strict';
import { assert as hold, integer, property, string } from 'fast-check';
import { showHidden } from '../../src/protocol/hiddenCharacters.ts';
import { beginningOf, cutAt } from '../../src/core/tools/cutAt.ts';

describe('A text that is cut', () => {
  it('is whole where it fits, its hidden characters written out', () => {
    assert.equal(cutAt('abc', 3), 'abc');
    assert.equal(cutAt('a\u200B', 9), 'a\\u{200B}');
  });

  it('says how long it was, though it is too long only as it is written out', () => {
    assert.equal(cutAt('abcd', 3), 'abc [cut: 4 characters]');
    assert.equal(cutAt('a\u200B', 8), 'a [cut: 2 characters]');
    assert.equal(cutAt('a\u200Bb\u200B', 10, 'line cut'), 'a\\u{200B}b [line cut: 4 characters]');
  });

  it('is cut through no character, written out or not, and is never longer than it may be', () => {
    hold(
      property(string({ unit: 'binary', minLength: 1 }), integer({ min: 1, max: 60 }), (text, characters) => {
        const cut = cutAt(text, characters).replace(/ \[cut: \d+ characters\]$/, '');
        assert.ok(cut.length <= characters);
        assert.ok(cut.isWellFormed());
        assert.ok(showHidden(text).startsWith(cut));
      }),
    );
    for (let characters = 1; characters < 9; characters += 1) assert.equal(beginningOf('a\\u{E0041}', characters), 'a');
    assert.equal(beginningOf('😀😀', 3), '😀');
  });
});
