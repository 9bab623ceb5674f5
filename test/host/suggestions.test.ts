import assert from 'node:assert/strict';
import { createViewStore, initialState, type ViewStore } from '../../src/core/chat/viewStore.ts';
import type { OwnPrompt } from '../../src/core/context/ownPrompts.ts';
import type { FilesQuery, FoundFiles } from '../../src/core/editor/search.ts';
import type { FoundSymbol, OutlineSymbol } from '../../src/core/editor/languages.ts';
import { createFileList } from '../../src/host/context/fileList.ts';
import { createSuggestions, type Suggestions } from '../../src/host/context/suggestions.ts';
import { fillIn } from '../../src/protocol/localText.ts';
import type { SuggestionsView } from '../../src/protocol/contextView.ts';
import { until } from '../support/until.ts';
import { aModel } from '../unit/support/chatHarness.ts';
import { contextPorts } from '../unit/support/contextHarness.ts';
import { at, fakeLanguages } from '../unit/support/fakeLanguages.ts';
import { fakeSearch } from '../unit/support/fakeSearch.ts';
import { workspaceOf } from '../unit/support/workspaces.ts';
import { Range } from './fakeTypes.ts';
import { reset, window } from './fakeVscode.ts';
import { fakeEditor, settle } from './fakes.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

interface Made {
  readonly suggestions: Suggestions;
  readonly store: ViewStore;
  /** What was shown, one after the other. */
  readonly shown: (SuggestionsView | undefined)[];
  readonly queries: FilesQuery[];
}

function make({ files, symbols, outline, prompts = [], workspace = workspaceOf('/w') }: { readonly files: (query: FilesQuery) => Promise<FoundFiles>; readonly symbols?: (query: string, signal: AbortSignal) => Promise<readonly FoundSymbol[]>; readonly outline?: () => Promise<readonly OutlineSymbol[]>; readonly prompts?: readonly OwnPrompt[]; readonly workspace?: ReturnType<typeof workspaceOf> }): Made {
  const shown: (SuggestionsView | undefined)[] = [];
  const queries: FilesQuery[] = [];
  const store = createViewStore(initialState(aModel), (change) => {
    if (change.type === 'suggestions-changed') shown.push(change.suggestions);
  });
  const search = {
    ...fakeSearch({}),
    async files(query: FilesQuery) {
      queries.push(query);
      return files(query);
    },
  };
  const ports = contextPorts({ '/w/src/a.ts': '', '/w/src/b.ts': '', '/w/.env': '', '/v/b.ts': '' }, { workspace, search, languages: fakeLanguages({ ...(symbols !== undefined && { symbols }), ...(outline !== undefined && { outline }) }) });
  const list = createFileList(search, workspace, log);
  return { store, shown, queries, suggestions: createSuggestions({ store, ports, files: list, prompts: { list: async () => prompts, folder: () => assert.fail() }, log }) };
}

const found = (...paths: readonly string[]): FoundFiles => ({ paths, incomplete: undefined });
const labels = (view: SuggestionsView | undefined): readonly string[] => view?.items.filter(({ kind }) => kind !== 'problems' && kind !== 'changes' && kind !== 'editors').map(({ kind, label }) => `${kind} ${label}`) ?? [];

describe('What the composer offers', () => {
  beforeEach(reset);

  it('says of prompts that come with the workspace where they are from', async () => {
    const { suggestions, shown } = make({ files: async () => found(), prompts: [{ name: 'zz-own', description: 'Mine', text: 'x' }, { name: 'zz-theirs', description: 'Explain', text: 'x', source: '.rivulet/prompts/zz-theirs.md' }] });
    await suggestions.suggest('command', 'zz');
    assert.deepEqual(shown.at(-1)?.items.map(({ detail }) => detail && fillIn(detail.message, detail.args)), ['Mine', 'From the workspace: Explain']);
  });

  it('is there at once, and the files when they have been listed, which happens once for many words', async () => {
    const { promise, resolve } = Promise.withResolvers<FoundFiles>();
    const { suggestions, shown, queries } = make({ files: async () => promise });
    const first = suggestions.suggest('mention', '');
    await settle();
    assert.deepEqual([shown.length, shown[0]?.isSearching, shown[0]?.items.map(({ kind }) => kind)], [1, true, ['problems', 'changes', 'editors']]);
    resolve(found('src/a.ts', 'b.md'));
    await first;
    assert.deepEqual([shown.at(-1)?.isSearching, labels(shown.at(-1))], [false, ['file a.ts', 'file b.md', 'folder src']]);
    await suggestions.suggest('mention', 'b');
    assert.deepEqual([labels(shown.at(-1)), queries.length], [['file b.md'], 1]);
    assert.deepEqual([queries[0]?.includesIgnored, queries[0]?.order], [false, 'path']);
    suggestions.close();
    assert.equal(shown.at(-1), undefined);
  });

  it('are at most fifty of 50,000 files, found while others have their turn', async () => {
    const paths = Array.from({ length: 50_000 }, (_, index) => `packages/p${index % 100}/src/orderTotal${index}.ts`);
    const { suggestions, shown } = make({ files: async () => found(...paths) });
    await suggestions.suggest('mention', 'x');
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 0);
    await suggestions.suggest('mention', 'ot');
    clearInterval(timer);
    assert.equal(shown.at(-1)?.items.length, 50);
    assert.ok(turns >= 2, `others had ${turns} turns`);
  });

  it('is of the last word only: an earlier one ends, and its symbols with it', async () => {
    const asked: string[] = [];
    const symbols = async (query: string, signal: AbortSignal): Promise<readonly FoundSymbol[]> => {
      asked.push(query);
      if (query === 'total') await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
      return [{ ...at('/w/src/a.ts', 3), name: 'tide', kind: 'function', container: '' }, { ...at('/w/.env', 1), name: 'tideSecret', kind: 'function', container: '' }, { ...at('/out/x.ts', 1), name: 'tideOut', kind: 'function', container: '' }];
    };
    const { suggestions, shown } = make({ files: async () => found('src/a.ts'), symbols });
    const first = suggestions.suggest('mention', '#total');
    await until(() => asked.length > 0);
    await Promise.all([first, suggestions.suggest('mention', '#tide')]);
    assert.deepEqual(asked, ['total', 'tide']);
    assert.deepEqual([shown.at(-1)?.query, shown.at(-1)?.isSearching, labels(shown.at(-1))], ['#tide', false, ['symbol tide']], 'and only those in ordinary files of the workspace (B26)');
    assert.deepEqual(shown.at(-1)?.items[0]?.detail?.args, ['src/a.ts:3']);
  });

  it('has the symbols of the file in front first, each once', async () => {
    window.activeTextEditor = fakeEditor('/w/src/a.ts', '', new Range(0, 0, 0, 0));
    const range = { start: { line: 3, column: 1 }, end: { line: 9, column: 2 } };
    const outline = async (): Promise<readonly OutlineSymbol[]> => [{ name: 'Bill', kind: 'class', detail: '', range, children: [{ name: 'tide', kind: 'method', detail: '', range: { ...range, start: { line: 4, column: 3 } }, children: [] }] }];
    const { suggestions, shown } = make({ files: async () => found(), symbols: async () => [{ ...at('/w/src/b.ts', 1), name: 'tide', kind: 'function', container: '' }, { ...at('/w/src/a.ts', 4), name: 'tide()', kind: 'method', container: 'Bill' }], outline });
    await suggestions.suggest('mention', '#tide');
    assert.deepEqual(shown.at(-1)?.items.map(({ label, detail }) => [label, detail?.args[0]]), [['tide', 'src/a.ts:4'], ['tide', 'src/b.ts:1']]);
  });

  it('names the folder in front where there are several, and shows no name as another (B20)', async () => {
    const { suggestions, shown } = make({ files: async ({ folder }) => found(folder === '/v' ? 'b.ts' : 'src/\u202Ea.ts'), workspace: workspaceOf('/w', '/v') });
    await suggestions.suggest('mention', 'ts');
    assert.deepEqual(shown.at(-1)?.items.filter(({ kind }) => kind === 'file').map(({ label, detail }) => [label, detail?.args[0]]), [['b.ts', 'v'], ['\\u{202E}a.ts', 'w/src']]);
  });

  it('goes on without files when they cannot be listed, and without symbols when no server answers', async () => {
    const { suggestions, shown } = make({ files: async () => Promise.reject(new Error('no disk')), symbols: async () => Promise.reject(new Error('no server')) });
    await suggestions.suggest('mention', 'problems');
    assert.deepEqual([shown.at(-1)?.items.map(({ kind }) => kind), shown.at(-1)?.isSearching], [['problems'], false]);
  });
});
