import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { FileChange } from '../../src/core/edits/change.ts';
import { ApplyError } from '../../src/core/editor/documents.ts';
import { documents } from '../../src/host/documents.ts';
import { Uri } from './fakeTypes.ts';
import { answers, called, folder, reset, settings } from './fakeVscode.ts';
import { applied, edit, failure, file, madeBy, never, openText, placeOf } from './documentFakes.ts';

describe('the documents of the host', () => {
  beforeEach(() => {
    reset();
    rmSync(`${folder}/texts`, { recursive: true, force: true });
    mkdirSync(`${folder}/texts`);
  });

  it('makes all changes as one edit, texts before files, each of whole lines with the text\'s own line ends', async () => {
    const [a, b, c] = [file('a.txt', 'one\ntwo\nthree\n'), file('b.txt', 'one\r\ntwo'), file('c.txt', 'gone\n')];
    const made = placeOf(`${folder}/texts/d.txt`);
    await documents.apply([edit(a, 'one\ntwo\nthree\n', 'one\nthree\n'), edit(b, 'one\ntwo', 'one\ntwo\nthree\nfour'), { kind: 'delete', place: c, before: 'gone\n' }, { kind: 'create', place: made, after: 'x\ny\n' }], never);
    assert.deepEqual(applied(), [['edit a.txt 1:0-2:0 ""', 'edit b.txt 1:3-1:3 "\\r\\nthree\\r\\nfour"', 'delete c.txt', 'create d.txt "x\\ny\\n"']]);
  });

  it('changes an open text that was typed in, by the name under which it is open, and does not save it', async () => {
    const place = { ...file('real.txt', 'one\n'), written: `${folder}/texts/alias.txt` };
    const document = openText(Uri.file(place.written), 'mine\none\n', { isDirty: true });
    assert.deepEqual(await documents.read(place), { text: 'mine\none\n', eol: '\n', isDirty: true, isReadOnly: false });
    await documents.apply([edit(place, 'mine\none\n', 'mine\ntwo\n')], never);
    assert.deepEqual(applied(), [['edit alias.txt 1:0-1:3 "two"']]);
    assert.equal(document.saves, 0);
  });

  it('saves what was saved before, and says when that fails', async () => {
    const place = file('a.txt', 'one\n');
    const document = openText(Uri.file(place.canonical), 'one\n');
    answers.set('applyEdit', [() => ((document.isDirty = true), true), () => ((document.isDirty = true), true)]);
    await documents.apply([edit(place, 'one\n', 'two\n')], never);
    assert.equal(document.saves, 1);
    document.save = async () => false;
    assert.equal(await failure(documents.apply([edit(place, 'one\n', 'two\n')], never)), 'not-saved');
  });

  it('does not take for saved what never counts as changed, because its editor is read-only', async () => {
    const place = file('a.txt', 'one\n');
    const document = openText(Uri.file(place.canonical), 'one\n', { save: async () => false });
    answers.set('applyEdit', [() => ((document.text = 'two\n'), true)]);
    assert.equal(await failure(documents.apply([edit(place, 'one\n', 'two\n')], never)), 'not-saved');
  });

  it('says which of several changes the editor made before it failed, and saves their texts', async () => {
    const [a, b, c, d] = [file('a.txt', 'one\n'), file('b.txt', 'b\n'), file('c.txt', 'c\n'), file('d.txt', 'd\n')];
    const [made, moved] = [placeOf(`${folder}/texts/made.txt`), placeOf(`${folder}/texts/moved.txt`)];
    const document = openText(Uri.file(a.canonical), 'one\n');
    const changes: readonly FileChange[] = [
      { kind: 'create', place: made, after: 'made\n' },
      edit(a, 'one\n', 'two\n'),
      { kind: 'delete', place: b, before: 'b\n' },
      { kind: 'move', place: c, to: moved },
      { kind: 'delete', place: d, before: 'd\n' },
    ];
    answers.set('applyEdit', [() => {
      document.text = 'typed in already\n';
      document.isDirty = true;
      writeFileSync(made.canonical, 'made\n');
      rmSync(b.canonical);
      renameSync(c.canonical, moved.canonical);
      return false;
    }]);
    const error = await documents.apply(changes, never).then(() => undefined, (reason: unknown) => reason);
    assert.ok(error instanceof ApplyError);
    assert.deepEqual([error.reason, error.display], ['refused', 'd.txt']);
    assert.deepEqual(error.made.map(({ kind, place }) => `${kind} ${place.display}`), ['edit a.txt', 'create made.txt', 'delete b.txt', 'move c.txt']);
    assert.equal(document.saves, 1);
  });

  it('says so when the editor made the texts alone, or all but the texts of what it moved', async () => {
    const [a, b] = [file('a.txt', 'one\n'), file('b.txt', 'one\n')];
    const [made, moved] = [placeOf(`${folder}/texts/made.txt`), placeOf(`${folder}/texts/moved.txt`)];
    const document = openText(Uri.file(a.canonical), 'one\n');
    const makes: readonly FileChange[] = [edit(a, 'one\n', 'two\n'), { kind: 'create', place: made, after: 'made\n' }];
    assert.equal(await madeBy(makes, () => ((document.text = 'two\n'), (document.isDirty = true))), 'refused: edit a.txt');
    document.text = 'one\n';
    const moves: readonly FileChange[] = [{ kind: 'move', place: b, to: moved }, edit(moved, 'one\n', 'two\n')];
    assert.equal(await madeBy(moves, () => renameSync(b.canonical, moved.canonical)), 'refused: move b.txt');
    renameSync(moved.canonical, b.canonical);
    // What others put in its way is not ours.
    assert.equal(await madeBy([...makes, { kind: 'move', place: b, to: moved }], () => {
      document.text = 'two\n';
      document.isDirty = true;
      writeFileSync(moved.canonical, 'theirs\n');
      writeFileSync(made.canonical, 'theirs\n');
    }), 'refused: edit a.txt');
    rmSync(moved.canonical);
    const both = (): void => {
      renameSync(b.canonical, moved.canonical);
      writeFileSync(moved.canonical, 'two\n');
    };
    assert.equal(await madeBy(moves, both), 'all');
  });

  it('makes no file where there is no folder to write to', async () => {
    const place = file('a.txt', 'one\n');
    const below = placeOf(`${place.canonical}/b.txt`);
    assert.equal(await failure(documents.apply([edit(place, 'one\n', 'two\n'), { kind: 'create', place: below, after: 'x\n' }], never)), 'refused');
    assert.deepEqual(applied(), []);
  });

  it('changes what has no file yet, and does not save it', async () => {
    const document = openText(Uri.parse('untitled:Untitled-1'), 'one\n', { isUntitled: true });
    await documents.apply([edit(placeOf('untitled:Untitled-1'), 'one\n', 'two\n')], never);
    assert.deepEqual(applied(), [['edit untitled:Untitled-1 0:0-0:3 "two"']]);
    assert.equal(document.saves, 0);
  });

  it('makes new files with the line ends of the settings', async () => {
    settings.set('files.eol', '\r\n');
    await documents.apply([{ kind: 'create', place: placeOf(`${folder}/texts/new.txt`), after: 'a\nb\n' }], never);
    assert.deepEqual(applied(), [['create new.txt "a\\r\\nb\\r\\n"']]);
  });

  it('follows a text to where its file is moved in the same step', async () => {
    const [from, to] = [file('a.txt', 'one\n'), placeOf(`${folder}/texts/b.txt`)];
    await documents.apply([edit(to, 'one\n', 'two\n'), { kind: 'move', place: from, to }], never);
    assert.deepEqual(applied(), [['rename a.txt b.txt', 'edit b.txt 0:0-0:3 "two"']]);
  });

  it('lets the editor save many files itself, but not when one of them had been typed in', async () => {
    const places = Array.from({ length: 12 }, (_, index) => file(`f${index}.txt`, 'one\n'));
    const changes = places.map((place) => edit(place, 'one\n', 'two\n'));
    await documents.apply(changes, never);
    openText(Uri.file(places[3]?.canonical ?? ''), 'one\n', { isDirty: true });
    await documents.apply(changes, never);
    assert.deepEqual(called('applyEdit').map(([, metadata]) => metadata), [{ isRefactoring: true }, undefined]);
  });

  it('is stopped before the edit is made, and not after', async () => {
    const place = file('a.txt', 'one\n');
    const controller = new AbortController();
    const stopped = documents.apply([edit(place, 'one\n', 'two\n')], controller.signal);
    controller.abort(new Error('stopped'));
    await assert.rejects(stopped, /stopped/);
    assert.deepEqual(applied(), []);
    const late = new AbortController();
    answers.set('applyEdit', [() => (late.abort(), true)]);
    await documents.apply([edit(place, 'one\n', 'two\n')], late.signal);
  });
});
