import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { getChanges } from '../../src/core/tools/getChanges.ts';
import type { ToolResult } from '../../src/core/tools/tool.ts';
import { documents } from '../../src/host/documents.ts';
import { files } from '../../src/host/files.ts';
import { sourceControl } from '../../src/host/sourceControl.ts';
import { workspace } from '../../src/host/workspace.ts';
import { toolContext } from '../unit/support/toolContext.ts';
import { git, hasGit } from './git.ts';

const folder = (): string => join(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '', 'accounts');

async function changes(input: object = {}): Promise<ToolResult> {
  const checked = getChanges.check(JSON.stringify(input));
  return 'run' in checked ? checked.run(toolContext({ workspace, files, documents, sourceControl })) : checked;
}

interface GitApi {
  openRepository(root: vscode.Uri): Promise<unknown>;
}

describe("What VS Code's own Git extension knows", function () {
  this.timeout(60_000);

  it('says that there is no repository, before there is one', async function () {
    if (!hasGit()) this.skip();
    const result = await changes();
    assert.equal(result.status, 'refused');
    assert.match(result.text, /no folder of this window is a Git repository/);
  });

  describe('with a repository', () => {
    // The folder stays: Git's extension would go on asking about it.
    before(async function () {
      if (!hasGit()) return this.skip();
      mkdirSync(folder(), { recursive: true });
      git(folder(), 'init');
      await writeFile(join(folder(), 'kept.txt'), 'the same\n');
      await writeFile(join(folder(), 'changed.txt'), 'one\ntwo\nthree\n');
      await writeFile(join(folder(), '.env'), 'KEY=old-secret\n');
      await writeFile(join(folder(), 'gone.txt'), 'soon deleted\n');
      git(folder(), 'add', '.');
      git(folder(), 'commit', '-m', 'First');
      const extension = vscode.extensions.getExtension<{ getAPI(version: 1): GitApi }>('vscode.git');
      await (await extension?.activate())?.getAPI(1).openRepository(vscode.Uri.file(folder()));
    });

    it('says that nothing has changed', async () => {
      assert.equal((await changes()).text, 'Nothing has changed in accounts (branch main).');
    });

    it('shows what has changed, what is staged and what is new, and no secret', async () => {
      await writeFile(join(folder(), 'changed.txt'), 'one\nTWO\nthree\n');
      git(folder(), 'add', 'changed.txt');
      await writeFile(join(folder(), 'changed.txt'), 'one\nTWO\nTHREE\n');
      await writeFile(join(folder(), '.env'), 'KEY=new-secret\n');
      await writeFile(join(folder(), 'new.txt'), 'new\n');
      await rm(join(folder(), 'gone.txt'));
      const { text } = await changes();
      assert.match(text, /^Changed files of accounts \(branch main\) /);
      assert.match(text, /\nmodified accounts\/\.env \(diff not shown: not an ordinary file of the workspace\)\nmodified \(partly staged\) accounts\/changed\.txt\ndeleted accounts\/gone\.txt\nuntracked accounts\/new\.txt\n/);
      assert.match(text, /-two\n-three\n\+TWO\n\+THREE\n/);
      assert.match(text, /-soon deleted/);
      assert.doesNotMatch(text, /secret/);
    });

    it('compares one file with what is staged, and what is staged with the last commit', async () => {
      const unstaged = await changes({ path: 'accounts/changed.txt', compare: 'unstaged' });
      assert.match(unstaged.text, /\n-three\n\+THREE\n/);
      assert.doesNotMatch(unstaged.text, /\+TWO/);
      assert.match((await changes({ path: 'accounts/changed.txt', compare: 'staged' })).text, /\n-two\n\+TWO\n three\n/);
      assert.equal((await changes({ path: 'accounts/kept.txt' })).text, 'accounts/kept.txt has no changes since the last commit.');
      assert.equal((await changes({ path: 'accounts/.env' })).status, 'refused');
    });
  });
});
