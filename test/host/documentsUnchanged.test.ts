import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import { mock } from 'node:test';
import { documents } from '../../src/host/documents.ts';
import { until } from '../support/until.ts';
import { registered, Uri } from './fakeTypes.ts';
import { answers, fired, folder, reset, settings } from './fakeVscode.ts';
import { applied, edit, failure, file, never, openText, placeOf } from './documentFakes.ts';

describe('the documents of the host that cannot be changed', () => {
  beforeEach(() => {
    reset();
    rmSync(`${folder}/texts`, { recursive: true, force: true });
    mkdirSync(`${folder}/texts`);
  });

  it('changes nothing when the text is typed in while the change is prepared, or on its way to the editor', async () => {
    const place = file('a.txt', 'one\n');
    const document = openText(Uri.file(place.canonical), 'one\n');
    const applying = documents.apply([edit(place, 'one\n', 'two\n')], never);
    document.text = 'typed\none\n';
    document.version += 1;
    document.isDirty = true;
    assert.equal(await failure(applying), 'changed');
    assert.deepEqual(applied(), []);

    document.text = 'one\n';
    answers.set('applyEdit', [() => {
      document.text = 'typed\none\n';
      document.version += 1;
      return false;
    }, () => false]);
    assert.equal(await failure(documents.apply([edit(place, 'one\n', 'two\n')], never)), 'changed');
    document.text = 'one\n';
    assert.equal(await failure(documents.apply([edit(place, 'one\n', 'two\n')], never)), 'refused');
  });

  it('changes nothing when the disk holds something else than a text that nobody has typed in', async () => {
    const place = file('a.txt', 'two\n');
    const document = openText(Uri.file(place.canonical), 'one\n');
    // The editor comes to know of it a little later, and whoever reads or applies waits for that.
    const asked: (readonly [() => Promise<string>, string])[] = [
      [async () => failure(documents.apply([edit(place, 'one\n', 'three\n')], never)), 'changed'],
      [async () => (await documents.read(place)).text, 'two\n'],
    ];
    for (const [ask, expected] of asked) {
      document.text = 'one\n';
      registered.clear();
      const answer = ask();
      await until(() => registered.has('onDidChangeTextDocument'));
      document.text = 'two\n';
      fired.edited.fire({ document });
      assert.equal(await answer, expected);
    }
    assert.deepEqual(applied(), []);
  });

  it('says that the editor shows an older text than the disk when it does not come to know of that', async () => {
    const place = file('a.txt', 'two\n');
    openText(Uri.file(place.canonical), 'one\n');
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      const results: string[] = [];
      const changes = [edit(place, 'one\n', 'three\n'), { kind: 'delete', place, before: 'one\n' } as const];
      for (const change of changes) void failure(documents.apply([change], never)).then((reason) => results.push(reason));
      await until(() => {
        mock.timers.tick(1000);
        return results.length === changes.length;
      });
      assert.deepEqual(results, ['stale', 'stale']);
      assert.deepEqual(applied(), []);
    } finally {
      mock.timers.reset();
    }
  });

  it('does not change what cannot be written, is not there, is in the way, or would be lost', async () => {
    const place = file('a.txt', 'one\n');
    openText(Uri.parse('locked:/a.txt'), 'one\n');
    openText(Uri.file(place.canonical), 'mine\n', { isDirty: true });
    const absent = placeOf(`${folder}/texts/absent.txt`);
    const results = [
      documents.apply([edit(placeOf('locked:/a.txt'), 'one\n', 'two\n')], never),
      documents.apply([edit(absent, 'one\n', 'two\n')], never),
      documents.apply([{ kind: 'delete', place: absent, before: undefined }], never),
      documents.apply([{ kind: 'create', place, after: 'x\n' }], never),
      documents.apply([{ kind: 'move', place: file('b.txt', 'b\n'), to: place }], never),
      documents.apply([{ kind: 'delete', place, before: 'mine\n' }], never),
      documents.apply([edit(placeOf('untitled:Untitled-1'), 'one\n', 'two\n')], never),
    ];
    assert.deepEqual(await Promise.all(results.map(failure)), ['read-only', 'missing', 'missing', 'exists', 'exists', 'refused', 'missing']);
    assert.deepEqual(applied(), []);
  });

  it('takes for read-only what the settings say is, by globs that count from the folder or from the root', async () => {
    const [place, outside] = [file('a.txt', 'one\n'), placeOf('/elsewhere/a.txt')];
    openText(Uri.file('/elsewhere/a.txt'), 'one\n', { isDirty: true });
    const cell = placeOf(`vscode-notebook-cell:${place.canonical}#W0`);
    openText(Uri.parse(cell.canonical), 'one\n');
    for (const [include, exclude, expected] of [
      [{ 'texts/*.txt': true }, {}, [true, false, true]],
      [{ '**/*.txt': true }, {}, [true, true, true]],
      [{ '**/*.txt': true }, { 'texts/**': true }, [false, true, false]],
      [{ [`${folder}/**`]: true }, {}, [true, false, true]],
      [{ '/elsewhere/**': true }, {}, [false, true, false]],
      [{ 'elsewhere/**': true, '*.txt': true, [`${folder.slice(1)}/**`]: true, '**/texts/**': false }, {}, [false, false, false]],
    ] as const) {
      settings.set('files.readonlyInclude', include);
      settings.set('files.readonlyExclude', exclude);
      const found = await Promise.all([place, outside, cell].map(async (each) => (await documents.read(each)).isReadOnly));
      assert.deepEqual(found, expected, JSON.stringify([include, exclude]));
    }
    settings.set('files.readonlyInclude', { '**': true });
    assert.equal(await failure(documents.apply([edit(place, 'one\n', 'two\n')], never)), 'read-only');
    assert.equal(await failure(documents.apply([edit(placeOf(openText(Uri.parse('untitled:Untitled-1'), 'one\n', { isUntitled: true }).uri.toString()), 'one\n', 'two\n')], never)), 'none');
  });
});
