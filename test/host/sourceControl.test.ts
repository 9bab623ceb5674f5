import assert from 'node:assert/strict';
import { sourceControl } from '../../src/host/sourceControl.ts';
import { answers, called, reset } from './fakeVscode.ts';
import { EventEmitter, registered, Uri } from './fakeTypes.ts';

const { signal } = new AbortController();
const change = (path: string, status: number): object => ({ uri: Uri.file(path), status });
const none = { mergeChanges: [], indexChanges: [], workingTreeChanges: [], HEAD: { name: 'main', commit: 'abc' } };

function repository(state: object, asked: string[] = []): object {
  return {
    rootUri: Uri.file('/w'),
    state: { ...none, ...state },
    status: async () => void asked.push('status'),
    diffWith: async (ref: string, path: string) => `${ref} ${path}`,
    diffWithHEAD: async (path: string) => `index ${path}`,
    diffIndexWithHEAD: async (path: string) => `staged ${path}`,
  };
}

/** The Git extension, as often as it is looked for. */
function git(api: object, more: object = {}): void {
  const extension = { isActive: true, exports: { enabled: true, getAPI: () => api, ...more } };
  answers.set('getExtension', Array.from({ length: 10 }, () => extension));
}

async function problem(): Promise<string> {
  const found = await sourceControl.repositories(signal);
  return typeof found === 'string' ? found : `${found.length} repositories`;
}

describe('Version control by the Git extension', () => {
  beforeEach(reset);

  it('says which files changed, how, and what of them is staged', async () => {
    const asked: string[] = [];
    git({ repositories: [repository({ indexChanges: [change('/w/b.ts', 0), change('/w/c.ts', 1)], workingTreeChanges: [change('/w/b.ts', 5), change('/w/a.ts', 7)], mergeChanges: [change('/w/d.ts', 16)], untrackedChanges: [change('/w/e.ts', 7)] }, asked)] });
    assert.deepEqual(await sourceControl.repositories(signal), [
      {
        root: '/w',
        branch: 'main',
        hasCommit: true,
        files: [
          { path: '/w/a.ts', status: 'untracked', isStaged: false, isUnstaged: true },
          { path: '/w/b.ts', status: 'modified', isStaged: true, isUnstaged: true },
          { path: '/w/c.ts', status: 'added', isStaged: true, isUnstaged: false },
          { path: '/w/d.ts', status: 'conflicting', isStaged: false, isUnstaged: true },
          { path: '/w/e.ts', status: 'untracked', isStaged: false, isUnstaged: true },
        ],
      },
    ]);
    assert.deepEqual(asked, ['status']);
  });

  it('compares the states that it was asked to', async () => {
    git({ repositories: [repository({})] });
    const found = await sourceControl.repositories(signal);
    assert.ok(typeof found !== 'string' && found[0] !== undefined);
    const file = { path: '/w/a.ts', status: 'modified', isStaged: true, isUnstaged: true };
    const diffs = [];
    for (const comparison of ['head-to-disk', 'staged-to-disk', 'head-to-staged'] as const) diffs.push(await sourceControl.diff(found[0], file, comparison, signal));
    assert.deepEqual(diffs, ['HEAD /w/a.ts', 'index /w/a.ts', 'staged /w/a.ts']);
    await assert.rejects(sourceControl.diff({ ...found[0], root: '/closed' }, file, 'head-to-disk', signal), /not open any more/);
  });

  it('is honest when the extension is missing, switched off or has no repository', async () => {
    assert.match(await problem(), /is not there or is disabled/);
    assert.deepEqual(called('getExtension'), [['vscode.git']]);
    git({ repositories: [] }, { enabled: false });
    assert.match(await problem(), /switched off/);
    git({ repositories: [] });
    assert.match(await problem(), /no folder of this window is a Git repository/);
  });

  it('waits until the extension has looked round, and no longer than the turn lasts', async () => {
    const state = new EventEmitter('onDidChangeState');
    const api = { state: 'uninitialized', onDidChangeState: state.event, repositories: [] as object[] };
    git(api);
    const waiting = sourceControl.repositories(signal);
    await new Promise((resolve) => setImmediate(resolve));
    api.repositories.push(repository({}));
    state.fire('initialized');
    const found = await waiting;
    assert.ok(typeof found !== 'string');
    assert.equal(found.length, 1);
    const controller = new AbortController();
    const stopped = sourceControl.repositories(controller.signal);
    await new Promise((resolve) => setImmediate(resolve));
    assert.ok(registered.has('onDidChangeState'));
    controller.abort(new Error('stopped'));
    await assert.rejects(stopped, /stopped/);
    await new Promise((resolve) => setImmediate(resolve));
    assert.ok(!registered.has('onDidChangeState'), 'it listens for ever');
  });
});
