import assert from 'node:assert/strict';
import type { ChangedFile, Repository, SourceControl } from '../../src/core/editor/sourceControl.ts';
import { getChanges } from '../../src/core/tools/getChanges.ts';
import type { ToolResult } from '../../src/core/tools/tool.ts';
import { callTool, scriptedPerson } from './support/languageCall.ts';

function file(path: string, status = 'modified', more: Partial<ChangedFile> = {}): ChangedFile {
  return { path, status, isStaged: false, isUnstaged: true, ...more };
}

const files = [file('/w/.env'), file('/w/a.ts'), file('/w/b.ts', 'added', { isStaged: true, isUnstaged: false }), file('/w/c.ts', 'modified', { isStaged: true }), file('/w/new.ts', 'untracked')];
const repository: Repository = { root: '/w', branch: 'main', hasCommit: true, files };

/** Git that has one repository; every diff says what was compared. */
function git(given: Partial<Repository> | string = {}, diffOf = (path: string, comparison: string): string => `--- ${path} ${comparison}\n+line\n`): SourceControl & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    repositories: async () => (typeof given === 'string' ? given : [{ ...repository, ...given }]),
    async diff(_, { path }, comparison) {
      asked.push(path);
      return diffOf(path, comparison);
    },
  };
}

async function changes(input: object, sourceControl: SourceControl = git(), person = scriptedPerson()): Promise<ToolResult> {
  return callTool(getChanges, input, { sourceControl, person });
}

describe('get_changes', () => {
  it('lists the changed files and shows the diffs of ordinary ones', async () => {
    const sourceControl = git();
    const { text } = await changes({}, sourceControl);
    assert.match(text, /^Changed files of w \(branch main\) /);
    assert.match(text, /\nmodified \.env \(diff not shown: not an ordinary file of the workspace\)\nmodified a\.ts\nadded \(staged\) b\.ts\nmodified \(partly staged\) c\.ts\nuntracked new\.ts\n/);
    assert.match(text, /\n--- \/w\/a\.ts head-to-disk\n\+line\n--- \/w\/b\.ts/);
    assert.deepEqual(sourceControl.asked, ['/w/a.ts', '/w/b.ts', '/w/c.ts']);
  });

  it('compares what is staged, or what is not', async () => {
    const [staged, unstaged] = [git(), git()];
    assert.match((await changes({ compare: 'staged' }, staged)).text, /c\.ts head-to-staged/);
    assert.deepEqual(staged.asked, ['/w/b.ts', '/w/c.ts']);
    assert.match((await changes({ compare: 'unstaged' }, unstaged)).text, /c\.ts staged-to-disk/);
    assert.deepEqual(unstaged.asked, ['/w/a.ts', '/w/c.ts']);
  });

  it('shows one file, and asks first when that is a secret', async () => {
    assert.match((await changes({ path: 'a.ts' })).text, /^Changes of a\.ts [^]*--- \/w\/a\.ts head-to-disk/);
    const person = scriptedPerson();
    const refused = git();
    assert.equal((await changes({ path: '.env' }, refused, person)).status, 'refused');
    assert.deepEqual([refused.asked, person.questions.length], [[], 1]);
    assert.match((await changes({ path: '.env' }, git(), scriptedPerson({ allows: true }))).text, /--- \/w\/\.env/);
  });

  for (const name of ['?env', '[.]env', '*', ':!x', ':(glob)a.ts', 'src/*.ts', 'a\\b.ts']) {
    it(`asks Git for no diff of a name that is a pattern to it: ${name} (B26)`, async () => {
      const [all, one] = [git({ files: [file(`/w/${name}`), file('/w/a.ts')] }), git({ files: [file(`/w/${name}`)] })];
      const { text } = await changes({}, all);
      assert.match(text, /its name for a pattern/);
      assert.deepEqual(all.asked, ['/w/a.ts']);
      await changes({ path: name }, one);
      assert.deepEqual(one.asked, []);
    });
  }

  it('shows no answer of Git that is about more than the file (B26)', async () => {
    const two = 'diff --git a/a.ts b/a.ts\n+one\ndiff --git a/.env b/.env\n+KEY=sk-CANARY\n';
    assert.doesNotMatch((await changes({}, git({ files: [file('/w/a.ts')] }, () => two))).text, /CANARY/);
    assert.doesNotMatch((await changes({ path: 'a.ts' }, git({ files: [file('/w/a.ts')] }, () => two))).text, /CANARY/);
  });

  it('says of a file that it has no changes, is untracked, is missing or is denied', async () => {
    assert.equal((await changes({ path: 'd.ts' })).text, 'd.ts has no changes since the last commit.');
    assert.match((await changes({ path: 'new.ts' })).text, /untracked.*read_file/);
    assert.match((await changes({ path: 'gone.ts' })).text, /there is no file/);
    assert.match((await changes({ path: '.git/config' })).text, /it is not for you/);
    assert.match((await changes({ path: 'gone.ts' }, git({ files: [file('/w/gone.ts', 'deleted')] }))).text, /--- \/w\/gone\.ts/);
    assert.match((await changes({ path: 'a.ts' }, git({}, () => ''))).text, /the same in both/);
  });

  it('leaves out a diff that is too long, shows others, and says how to get it', async () => {
    const { text } = await changes({}, git({}, (path) => (path === '/w/a.ts' ? 'x'.repeat(60_000) : `+${path}\n`)));
    assert.match(text, /Not shown, because it would be too long: a\.ts\. Call again with the path of one of them/);
    assert.match(text, /\n\+\/w\/b\.ts\n/);
    assert.match((await changes({ path: 'a.ts' }, git({}, () => 'x'.repeat(60_000)))).text, /Only 49152 of 60000 characters are shown/);
  });

  it('shows no more than fits, hidden characters written out, and the first of those that fit', async () => {
    const names = Array.from({ length: 8 }, (_, index) => file(`/w/f${index}.ts`));
    const shownBy = async (diff: string): Promise<readonly [length: number, files: number]> => {
      const { text } = await changes({}, git({ files: names }, () => `${diff}\n`));
      return [text.length, text.split('+start').length - 1];
    };
    for (const diff of [`+start${'x'.repeat(10_000)}`, `+start${'\u200b'.repeat(1250)}`]) {
      const [length, shown] = await shownBy(diff);
      assert.equal(shown, 4);
      assert.ok(length < 49_152 + 1500, String(length));
    }
    const one = await changes({ path: 'a.ts' }, git({}, () => '\u200b'.repeat(49_152)));
    assert.ok(one.text.length < 50_000, String(one.text.length));
    assert.match(one.text, /Only 49152 of 393216 characters are shown/);
  });

  it('makes no diffs that it cannot show, but for a few', async () => {
    const sourceControl = git({ files: Array.from({ length: 250 }, (_, index) => file(`/w/f${index}.ts`)) }, () => 'x'.repeat(60_000));
    assert.match((await changes({}, sourceControl)).text, /f0\.ts, .* and 230 more/);
    assert.equal(sourceControl.asked.length, 5);
  });

  it('cuts a list of files that is too long, and says how many more there are', async () => {
    const { text } = await changes({}, git({ files: Array.from({ length: 310 }, (_, index) => file(`/w/${'x'.repeat(200)}${index}.ts`, 'untracked')) }));
    assert.ok(text.length < 34_000, String(text.length));
    assert.match(text, /\nand 1\d\d more files\n/);
    assert.match((await changes({}, git({ files: Array.from({ length: 310 }, (_, index) => file(`/w/${index}.ts`, 'untracked')) }))).text, /\nand 10 more files\n/);
  });

  it('is honest without Git, without changes and without a commit', async () => {
    assert.match((await changes({}, git('no folder of this window is a Git repository.'))).text, /^get_changes was not run: no folder/);
    assert.equal((await changes({}, git({ files: [] }))).text, 'Nothing has changed in w (branch main).');
    const first = git({ hasCommit: false, branch: undefined });
    assert.match((await changes({}, first)).text, /no branch checked out[^]*There is no commit yet/);
    assert.deepEqual(first.asked, []);
    assert.match((await changes({ path: 'a.ts' }, first)).text, /there is none yet/);
  });
});
