import assert from 'node:assert/strict';
import { moveFile } from '../../src/core/tools/moveFile.ts';
import { workbench } from './support/workbench.ts';

/** How the two ends of what is proposed are guarded; undefined when nothing is. */
async function classes(path: string, newPath: string): Promise<unknown> {
  const { call, person } = workbench({ '/w/a.json': '{}', '/w/.env': 'KEY=1' }, { answer: 'rejected' });
  await call(moveFile, { path, new_path: newPath, approved: true });
  const [change] = person.proposals[0]?.changes ?? [];
  return change?.kind === 'move' ? [change.place.class, change.to.class] : undefined;
}

describe('move_file', () => {
  it('moves a file into folders that are not there yet, its bytes as they are', async () => {
    const { call, documents, person } = workbench({ '/w/a.ts': 'a\r\n' });
    assert.deepEqual(await call(moveFile, { path: 'a.ts', new_path: 'new/deep/b.ts' }), { status: 'done', text: 'Applied: a.ts.' });
    assert.deepEqual([documents.bytesOf('/w/a.ts'), documents.bytesOf('/w/new/deep/b.ts')], [undefined, 'a\r\n']);
    const [change] = person.proposals[0]?.changes ?? [];
    assert.ok(change?.kind === 'move');
    assert.deepEqual([change.place.canonical, change.to.canonical], ['/w/a.ts', '/w/new/deep/b.ts']);
  });

  it('moves what is no text too', async () => {
    const { call, person } = workbench({ '/w/a.png': { binary: true } });
    assert.equal((await call(moveFile, { path: 'a.png', new_path: 'b.png' })).status, 'done');
    assert.equal(person.proposals.length, 1);
  });

  it('proposes both ends as they are guarded, so that neither a secret nor a file that is obeyed goes unasked', async () => {
    assert.deepEqual(await classes('a.json', 'b.json'), ['inside', 'inside']);
    assert.deepEqual(await classes('a.json', '.vscode/settings.json'), ['inside', 'sensitive']);
    assert.deepEqual(await classes('.env', 'notes.txt'), ['sensitive', 'inside']);
    assert.deepEqual(await classes('a.json', '/out/a.json'), ['inside', 'outside']);
  });

  it('moves a file below a folder that is a link', async () => {
    const { call, documents } = workbench({ '/w/src/b.ts': 'b' }, { entries: { '/w/lib': { link: 'src' } } });
    assert.deepEqual(await call(moveFile, { path: 'lib/b.ts', new_path: 'c.ts' }), { status: 'done', text: 'Applied: lib/b.ts.' });
    assert.deepEqual([documents.bytesOf('/w/src/b.ts'), documents.bytesOf('/w/c.ts')], [undefined, 'b']);
  });

  const refusals: readonly (readonly [string, object, RegExp])[] = [
    ['when a file is there', { path: 'a.ts', new_path: 'src/b.ts' }, /there is a file "src\/b\.ts" already, and it is not replaced\. Choose another path/],
    ['when the new path is a folder', { path: 'a.ts', new_path: 'src' }, /"src" is a folder\. Add the name of the file to new_path/],
    ['when it is there already', { path: 'a.ts', new_path: './src/../a.ts' }, /"a\.ts" is there already/],
    ['when there is no such file', { path: 'zebra.ts', new_path: 'c.ts' }, /there is no file "zebra\.ts"\. Look for its path with find_files/],
    ['when it is a folder', { path: 'src', new_path: 'lib' }, /"src" is a folder, and only files can be changed/],
    ['from a denied place', { path: '.git/config', new_path: 'c.ts' }, /move_file cannot change "\.git\/config": /],
    ['to a denied place', { path: 'a.ts', new_path: '.git/hooks/pre-commit' }, /move_file cannot change "\.git\/hooks\/pre-commit": /],
    ['without a new path', { path: 'a.ts' }, /new_path: /],
    ['when the file is read-only', { path: 'fixed.ts', new_path: 'c.ts' }, /"fixed\.ts" is read-only\. Tell the person/],
    ['when it is a link, rather than move what it leads to', { path: 'link.ts', new_path: 'c.ts' }, /"link\.ts" is a link.* Give the path of the file that it leads to, \/w\/a\.ts/],
    ['when a link is in the way', { path: 'src/b.ts', new_path: 'link.ts' }, /there is a file "link\.ts" already/],
  ];
  for (const [when, input, words] of refusals) {
    it(`changes nothing ${when}, and says what to do`, async () => {
      const { call, person, documents } = workbench({ '/w/a.ts': 'a', '/w/src/b.ts': 'b', '/w/.git/config': '', '/w/fixed.ts': { text: 'c', isReadOnly: true } }, { entries: { '/w/link.ts': { link: 'a.ts' } } });
      const { status, text } = await call(moveFile, input);
      assert.equal(status, 'refused');
      assert.match(text, words);
      assert.deepEqual([person.proposals, documents.applied], [[], []]);
    });
  }
});
