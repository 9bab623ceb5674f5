import * as vscode from 'vscode';
import { abortable } from '../core/abortable.ts';
import type { ChangedFile, Comparison, Repository, SourceControl } from '../core/editor/sourceControl.ts';
import { pathOf } from './addresses.ts';

/** Milliseconds that Git is given to start, and for one question. */
const patience = { start: 10_000, question: 20_000 } as const;

/** As much of the Git extension's API, version 1, as is used here. */
interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): { readonly state?: 'uninitialized' | 'initialized'; readonly onDidChangeState?: vscode.Event<unknown>; readonly repositories: readonly GitRepository[] };
}

interface GitRepository {
  readonly rootUri: vscode.Uri;
  /** Where the message of the next commit is written. */
  readonly inputBox: { value: string };
  readonly state: {
    readonly HEAD: { readonly name?: string; readonly commit?: string } | undefined;
    readonly mergeChanges: readonly GitChange[];
    readonly indexChanges: readonly GitChange[];
    readonly workingTreeChanges: readonly GitChange[];
    /** Only since 2024, and only filled when the person has untracked files listed apart. */
    readonly untrackedChanges?: readonly GitChange[];
  };
  status(): Promise<void>;
  diffWith(ref: string, path: string): Promise<string>;
  /** Despite its name, and as its own view has it: the working tree compared with the index. */
  diffWithHEAD(path: string): Promise<string>;
  diffIndexWithHEAD(path: string): Promise<string>;
}

interface GitChange {
  readonly uri: vscode.Uri;
  readonly status: number;
}

/** The extension's numbers for what happened to a file; the numbers behind them are conflicts. */
const statuses = ['modified', 'added', 'deleted', 'renamed', 'copied', 'modified', 'deleted', 'untracked', 'ignored', 'added', 'renamed', 'modified'];

/** Version control by VS Code's own Git extension. */
export const sourceControl: SourceControl = {
  async repositories(signal) {
    const found = await within(patience.start, signal, findGit);
    if (typeof found === 'string') return found;
    if (found.length === 0) return 'no folder of this window is a Git repository. There is nothing to compare with.';
    for (const repository of found) await within(patience.question, signal, async () => repository.status());
    return found.map(describe);
  },
  async diff({ root }, { path }, comparison, signal) {
    const found = await within(patience.start, signal, findGit);
    const repository = typeof found === 'string' ? undefined : found.find(({ rootUri }) => pathOf(rootUri) === root);
    if (repository === undefined) throw new Error('the repository is not open any more');
    return within(patience.question, signal, async () => ask(repository, vscode.Uri.file(path).fsPath, comparison));
  },
};

/** The box for the message of the next commit: of the repository in which something is staged, or else has changed; undefined when there is none. */
export async function commitBox(signal: AbortSignal): Promise<{ value: string } | undefined> {
  const found = await within(patience.start, signal, findGit);
  if (typeof found === 'string') return undefined;
  const described = found.map((repository) => ({ repository, files: describe(repository).files }));
  const chosen = described.find(({ files }) => files.some(({ isStaged }) => isStaged)) ?? described.find(({ files }) => files.length > 0);
  return chosen?.repository.inputBox;
}

/** Listens to Git until it has looked round, or the signal aborts. */
async function findGit(signal: AbortSignal): Promise<readonly GitRepository[] | string> {
  const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
  if (extension === undefined) return "VS Code's Git extension is not there or is disabled, so the changes are not known. Tell the person if they are needed.";
  const git = extension.isActive ? extension.exports : await extension.activate();
  if (!git.enabled) return 'Git is switched off in this window (setting git.enabled) or was not found. Tell the person if the changes are needed.';
  const api = git.getAPI(1);
  if (api.state === 'uninitialized') {
    const { promise, resolve } = Promise.withResolvers<void>();
    const listening = api.onDidChangeState?.(() => resolve());
    try {
      await abortable(async () => promise, signal);
    } finally {
      listening?.dispose();
    }
  }
  return api.repositories;
}

async function ask(repository: GitRepository, path: string, comparison: Comparison): Promise<string> {
  switch (comparison) {
    case 'head-to-disk':
      return repository.diffWith('HEAD', path);
    case 'staged-to-disk':
      return repository.diffWithHEAD(path);
    case 'head-to-staged':
      return repository.diffIndexWithHEAD(path);
  }
}

function describe({ rootUri, state }: GitRepository): Repository {
  const files = new Map<string, ChangedFile>();
  const add = ({ uri, status }: GitChange, stage: 'isStaged' | 'isUnstaged'): void => {
    const path = pathOf(uri);
    const known = files.get(path) ?? { path, status: statuses[status] ?? 'conflicting', isStaged: false, isUnstaged: false };
    files.set(path, { ...known, [stage]: true });
  };
  for (const change of state.mergeChanges) add({ uri: change.uri, status: statuses.length }, 'isUnstaged');
  for (const change of state.indexChanges) add(change, 'isStaged');
  for (const change of [...state.workingTreeChanges, ...(state.untrackedChanges ?? [])]) add(change, 'isUnstaged');
  return { root: pathOf(rootUri), branch: state.HEAD?.name, hasCommit: state.HEAD?.commit !== undefined, files: [...files.values()].sort((one, other) => (one.path < other.path ? -1 : 1)) };
}

async function within<Value>(milliseconds: number, signal: AbortSignal, action: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new Error(`Git has not answered within ${milliseconds / 1000} seconds`)), milliseconds);
  const either = AbortSignal.any([signal, late.signal]);
  try {
    return await abortable(async () => action(either), either);
  } finally {
    clearTimeout(timer);
  }
}
