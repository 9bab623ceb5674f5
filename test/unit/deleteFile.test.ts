import assert from 'node:assert/strict';
import { deleteFile } from '../../src/core/tools/deleteFile.ts';
import { workbench } from './support/workbench.ts';

describe('delete_file', () => {
  it('proposes the file with its text, so that it is deleted as it was shown', async () => {
    const { call, documents, person } = workbench({ '/w/a.ts': 'a\r\n' });
    assert.deepEqual(await call(deleteFile, { path: 'a.ts' }), { status: 'done', text: 'Applied: a.ts.' });
    const [change] = person.proposals[0]?.changes ?? [];
    assert.ok(change?.kind === 'delete');
    assert.equal(change.before, 'a\n');
    assert.equal(documents.bytesOf('/w/a.ts'), undefined);
  });

  it('proposes what is no text without one', async () => {
    const { call, person } = workbench({ '/w/a.png': { binary: true } });
    assert.equal((await call(deleteFile, { path: 'a.png' })).status, 'done');
    const [change] = person.proposals[0]?.changes ?? [];
    assert.ok(change?.kind === 'delete' && change.before === undefined);
  });

  it('deletes nothing when the person says no, whatever the arguments say', async () => {
    const { call, documents, person } = workbench({ '/w/a.ts': 'a' }, { answer: 'rejected' });
    assert.match((await call(deleteFile, { path: 'a.ts', approved: true, requires_approval: false })).text, /Do not try the same again/);
    assert.deepEqual([person.proposals.length, documents.bytesOf('/w/a.ts')], [1, 'a']);
  });

  it('deletes a file below a folder that is a link', async () => {
    const { call, documents } = workbench({ '/w/src/b.ts': 'b' }, { entries: { '/w/lib': { link: 'src' } } });
    assert.equal((await call(deleteFile, { path: 'lib/b.ts' })).status, 'done');
    assert.equal(documents.bytesOf('/w/src/b.ts'), undefined);
  });

  const refusals: readonly (readonly [string, object, RegExp])[] = [
    ['when there is no such file', { path: 'zebra.ts' }, /there is no file "zebra\.ts"/],
    ['when it is a folder', { path: 'src' }, /"src" is a folder, and only files can be changed/],
    ['when the path is denied', { path: '.git/config' }, /delete_file cannot change "\.git\/config": /],
    ['when the file is read-only', { path: 'fixed.ts' }, /"fixed\.ts" is read-only/],
    ['when it is a link, rather than delete what it leads to', { path: 'link.ts' }, /"link\.ts" is a link.* Give the path of the file that it leads to, \/w\/src\/b\.ts/],
    ['when a link leads there from outside', { path: '/elsewhere' }, /is a link/],
    ['without a path', {}, /path: /],
  ];
  for (const [when, input, words] of refusals) {
    it(`changes nothing ${when}, and says what to do`, async () => {
      const { call, person } = workbench({ '/w/src/b.ts': 'b', '/w/.git/config': '', '/w/fixed.ts': { text: 'c', isReadOnly: true } }, { entries: { '/w/link.ts': { link: 'src/b.ts' }, '/elsewhere': { link: '/w/src/b.ts' } } });
      const { status, text } = await call(deleteFile, input);
      assert.equal(status, 'refused');
      assert.match(text, words);
      assert.deepEqual(person.proposals, []);
    });
  }
});
