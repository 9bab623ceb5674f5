import * as vscode from 'vscode';
import { isLookalike, promptLimits, promptName, readPrompt, type OwnPrompt } from '../../core/context/ownPrompts.ts';
import type { PathGuard } from '../../core/guard/pathGuard.ts';
import { inOneLine } from '../../core/agent/explain.ts';
import type { Log, Workspace } from '../../core/ports.ts';
import { pathOf, uriOf } from '../addresses.ts';
import { absolutePath } from '../../core/tools/searchScope.ts';
import { platform } from '../platform/current.ts';

/** The prompts that a person keeps as Markdown files in a folder, and those of a trusted workspace. */
export interface Prompts {
  /** By name, the person's own before those of the workspace; read again when the last time is a moment ago. */
  list(): Promise<readonly OwnPrompt[]>;
  /** The person's own folder; it need not be there. */
  folder(): vscode.Uri;
}

/** Where a workspace keeps prompts for all who work in it. */
const workspaceFolder = '.rivulet/prompts';

/** Whether a file may be read, and how it is called where it comes with the workspace. */
interface Judged {
  readonly isAllowed: boolean;
  readonly source?: string;
}

type Judge = (file: vscode.Uri) => Promise<Judged>;

/** Milliseconds for which the list counts as new. */
const fresh = 2000;

export function createPrompts({ storage, workspace, guard, log }: { readonly storage: vscode.Uri; readonly workspace: Workspace; readonly guard: PathGuard; readonly log: Log }): Prompts {
  let last: { readonly at: number; readonly list: Promise<readonly OwnPrompt[]> } | undefined;

  function folder(): vscode.Uri {
    const set = vscode.workspace.getConfiguration('rivulet').get<unknown>('promptsFolder');
    const path = typeof set === 'string' ? set.trim().replace(/^~(?=$|[/\\])/, (tilde) => platform().home ?? tilde) : '';
    // A path that depends on where the editor was started is none.
    return platform().disk?.isAbsolute(path) === true ? vscode.Uri.file(path) : vscode.Uri.joinPath(storage, 'prompts');
  }

  async function read(): Promise<readonly OwnPrompt[]> {
    const found = new Map<string, OwnPrompt>();
    for (const prompt of [...(await promptsIn(folder(), async () => ({ isAllowed: true }))), ...(await ofWorkspace())]) {
      if (!found.has(prompt.name)) found.set(prompt.name, prompt);
    }
    return [...found.values()];
  }

  /** Only where the person trusts the workspace, and only ordinary files of it: no link leads elsewhere (docs/safety.md B15). */
  async function ofWorkspace(): Promise<readonly OwnPrompt[]> {
    if (!workspace.isTrusted()) return [];
    const all: OwnPrompt[] = [];
    for (const { path } of workspace.folders()) {
      const place = await guard.resolve(absolutePath(path, workspaceFolder), 'read');
      if (place.class !== 'inside' || place.kind !== 'directory') continue;
      const judge = async (file: vscode.Uri): Promise<Judged> => {
        const judged = await guard.resolve(pathOf(file), 'read');
        return judged.class === 'inside' && judged.kind === 'file' ? { isAllowed: true, source: inOneLine(judged.display) } : { isAllowed: false };
      };
      // A name that looks like that of another prompt or command is for the person alone to give.
      all.push(...(await promptsIn(uriOf(place.canonical), judge)).filter(({ name }) => !isLookalike(name)));
    }
    return all;
  }

  async function promptsIn(uri: vscode.Uri, judge: Judge): Promise<readonly OwnPrompt[]> {
    const entries = await vscode.workspace.fs.readDirectory(uri).then((list) => list, () => []);
    const names = entries.flatMap(([file, type]) => (promptName(file) !== undefined && (type & vscode.FileType.Directory) === 0 ? [file] : [])).toSorted().slice(0, promptLimits.files);
    const prompts = await Promise.all(names.map(async (file) => readFile(vscode.Uri.joinPath(uri, file), file, judge)));
    return prompts.flatMap((prompt) => prompt ?? []);
  }

  async function readFile(uri: vscode.Uri, file: string, judge: Judge): Promise<OwnPrompt | undefined> {
    try {
      const { isAllowed, source } = await judge(uri);
      if (!isAllowed || (await vscode.workspace.fs.stat(uri)).size > promptLimits.bytes) return undefined;
      return readPrompt(promptName(file) ?? '', new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)), source);
    } catch (error) {
      log.warn(`A prompt could not be read: ${String(error)}`);
      return undefined;
    }
  }

  return {
    folder,
    async list() {
      if (last === undefined || performance.now() - last.at > fresh) last = { at: performance.now(), list: read() };
      return last.list;
    },
  };
}
