import assert from 'node:assert/strict';
import { applyCodeAction } from '../../src/core/tools/applyCodeAction.ts';
import { findDefinition } from '../../src/core/tools/findDefinition.ts';
import { columnsOf } from '../../src/core/tools/symbolPlace.ts';
import type { ToolResult } from '../../src/core/tools/tool.ts';
import { fakeLanguages } from './support/fakeLanguages.ts';
import { callTool } from './support/languageCall.ts';

const text = 'const total = 1;\nlet totals = total + total;\n// nothing\n';

/** Where the language server was asked, or what the model was told instead. */
async function askedAt(input: { readonly line: number; readonly symbol: string; readonly occurrence?: number }): Promise<unknown> {
  const languages = fakeLanguages();
  const result = await callTool(findDefinition, { path: 'a.ts', ...input }, { languages, texts: { '/w/a.ts': text } });
  return languages.asked[0]?.slice(1) ?? result;
}

async function told(path: string, texts = {}): Promise<string> {
  return (await callTool(findDefinition, { path, line: 1, symbol: 'a' }, { texts })).text;
}

describe('A place that a model names', () => {
  it('is where the text stands as a word of its own', async () => {
    assert.deepEqual(await askedAt({ line: 1, symbol: 'total' }), ['/w/a.ts', { line: 1, column: 7 }]);
    assert.deepEqual(await askedAt({ line: 2, symbol: 'total' }), ['/w/a.ts', { line: 2, column: 14 }]);
    assert.deepEqual(await askedAt({ line: 2, symbol: 'total', occurrence: 2 }), ['/w/a.ts', { line: 2, column: 22 }]);
  });

  it('is where it stands at all, when it is no word of its own', async () => {
    assert.deepEqual(await askedAt({ line: 2, symbol: 'otal' }), ['/w/a.ts', { line: 2, column: 6 }]);
  });

  it('is answered with the lines that have it, when this one does not', async () => {
    const { status, text: answer } = (await askedAt({ line: 3, symbol: 'total' })) as ToolResult;
    assert.equal(status, 'refused');
    assert.match(answer, /does not stand on line 3\. Call again with one of these lines/);
    assert.match(answer, /\n1\tconst total = 1;\n2\tlet totals = total \+ total;\n/);
  });

  it('says how often the line has it, and when the file has it nowhere', async () => {
    assert.match(((await askedAt({ line: 2, symbol: 'total', occurrence: 3 })) as ToolResult).text, /only 2 times/);
    assert.match(((await askedAt({ line: 1, symbol: 'total', occurrence: 2 })) as ToolResult).text, /only once/);
    assert.match(((await askedAt({ line: 1, symbol: 'sum' })) as ToolResult).text, /stands nowhere in a\.ts/);
    assert.match(((await askedAt({ line: 99, symbol: 'total' })) as ToolResult).text, /does not stand on line 99/);
  });

  it('counts signs and letters beyond the first plane', () => {
    assert.deepEqual(columnsOf('+=', 'a += b'), [3]);
    assert.deepEqual(columnsOf('数', '计数 数'), [4]);
    assert.deepEqual(columnsOf('a', '𝒳a a'), [5]);
    assert.deepEqual(columnsOf('$a', '$a $$a'), [1]);
  });

  it('is looked for in time that grows with the text, whatever both are made of', () => {
    assert.deepEqual(columnsOf(`aab${'a'.repeat(500_000)}`, 'a'.repeat(6_000_000)), []);
    assert.ok(columnsOf('a'.repeat(500_000), 'a'.repeat(6_000_000)).length <= 20_001);
  });

  it('takes a name of at most 500 characters, and a name that is everywhere only with more of it', async () => {
    assert.match(((await askedAt({ line: 1, symbol: 'a'.repeat(501) })) as ToolResult).text, /^find_definition was not run: symbol: must have at most 500 characters/);
    const actions = applyCodeAction.check(JSON.stringify({ path: 'a.ts', line: 1, symbol: 'a'.repeat(501) }));
    assert.match('text' in actions ? actions.text : '', /symbol: must have at most 500 characters/);
    const result = await callTool(findDefinition, { path: 'a.ts', line: 1, symbol: 'a', occurrence: 20_002 }, { texts: { '/w/a.ts': 'a '.repeat(30_000) } });
    assert.match(result.text, /more than 20000 times/);
  });

  it('is answered with the nearest five lines, for a line behind the end with the last ones', async () => {
    const texts = { '/w/a.ts': Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? 'sum' : 'none')).join('\n') };
    const lines = async (line: number): Promise<readonly string[]> => [...(await callTool(findDefinition, { path: 'a.ts', line, symbol: 'sum' }, { texts })).text.matchAll(/^(\d+)\tsum$/gm)].map(([, number]) => number ?? '');
    assert.deepEqual(await lines(10), ['5', '7', '9', '11', '13']);
    assert.deepEqual(await lines(1e15), ['11', '13', '15', '17', '19']);
  });

  it('is in no folder, in no missing file and in no text that cannot be read', async () => {
    assert.match(await told('folder'), /is a folder, not a file/);
    assert.match(await told('gone.ts'), /there is no file "gone\.ts"/);
    assert.match(await told('.git/config'), /cannot look into "\.git\/config": it is not for you/);
    assert.match(await told('a.bin', { '/w/a.bin': { binary: true } }), /a\.bin is no text/);
  });
});
