import assert from 'node:assert/strict';
import type { OutlineSymbol } from '../../src/core/editor/languages.ts';
import { documentSymbols } from '../../src/core/tools/documentSymbols.ts';
import { fakeLanguages } from './support/fakeLanguages.ts';
import { callTool } from './support/languageCall.ts';

function symbol(kind: string, name: string, from: number, to: number, children: readonly OutlineSymbol[] = []): OutlineSymbol {
  return { name, kind, detail: '', range: { start: { line: from, column: 1 }, end: { line: to, column: 2 } }, children };
}

async function outline(...symbols: readonly OutlineSymbol[]): Promise<string> {
  return (await callTool(documentSymbols, { path: 'a.ts' }, { languages: fakeLanguages({ outline: async () => symbols }) })).text;
}

describe('document_symbols', () => {
  it('shows the outline with its lines, nested as the file is', async () => {
    const told = await outline(symbol('class', 'Shape', 1, 9, [symbol('method', 'area', 2, 4), symbol('property', 'side', 5, 5)]), symbol('function', 'draw', 11, 12));
    assert.match(told, /\n1-9 class Shape\n {2}2-4 method area\n {2}5 property side\n11-12 function draw\n/);
  });

  it('says that a file without symbols can be read', async () => {
    assert.match(await outline(), /No symbols are known of a\.ts.*read_file/);
  });

  it('lists a part of a long outline, and how to get the rest', async () => {
    const told = await outline(...Array.from({ length: 150 }, (_, index) => symbol('constant', `c${index}`, index + 1, index + 1)));
    assert.match(told, /1 to 100 of 150/);
    assert.match(told, /first_result 101/);
  });

  it('asks before it outlines a file outside the workspace', async () => {
    const languages = fakeLanguages();
    const result = await callTool(documentSymbols, { path: '/lib/lib.d.ts' }, { languages });
    assert.deepEqual([result.status, languages.asked], ['refused', []]);
  });
});
