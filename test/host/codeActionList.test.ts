import assert from 'node:assert/strict';
import { LanguageError } from '../../src/core/editor/languages.ts';
import { languages } from '../../src/host/languages/languages.ts';
import { answers, called, reset } from './fakeVscode.ts';
import { Range, Uri } from './fakeTypes.ts';

const range = { start: { line: 1, column: 1 }, end: { line: 1, column: 5 } };
const { signal } = new AbortController();
const kind = (value: string): object => ({ value });
const offered = [
  { title: 'Explain with Rivulet', kind: kind(''), command: { title: '', command: 'rivulet.explainSelection' } },
  { title: 'Run it', command: 'server.run' },
  { title: 'Extract', kind: kind('refactor.extract') },
  { title: 'Add import', kind: kind('quickfix'), isPreferred: true },
];
const edit = { _allEntries: () => [{ _type: 2, uri: Uri.file('/w/a.ts'), edit: { range: new Range(0, 0, 0, 1), newText: 'x' } }] };

describe('Actions of language servers', () => {
  beforeEach(reset);

  it('are listed without our own', async () => {
    answers.set('executeCommand', [offered]);
    assert.deepEqual(await languages.actions('/w/a.ts', range, signal), [
      { title: 'Run it', kind: '', isPreferred: false },
      { title: 'Extract', kind: 'refactor.extract', isPreferred: false },
      { title: 'Add import', kind: 'quickfix', isPreferred: true },
    ]);
  });

  it('are resolved no further than the one that is wanted', async () => {
    const all = [{ title: 'Other', kind: kind('quickfix') }, offered[3]];
    answers.set('executeCommand', [all, [all[0], { ...all[1], edit, command: { title: '', command: 'server.more' } }]]);
    const resolved = await languages.resolveAction('/w/a.ts', range, { title: 'Add import', kind: 'quickfix', isPreferred: true }, signal);
    assert.deepEqual([resolved?.changes[0]?.kind, resolved?.hasCommand], ['edit', true]);
    assert.deepEqual(called('executeCommand').map(([name, , , ...rest]) => [name, ...rest]), [
      ['vscode.executeCodeActionProvider', 'quickfix', undefined],
      ['vscode.executeCodeActionProvider', 'quickfix', 2],
    ]);
  });

  it('that are commands have no edit, and none is run', async () => {
    answers.set('executeCommand', [offered, offered]);
    assert.deepEqual(await languages.resolveAction('/w/a.ts', range, { title: 'Run it', kind: '', isPreferred: false }, signal), { changes: [], hasCommand: true });
    assert.ok(called('executeCommand').every(([name]) => name === 'vscode.executeCodeActionProvider'));
  });

  it('may be gone by the time they are wanted', async () => {
    answers.set('executeCommand', [offered, []]);
    assert.equal(await languages.resolveAction('/w/a.ts', range, { title: 'Gone', kind: '', isPreferred: false }, signal), undefined);
  });

  it('and all other questions end with the turn, and tell why a server refuses', async () => {
    answers.set('executeCommand', [() => Promise.reject(new Error('You cannot rename this element.'))]);
    await assert.rejects(languages.rename('/w/a.ts', range.start, 'sum', signal), (error) => error instanceof LanguageError && error.reason === 'refused' && /You cannot rename this element/.test(error.message));
    const controller = new AbortController();
    answers.set('executeCommand', [() => new Promise(() => undefined)]);
    const hanging = languages.rename('/w/a.ts', range.start, 'sum', controller.signal);
    controller.abort(new Error('stopped'));
    await assert.rejects(hanging, /stopped/);
  });
});
