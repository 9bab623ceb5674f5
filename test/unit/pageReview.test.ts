import assert from 'node:assert/strict';
import type { FileReview, HunkDecision, HunkLine, HunkView, ReviewItem } from '../../src/protocol/reviewItems.ts';
import { changedRange, numberedLines } from '../../webview/text/lineChanges.ts';
import { changeInWords, decisionInWords, hasUnseen, openQuestion, placeInWords, reviewInWords, statusInWords } from '../../webview/text/reviewText.ts';

const kinds = { ' ': 'same', '+': 'added', '-': 'removed' } as const;
const hunk = (lines: readonly string[], parts: Partial<HunkView> = {}): HunkView => ({
  oldStart: 10,
  newStart: 12,
  lines: lines.map((line): HunkLine => ({ kind: kinds[line[0] as ' '], text: line.slice(1) })),
  moreLines: 0,
  decision: 'open',
  ...parts,
});
const file = (decisions: readonly HunkDecision[], parts: Partial<FileReview> = {}): FileReview => ({
  change: 'edit', path: 'src/a.ts', to: undefined, reasons: [], added: 1, removed: 1, decision: 'open', moreHunks: 0, hunks: decisions.map((decision) => hunk(['+a'], { decision })), ...parts,
});
const review = (files: readonly FileReview[], parts: Partial<ReviewItem> = {}): ReviewItem => ({ kind: 'review', id: 'v1', token: 'k', status: 'open', files, moreFiles: 0, note: undefined, ...parts });

/** The part of each line that is marked as changed. */
const marked = (lines: readonly string[]): readonly (string | undefined)[] => numberedLines(hunk(lines)).map(({ text, changed }) => changed && text.slice(...changed));

const done = (files: readonly FileReview[], parts: Partial<ReviewItem> = {}): string => statusInWords(review(files, { status: 'done', ...parts }));

function withLine(text: string, moreCharacters?: number): ReviewItem {
  const line: HunkLine = { kind: 'added', text, ...(moreCharacters === undefined ? {} : { moreCharacters }) };
  return review([file(['open'], { hunks: [{ ...hunk([]), lines: [line] }] })]);
}

describe('the lines of a hunk', () => {
  it('have the numbers of both texts', () => {
    assert.deepEqual(numberedLines(hunk([' a', '-b', '-c', '+d', ' e'])).map((line) => [line.old, line.new]), [[10, 12], [11, undefined], [12, undefined], [undefined, 13], [13, 14]]);
  });

  it('are named by the first and last that change, of the new text where it has any', () => {
    assert.deepEqual(changedRange(hunk([' a', '-b', '+c', '+d', ' e'])), [13, 14]);
    assert.deepEqual(changedRange(hunk([' a', '-b', '-c', ' d'])), [11, 12]);
    assert.equal(placeInWords(hunk([' a', '+b', '+c'])), 'lines 13 to 14');
    assert.equal(placeInWords(hunk([' a', '+b'])), 'line 13');
    assert.equal(placeInWords(hunk([' a', '+b'], { moreLines: 5 })), 'lines from 13 on');
  });

  it('are marked where a line differs from the one it replaces', () => {
    assert.deepEqual(marked(['-let total = 0;', '+let sum = 0;']), ['total', 'sum']);
    assert.deepEqual(marked(['-call(a);', '+call(a, b);']), ['', ', b']);
    assert.deepEqual(marked(['-value ', '+value']), [' ', '']);
  });

  it('are not marked where nothing says which replaces which, or they have little in common', () => {
    assert.deepEqual(marked(['-let a = 0;', '-let b = 0;', '+let c = 0;']), [undefined, undefined, undefined]);
    assert.deepEqual(marked(['-return total;', '+throw new Error();']), [undefined, undefined]);
  });

  it('are never marked through the middle of a character', () => {
    assert.deepEqual(marked(['-a long line 😀 here', '+a long line 😁 here']), ['😀', '😁']);
    assert.deepEqual(marked(['-a long line 𐀀 here', '+a long line 𐐀 here']), ['𐀀', '𐐀']);
  });
});

describe('a review in words', () => {
  it('says what would be done, with hidden characters written out', () => {
    assert.equal(changeInWords(file([], { path: 'a\u202Eb' })), String.raw`Edit a\u{202E}b`);
    assert.equal(changeInWords(file([], { change: 'move', to: 'b.ts' })), 'Move src/a.ts to b.ts');
    assert.equal(reviewInWords(review([file(['open'])])), 'Edit src/a.ts');
    assert.equal(reviewInWords(review([file(['open'])], { moreFiles: 2 })), 'Changes to 3 files');
  });

  it('leaves something out where files, hunks, lines or ends of lines are not drawn', () => {
    assert.equal(hasUnseen(withLine('x'.repeat(4000))), false);
    for (const one of [withLine('x'.repeat(4001)), withLine('x', 1), review([file(['open'])], { moreFiles: 1 }), review([file(['open'], { moreHunks: 1 })]), review([file(['open'], { hunks: [hunk([], { moreLines: 1 })] })])]) assert.equal(hasUnseen(one), true);
  });

  it('says how far it is', () => {
    assert.equal(statusInWords(review([file(['open', 'open'])])), 'Waiting for your decision');
    assert.equal(statusInWords(review([file(['open', 'rejected'])])), '1 of 2 decided');
  });

  it('says what was applied, as far as that is known', () => {
    assert.equal(done([file(['accepted', 'accepted'])]), 'Applied');
    assert.equal(done([file(['rejected'])]), 'Rejected: nothing has changed');
    assert.equal(done([file(['accepted', 'accepted', 'accepted', 'rejected'])]), '3 of 4 hunks applied');
    assert.equal(done([file(['accepted', 'rejected']), file([], { change: 'move', to: 'b', decision: 'accepted' })]), '2 of 3 changes applied');
    assert.equal(done([file(['accepted', 'rejected'], { moreHunks: 1 })]), 'Partly applied');
    assert.equal(done([file(['accepted', 'rejected'])], { moreFiles: 1 }), 'Partly applied');
  });

  it('says nothing of a file before all of it is decided', () => {
    assert.equal(decisionInWords(['accepted', 'open']), undefined);
    assert.equal(decisionInWords(['accepted', 'rejected']), '1 of 2 accepted');
    assert.equal(decisionInWords(['rejected', 'rejected']), 'Rejected');
  });
});

describe('the question that everything waits for', () => {
  const turn = { id: 't1', question: { text: '', attachments: [] }, usage: undefined };
  const open = review([file(['open'])]);

  it('is the open one of the running turn', () => {
    assert.equal(openQuestion([{ ...turn, outcome: 'running', items: [review([], { id: 'v0', status: 'later' }), open] }]), open);
  });

  it('is none of a turn that has ended, and none that is put off or answered', () => {
    assert.equal(openQuestion([{ ...turn, outcome: 'stopped', items: [open] }]), undefined);
    assert.equal(openQuestion([{ ...turn, outcome: 'running', items: [{ ...open, status: 'later' }, { ...open, status: 'applying' }] }]), undefined);
    assert.equal(openQuestion([]), undefined);
  });
});
