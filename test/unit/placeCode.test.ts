import assert from 'node:assert/strict';
import { pathOfPatch, replacementsOf } from '../../src/core/edits/patchText.ts';
import { codeLines, isElided, placeCode } from '../../src/core/edits/placeCode.ts';
import { putAtCursor, putOverSelection } from '../../src/core/edits/putCode.ts';

const file = `import { b } from './b.ts';

/** Adds. */
export function add(one: number, other: number): number {
  if (one > 0) {
    return one + other;
  }
  return other;
}

export class Chat {
  send(text: string): void {
    this.post(text);
  }

  stop(): void {
    this.post('');
  }
}

const limit = 3;
`;

function placed(code: string, text = file): string | undefined {
  const found = placeCode(text, codeLines(code, undefined));
  return found.kind === 'found' ? found.after : undefined;
}

describe('A code block of an answer, in the file that it belongs to', () => {
  it('takes the place of the function of that name', () => {
    const code = 'export function add(one: number, other = 0): number {\n  return one + other;\n}';
    assert.equal(placed(code), file.replace(/export function add[^]*?\n\}\n/, `${code}\n`));
  });

  it('is looked at in the time that it takes to read it, whatever its first line is made of', () => {
    // With a search that grows by the square this takes longer than a test may.
    const line = `//${' '.repeat(1_000_000)}z`;
    assert.deepEqual(codeLines(line, 'z'), [line]);
    assert.deepEqual(codeLines('<!-- src/a.ts -->\nx', 'src/a.ts'), ['x']);
  });

  it('takes the place of the comment above it only when it has one itself', () => {
    const code = '/** Adds two. */\nexport async function add(): Promise<void> {\n}';
    assert.equal(placed(code), file.replace(/\/\*\* Adds\. \*\/\nexport function add[^]*?\n\}\n/, `${code}\n`));
  });

  it('is indented as what it takes the place of', () => {
    assert.equal(placed('stop(): void {\n  this.end();\n}'), file.replace("  stop(): void {\n    this.post('');\n  }", '  stop(): void {\n    this.end();\n  }'));
  });

  it('takes the place of a class, of a constant in one line, of a whole file', () => {
    assert.equal(placed('export class Chat extends Base {\n  end() {}\n}'), file.replace(/export class Chat[^]*?\n\}\n/, 'export class Chat extends Base {\n  end() {}\n}\n'));
    assert.equal(placed('const limit = 5;'), file.replace('limit = 3', 'limit = 5'));
    const whole = file.replace('one + other', 'other + one').trimEnd();
    assert.equal(placed(whole), `${whole}\n`);
  });

  it('takes the place of a function of Python, whose end nothing marks', () => {
    const text = 'import os\n\ndef one(a):\n    x = 1\n\n    return x\n\n\ndef two():\n    pass\n';
    assert.equal(placed('def one(a, b):\n    return b', text), 'import os\n\ndef one(a, b):\n    return b\n\n\ndef two():\n    pass\n');
  });

  it('takes the place of a function whose bracket opens on a line of its own', () => {
    const text = 'class A\n{\n    public int One()\n    {\n        return 1;\n    }\n}\n';
    assert.equal(placed('public int One()\n{\n    return 2;\n}', text), text.replace('return 1', 'return 2'));
  });

  it('is found by unique first and last lines', () => {
    const text = 'alpha one\nx\ny\nomega two\nz\n';
    assert.equal(placed('alpha one\nnew\nomega two', text), 'alpha one\nnew\nomega two\nz\n');
  });

  it('is known when it stands there already, whatever its indentation', () => {
    assert.equal(placeCode(file, ['stop(): void {', "  this.post('');", '}']).kind, 'same');
    assert.equal(placeCode(file, []).kind, 'same');
  });

  for (const [why, code, text] of [
    ['it is nowhere', 'export function other(): void {\n}', file],
    ['two functions have the name', 'function twice() {\n  return 3;\n}', 'function twice() {\n  return 1;\n}\nfunction twice() {\n  return 2;\n}\n'],
    ['it declares several things', 'export function add() {\n}\n\nexport function other() {\n}', file],
    ['it leaves something out', 'export function add(one: number): number {\n  // ... existing code ...\n}', file],
    ['its first line stands there twice', 'x = 1\nnew\nend of it', 'x = 1\nx = 1\nend of it\n'],
  ] as const) {
    it(`is put nowhere by a guess when ${why}`, () => assert.equal(placeCode(text, codeLines(code, undefined)).kind, 'unknown'));
  }

  it('loses blank lines around it and the comment that only names the file', () => {
    assert.deepEqual(codeLines('\n// src/a.ts\n\na();\n\n', 'src/a.ts'), ['a();']);
    assert.deepEqual(codeLines('# tools/b.py\nb()', 'tools/b.py'), ['b()']);
    assert.deepEqual(codeLines('<!-- index.html -->\n<p>', 'site/index.html'), ['<p>']);
    assert.deepEqual(codeLines('// src/other.ts\na();', 'src/a.ts'), ['// src/other.ts', 'a();']);
    assert.deepEqual(codeLines('// about a.ts\na();', 'a.ts'), ['// about a.ts', 'a();']);
  });

  it('is known to leave something out by the usual words', () => {
    for (const line of ['// ...', '  # ... rest of the file', '/* existing code */', '...', '<!-- ... -->', '// … unchanged']) assert.ok(isElided(`a\n${line}\nb`), line);
    for (const line of ['...rest,', 'f(...args)', '// the end', 'a ... b']) assert.ok(!isElided(`a\n  ${line}\nb`), line);
  });

  it('takes no longer than its length asks for', () => {
    for (const line of ['}', '// a', 'function a() {', '  ', 'export export export ', '@']) {
      const many = Array.from({ length: 20_000 }, () => line);
      placeCode(many.join('\n'), ['function b() {', ...many, 'x', '}']);
    }
    placeCode('a', [`export ${'static '.repeat(50_000)}`]);
  });
});

describe('A code block, where the person says', () => {
  it('goes over the selection, as far indented', () => {
    assert.equal(putOverSelection('a {\n  one();\n  two();\n}', ['x();', '  y();'], { start: { line: 1, character: 2 }, end: { line: 2, character: 8 } }), 'a {\n  x();\n    y();\n}');
    assert.equal(putOverSelection('a {\n  one();\n}', ['x();'], { start: { line: 1, character: 0 }, end: { line: 2, character: 0 } }), 'a {\n  x();\n}');
    assert.equal(putOverSelection('f(one, two)', ['  three'], { start: { line: 0, character: 2 }, end: { line: 0, character: 5 } }), 'f(three, two)');
  });

  it('goes under the line of the cursor, or into a blank one', () => {
    assert.equal(putAtCursor('a\n  b\nc', ['x', ' y'], { line: 1, character: 0 }), 'a\n  b\n  x\n   y\nc');
    assert.equal(putAtCursor('a\n\nc', ['x'], { line: 1, character: 0 }), 'a\nx\nc');
    assert.equal(putAtCursor('a\n', ['x'], { line: 1, character: 0 }), 'a\nx\n');
  });
});

describe('A difference as a code block', () => {
  it('names its file and becomes replacements, whatever the numbers of its lines', () => {
    const patch = 'diff --git a/src/a.ts b/src/a.ts\n--- a/src/a.ts\n+++ b/src/a.ts\n@@ -9,9 +9,9 @@ f\n one\n-two\n+three\n\n@@ -20 +20 @@\n-x\n+y\n z\n';
    assert.equal(pathOfPatch(patch), 'src/a.ts');
    assert.deepEqual(replacementsOf(patch), [
      { search: 'one\ntwo', replace: 'one\nthree', all: false },
      { search: 'x\nz', replace: 'y\nz', all: false },
    ]);
  });

  it('is none when it is of several files, or changes nothing', () => {
    assert.equal(replacementsOf('+++ a\n-x\n+++ b\n-y'), undefined);
    assert.equal(replacementsOf(' a\n b'), undefined);
    assert.equal(replacementsOf('+only\n+new'), undefined);
  });
});
