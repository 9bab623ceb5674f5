import assert from 'node:assert/strict';
import { meaningOf, noComposition, type KeyPress } from '../../webview/enterKey.ts';
import { setStrings, t, tr } from '../../webview/strings.ts';
import { hasHidden, visibleRuns, visibleText } from '../../webview/text/hiddenCharacters.ts';
import { bareTarget, canOpen } from '../../webview/text/links.ts';
import { createSentenceReader } from '../../webview/text/sentences.ts';

const press = (parts: Partial<KeyPress>): KeyPress => ({
  key: 'Enter',
  keyCode: 13,
  isComposing: false,
  shiftKey: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  timeStamp: 1000,
  ...parts,
});

describe('Enter in the composer', () => {
  it('sends', () => assert.equal(meaningOf(press({}), noComposition), 'send'));
  for (const key of ['shiftKey', 'ctrlKey', 'altKey', 'metaKey'] as const) {
    it(`does not send with ${key}`, () => assert.equal(meaningOf(press({ [key]: true }), noComposition), 'leave'));
  }
  it('belongs to the input method while it composes', () => {
    assert.equal(meaningOf(press({ isComposing: true }), noComposition), 'leave');
    assert.equal(meaningOf(press({ keyCode: 229 }), noComposition), 'leave');
    assert.equal(meaningOf(press({}), { active: true, endedAt: undefined }), 'leave');
  });
  it('belongs to the input method right after a composition, and to the person later', () => {
    assert.equal(meaningOf(press({ timeStamp: 1020 }), { active: false, endedAt: 1000 }), 'leave');
    assert.equal(meaningOf(press({ timeStamp: 1300 }), { active: false, endedAt: 1000 }), 'send');
    assert.equal(meaningOf(press({ timeStamp: 1020 }), { active: false, endedAt: undefined }), 'send');
  });
  it('leaves Escape to the input method too, which closes its candidates with it', () => {
    assert.equal(meaningOf(press({ key: 'Escape', keyCode: 27 }), noComposition), 'stop');
    assert.equal(meaningOf(press({ key: 'Escape', keyCode: 27, isComposing: true }), noComposition), 'leave');
  });
});

describe('Links', () => {
  const good = ['https://a.b', 'HTTP://a.b/c', 'mailto:a@b.c', 'src/a.ts', 'src/a.ts:3:4', 'a.ts:3', 'a b/c.md', 'README.md#part', '目录/文件.ts'];
  const bad = ['', 'javascript:alert(1)', 'command:x', 'vscode:12', 'javascript:1', 'file:///a', 'data:,x', '//a.b', '\\\\a\\b', '/etc/passwd', '../a', 'a/../../b', '#a', '?a', 'C:\\a', 'https://', 'https:///a', 'https://@a.b', 'java\tscript:x', 'a\u202Eb', 'mailto:a', 'x'.repeat(5000)];
  for (const target of good) it(`offers ${target}`, () => assert.equal(canOpen(target), true));
  for (const target of bad) it(`does not offer ${JSON.stringify(target.slice(0, 30))}`, () => assert.equal(canOpen(target), false));
  it('completes what stands bare in a text', () => {
    assert.deepEqual(['www.a.b', 'a@b.c', 'https://a.b'].map(bareTarget), ['https://www.a.b', 'mailto:a@b.c', 'https://a.b']);
  });
});

describe('Hidden characters', () => {
  it('are written out, and nothing else', () => {
    assert.equal(visibleText('a\u202Eb\u200Bc\u{E0041}d\u0000\u2066'), String.raw`a\u{202E}b\u{200B}c\u{E0041}d\u{0000}\u{2066}`);
    const harmless = 'Aä中文\t\n\r🙂❤️ – “x” \u00A0';
    assert.equal(visibleText(harmless), harmless);
  });
  it('part a text into runs, also when it was asked about before', () => {
    assert.equal(hasHidden('abc\u202E'), true);
    assert.deepEqual(visibleRuns('a\u202Eb'), [
      { kind: 'plain', text: 'a' },
      { kind: 'hidden', escaped: String.raw`\u{202E}` },
      { kind: 'plain', text: 'b' },
    ]);
  });
});

function read(...pieces: readonly string[]): string[] {
  const reader = createSentenceReader('Code.');
  return [...pieces.flatMap((piece) => reader.add(piece)), ...reader.end()];
}

describe('Sentences for a screen reader', () => {
  it('come whole, without Markdown', () => {
    assert.deepEqual(read('## Ti', 'tle\nThe **fir', 'st** one. See `a.ts` or [b](http://c.d). Ver', 'sion 1.5 is', ' last'), [
      'Title', 'The first one.', 'See a.ts or b.', 'Version 1.5 is last',
    ]);
  });
  it('end at East Asian full stops', () => assert.deepEqual(read('第一句。第二', '句！好'), ['第一句。', '第二句！', '好']));
  it('leave out code', () => {
    assert.deepEqual(read('Look:\n``', '`js\na. b. c\n', '```\nDone. '), ['Look:', 'Code.', 'Done.']);
  });
});

describe('Strings of the page', () => {
  afterEach(() => setStrings({}));
  it('are English unless translated', () => {
    setStrings({ 'Thought for {0}': '思考了 {0}', bad: 3 });
    assert.equal(t('Thought for {0}', '8 s'), '思考了 8 s');
    assert.equal(tr({ message: 'constructor {0}', args: [1] }), 'constructor 1');
    assert.equal(t('bad'), 'bad');
  });
});
