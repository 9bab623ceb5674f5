import assert from 'node:assert/strict';
import { array, assert as holds, option, property, record, stringMatching } from 'fast-check';
import { applyTextEdits } from '../../src/core/editor/applyTextEdits.ts';
import { on } from './support/fakeLanguages.ts';

describe('Text edits of a language server', () => {
  it('are all made on the text before them, in whatever order they come', () => {
    const edits = [
      { range: on(3, 1, 4), text: 'THREE' },
      { range: on(1, 1, 4), text: '1' },
    ];
    assert.equal(applyTextEdits('one\ntwo\nthree', edits), '1\ntwo\nTHREEee');
    assert.equal(applyTextEdits('one\ntwo\nthree', edits.toReversed()), '1\ntwo\nTHREEee');
  });

  it('keep the order of insertions at one place, and put them before what is replaced there', () => {
    const edits = [
      { range: on(1, 2, 3), text: 'X' },
      { range: on(1, 2, 2), text: '1' },
      { range: on(1, 2, 2), text: '2' },
    ];
    assert.equal(applyTextEdits('abc', edits), 'a12Xc');
  });

  it('reach over line ends, and to the line behind the last', () => {
    assert.equal(applyTextEdits('a\nb\nc', [{ range: { start: { line: 1, column: 2 }, end: { line: 3, column: 1 } }, text: '-' }]), 'a-c');
    assert.equal(applyTextEdits('a\nb', [{ range: { start: { line: 1, column: 1 }, end: { line: 3, column: 1 } }, text: 'new' }]), 'new');
  });

  it('take a column behind the end of its line for that end', () => {
    assert.equal(applyTextEdits('ab\ncd', [{ range: on(1, 2, 99), text: '!' }]), 'a!\ncd');
  });

  it('count columns in UTF-16 code units', () => {
    assert.equal(applyTextEdits('😀total', [{ range: on(1, 3, 8), text: 'sum' }]), '😀sum');
  });

  it('are refused when they overlap, run backwards or lie outside the text', () => {
    assert.equal(applyTextEdits('abcdef', [{ range: on(1, 1, 4), text: '' }, { range: on(1, 3, 5), text: '' }]), undefined);
    assert.equal(applyTextEdits('abc', [{ range: on(1, 3, 2), text: '' }]), undefined);
    assert.equal(applyTextEdits('abc', [{ range: on(3, 1, 1), text: '' }]), undefined);
    assert.equal(applyTextEdits('abc', [{ range: on(0, 1, 1), text: '' }]), undefined);
    assert.equal(applyTextEdits('abc', [{ range: on(1, 0, 1), text: '' }]), undefined);
  });

  it('give the text that was cut into pieces and had some of them replaced', () => {
    const piece = record({ old: stringMatching(/^[a-c\n]{0,4}$/), next: option(stringMatching(/^[x-z\n]{0,3}$/), { nil: undefined }) });
    holds(
      property(array(piece, { maxLength: 12 }), (pieces) => {
        const before = pieces.map(({ old }) => old).join('');
        const expected = pieces.map(({ old, next }) => next ?? old).join('');
        let offset = 0;
        const edits = pieces.flatMap(({ old, next }) => {
          const start = place(before, offset);
          offset += old.length;
          return next === undefined ? [] : [{ range: { start, end: place(before, offset) }, text: next }];
        });
        assert.equal(applyTextEdits(before, edits), expected);
      }),
      { numRuns: 500 },
    );
  });
});

function place(text: string, offset: number): { readonly line: number; readonly column: number } {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}
