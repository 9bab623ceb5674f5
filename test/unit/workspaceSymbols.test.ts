import assert from 'node:assert/strict';
import { workspaceSymbols } from '../../src/core/tools/workspaceSymbols.ts';
import { at, fakeLanguages } from './support/fakeLanguages.ts';
import { callTool } from './support/languageCall.ts';

describe('workspace_symbols', () => {
  it('lists where symbols of a name are', async () => {
    const languages = fakeLanguages({ symbols: async () => [{ name: 'area', kind: 'method', container: 'Shape', ...at('/w/a.ts', 3) }, { name: 'Area', kind: 'class', container: '', ...at('/lib/b.ts', 1) }] });
    const { text } = await callTool(workspaceSymbols, { query: 'area' }, { languages });
    assert.match(text, /\na\.ts:3: method area in Shape\n\/lib\/b\.ts:1: class Area\n/);
    assert.deepEqual(languages.asked, [['symbols', 'area']]);
  });

  it('says what to do when none is known', async () => {
    assert.match((await callTool(workspaceSymbols, { query: 'area' })).text, /No symbol of that name is known.*search_text/);
  });

  it('wants a name', async () => {
    assert.equal((await callTool(workspaceSymbols, { query: '' })).status, 'refused');
  });
});
