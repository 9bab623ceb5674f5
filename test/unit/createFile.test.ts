import assert from 'node:assert/strict';
import { createFile } from '../../src/core/tools/createFile.ts';
import { workbench } from './support/workbench.ts';

describe('create_file', () => {
  it('makes a file with its text as it is given, in folders that are not there yet', async () => {
    for (const content of ['a\n', 'a', '', '\u{1F600}\n\n']) {
      const { call, documents, person } = workbench({});
      assert.deepEqual(await call(createFile, { path: 'new/deep/a.ts', content }), { status: 'done', text: 'Applied: new/deep/a.ts.' });
      assert.equal(documents.bytesOf('/w/new/deep/a.ts'), content);
      const [change] = person.proposals[0]?.changes ?? [];
      assert.ok(change?.kind === 'create');
      assert.deepEqual([change.after, change.place.kind, change.place.class], [content, 'missing', 'inside']);
    }
  });

  it('writes line ends and characters as an editor holds them', async () => {
    const { call, documents } = workbench({});
    await call(createFile, '{"path":"a.ts","content":"a\\r\\nb\\rc\\udfff"}');
    assert.equal(documents.bytesOf('/w/a.ts'), 'a\nb\nc\uFFFD');
  });

  it('proposes as sensitive what other programs obey, and asks nothing else', async () => {
    for (const path of ['.vscode/settings.json', '.VSCODE/Settings.json', 'a/../.vscode/tasks.json', '.env', 'package.json']) {
      const { call, person } = workbench({}, { answer: 'rejected' });
      assert.equal((await call(createFile, { path, content: '{}', approved: true, requires_approval: false })).status, 'refused');
      assert.equal(person.proposals[0]?.changes[0]?.place.class, 'sensitive', path);
    }
  });

  const refusals: readonly (readonly [string, object, RegExp])[] = [
    ['when the file is there', { path: 'a.ts', content: 'x' }, /there is a file "a\.ts" already\. Change it with edit_file, or choose another path/],
    ['when a link leads to a file that is there', { path: 'link.ts', content: 'x' }, /there is a file .* already/],
    ['when it is a folder', { path: 'src', content: 'x' }, /"src" is a folder\. Add the name/],
    ['when it lies in a file', { path: 'a.ts/b.ts', content: 'x' }, /create_file cannot change "a\.ts\/b\.ts": /],
    ['when the path is denied', { path: '.git/hooks/pre-commit', content: 'x' }, /create_file cannot change "\.git\/hooks\/pre-commit": /],
    ['when the path hides something', { path: 'a\u202Etxt.ts', content: 'x' }, /a\\u\{202E\}txt/],
    ['without a text', { path: 'b.ts' }, /content: /],
    ['with what no text file holds', { path: 'b.ts', content: 'a\0b' }, /content: must not hold NUL/],
    ['with more than a call may hold', { path: 'b.ts', content: 'a'.repeat(1_000_001) }, /content: must have at most 1000000 characters/],
  ];
  for (const [when, input, words] of refusals) {
    it(`changes nothing ${when}, and says what to do`, async () => {
      const { call, person, documents } = workbench({ '/w/a.ts': 'here\n', '/w/src/b.ts': '' }, { entries: { '/w/link.ts': { link: 'a.ts' } } });
      const { status, text } = await call(createFile, input);
      assert.equal(status, 'refused');
      assert.match(text, words);
      assert.deepEqual([person.proposals, documents.applied, documents.bytesOf('/w/a.ts')], [[], [], 'here\n']);
    });
  }

  it('makes nothing when the person says no', async () => {
    const { call, documents } = workbench({}, { answer: 'rejected' });
    assert.match((await call(createFile, { path: 'a.ts', content: 'x' })).text, /The person rejected this, and nothing was changed: a\.ts\. Do not try the same again/);
    assert.equal(documents.bytesOf('/w/a.ts'), undefined);
  });

  it('never runs when its arguments are not complete', async () => {
    const { call, person } = workbench({});
    const whole = '{"path":"a.ts","content":"{\\"a\\":1}"}';
    for (let length = 0; length < whole.length; length += 1) assert.equal((await call(createFile, whole.slice(0, length))).status, 'refused');
    assert.deepEqual(person.proposals, []);
  });
});
