import assert from 'node:assert/strict';
import { findReferences } from '../../src/core/tools/findReferences.ts';
import { at, fakeLanguages } from './support/fakeLanguages.ts';
import { callTool } from './support/languageCall.ts';
import { memoryDocuments } from './support/memoryDocuments.ts';

const texts = { '/w/a.ts': 'total();\n'.repeat(300), '/w/b.ts': '\tcall(total);\u202e\n' };

async function find(first?: number): Promise<string> {
  return (await callTool(findReferences, { path: 'a.ts', line: 1, symbol: 'total', ...(first !== undefined && { first_result: first }) }, { texts, languages: fakeLanguages({ references: async () => [at('/w/b.ts', 1, 7), ...Array.from({ length: 249 }, (_, index) => at('/w/a.ts', 249 - index))] }) })).text;
}

describe('find_references', () => {
  it('lists a hundred places by file and line, and says how to get the rest', async () => {
    const told = await find();
    assert.match(told, /^References to total, 1 to 100 of 250 /);
    assert.match(told, /\na\.ts:1:1: total\(\);\na\.ts:2:1: total\(\);\n/);
    assert.match(told, /Call again with first_result 101 for the next of them\.$/);
  });

  it('gives the rest, hidden characters written out', async () => {
    const told = await find(201);
    assert.match(told, /^References to total, 201 to 250 of 250 /);
    assert.match(told, /\nb\.ts:1:7: call\(total\);\\u\{202E\}\n/);
    assert.doesNotMatch(told, /Call again/);
    assert.match(await find(251), /There are only 250 results/);
  });

  it('counts hidden characters as long as it writes them out', async () => {
    const { text } = await callTool(findReferences, { path: 'a.ts', line: 1, symbol: 'total' }, { texts: { '/w/a.ts': `total ${'\u200b'.repeat(190)};\n`.repeat(100) }, languages: fakeLanguages({ references: async () => Array.from({ length: 100 }, (_, index) => at('/w/a.ts', index + 1)) }) });
    assert.ok(text.length < 33_500, String(text.length));
    assert.match(text, /\[cut: 197 characters\]/);
  });

  it('reads each file once, however many places it has', async () => {
    const documents = memoryDocuments(texts);
    await callTool(findReferences, { path: 'a.ts', line: 1, symbol: 'total' }, { documents, languages: fakeLanguages({ references: async () => Array.from({ length: 90 }, (_, index) => at('/w/b.ts', 1, index + 1)) }) });
    assert.deepEqual(documents.reads, ['/w/a.ts', '/w/b.ts']);
  });

  it('stops when the turn is stopped', async () => {
    const controller = new AbortController();
    const references = async () => (controller.abort(new Error('stopped')), [at('/w/a.ts', 1)]);
    await assert.rejects(callTool(findReferences, { path: 'a.ts', line: 1, symbol: 'total' }, { texts, signal: controller.signal, languages: fakeLanguages({ references }) }), /stopped/);
  });
});
