import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { abortable } from '../../src/core/abortable.ts';
import type { Person } from '../../src/core/agent/person.ts';
import { createViewStore, initialState } from '../../src/core/chat/viewStore.ts';
import type { FileChange } from '../../src/core/edits/change.ts';
import type { Documents } from '../../src/core/editor/documents.ts';
import { createReviews } from '../../src/core/reviews/createReviews.ts';
import { createPathGuard } from '../../src/core/guard/pathGuard.ts';
import { renameSymbol } from '../../src/core/tools/renameSymbol.ts';
import type { ToolContext } from '../../src/core/tools/tool.ts';
import { documents } from '../../src/host/documents.ts';
import { files } from '../../src/host/files.ts';
import { prepareChanges } from '../../src/host/prepareChanges.ts';
import { languages } from '../../src/host/languages/languages.ts';
import { workspace } from '../../src/host/workspace.ts';
import { measuring, type Row } from './eventLoop.ts';

const rows: Row[] = [];
const count = Number(process.env['RIVULET_FILES']);
/** Written after each row: a run that is broken off has shown something. */
const { measure } = measuring((row) => {
  rows.push(row);
  console.log(JSON.stringify(row));
  writeFileSync(process.env['RIVULET_RESULTS'] ?? '', `${JSON.stringify(rows, undefined, 2)}\n`);
});

/** What a run of the extension host is for: `test-electron` calls it. */
export async function run(): Promise<void> {
  await vscode.workspace.getConfiguration('files').update('autoSave', 'off', vscode.ConfigurationTarget.Workspace);
  vscode.languages.registerRenameProvider({ pattern: '**/*.words' }, words);
  await sleep(8000);
  await measure('nothing, for two seconds', async () => sleep(2000));
  const only = process.env['RIVULET_ONLY']?.split(',') ?? [];
  if (only.includes('own provider')) await scenario('own provider', { path: 'words/page0.words', line: 1, symbol: 'total' });
  if (!only.includes('TypeScript')) return;
  await warmUp();
  await scenario('TypeScript', { path: 'ts/total.ts', line: 1, symbol: 'total' });
}

/** Renames the word at every place of all files, as they lie on the disk. */
const words: vscode.RenameProvider = {
  provideRenameEdits(_document, _position, newName) {
    const edit = new vscode.WorkspaceEdit();
    const root = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file('/');
    const places = [[0, 0], [57, 0], [58, 0], [58, 10]] as const;
    for (let index = 0; index < count; index += 1) {
      edit.set(vscode.Uri.joinPath(root, 'words', `page${index}.words`), places.map(([line, column]) => vscode.TextEdit.replace(new vscode.Range(line, column, line, column + 5), newName)));
    }
    return edit;
  },
};

interface Named {
  readonly path: string;
  readonly line: number;
  readonly symbol: string;
}

async function scenario(title: string, input: Named): Promise<void> {
  for (const after of [20, 100, 400, 1000]) {
    await measure(`${title}: stopped after ${after} ms`, async () => {
      const controller = new AbortController();
      const called = rename(input, names.ours, controller.signal, undecided);
      let stoppedAt = 0;
      void sleep(after).then(() => {
        stoppedAt = performance.now();
        controller.abort(new Error('stopped'));
      });
      const error: unknown = await called.then(() => undefined, (reason: unknown) => reason);
      if (!controller.signal.aborted || error !== controller.signal.reason) throw new Error(`${title}: it ended before it was stopped: ${String(error)}`);
      return { stoppedWithinMs: performance.now() - stoppedAt };
    });
    await sleep(1500);
  }
  let proposed = 0;
  let changes: readonly FileChange[] = [];
  const controller = new AbortController();
  await measure(`${title}: call to proposal`, async () => {
    const answer = await rename(input, names.ours, controller.signal, (person) => ({
      ...person,
      async review({ changes: some }) {
        changes = some;
        proposed = changes.length;
        return { decision: 'rejected', problem: undefined, files: [] };
      },
    }));
    if (answer.status !== 'refused') throw new Error(answer.text);
    return { files: proposed };
  });
  if (proposed !== count) throw new Error(`${title}: ${proposed} of ${count} files were proposed.`);
  await sleep(1500);
  await measure(`${title}: every text looked at again before it is changed`, async () => void (await prepareChanges(changes, controller.signal)));
  await sleep(1500);
  const uri = vscode.Uri.file(join(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '', input.path));
  await alone(title, uri, input.symbol, 'before ours');
  await sleep(3000);
  const applied = Promise.withResolvers<void>();
  const observed: Documents = { ...documents, apply: async (some, signal) => documents.apply(some, signal).finally(applied.resolve) };
  const answer = rename({ ...input, symbol: names.theirs }, names.ours, controller.signal, undefined, observed);
  await measure(`${title}: call to applied edit, by VS Code`, async () => applied.promise);
  await measure(`${title}: every text looked at after it was saved`, async () => {
    const { status, text } = await answer;
    if (status !== 'done') throw new Error(text);
    return { files: proposed };
  });
  if (!(await textAt(uri)).includes(names.ours)) throw new Error(`${title}: the file does not have the new name.`);
  await sleep(3000);
  await alone(title, uri, names.ours, 'after ours');
}

/** The yardstick: what the editor and its other extensions do by themselves when such an edit is applied and saved. */
async function alone(title: string, uri: vscode.Uri, symbol: string, when: string): Promise<void> {
  const position = new vscode.Position(0, (await textAt(uri)).indexOf(symbol));
  await measure(`${title}: VS Code alone, ${when}`, async () => {
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>('vscode.executeDocumentRenameProvider', uri, position, names.theirs);
    if (!(await vscode.workspace.applyEdit(edit, { isRefactoring: true }))) throw new Error(`${title}: it was not applied.`);
    return { files: edit.entries().length };
  });
}

async function textAt(uri: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

/** As long as the name that they replace, for the places of the bench's own provider are fixed. */
const names = { ours: 'whole', theirs: 'again' } as const;

/** Calls the tool as a turn does, with a person who accepts everything at once, unless they are another. */
async function rename(input: Named, newName: string, signal: AbortSignal, other = (person: Person): Person => person, texts = documents): ReturnType<ReturnType<typeof checked>['run']> {
  const log = { info: () => undefined, warn: (line: string) => console.warn(line), error: (line: string) => console.error(line) };
  const store = createViewStore(initialState({ service: 'x', serviceLabel: 'X', model: 'x', readiness: 'ready', hasKeyPage: false, notice: undefined, tools: 'on' }), () => undefined);
  store.publish({ type: 'turn-added', turn: { id: 'turn', question: { text: '', attachments: [] }, items: [], outcome: 'running', usage: undefined } });
  const reviews = createReviews({ store, documents: texts, files, log, confirm: async () => true });
  reviews.onDidChange(() => {
    for (const { token } of reviews.pending()) void reviews.decide({ token, decision: 'accept' });
  });
  const context: ToolContext = { workspace, files, guard: createPathGuard(workspace, files), person: other(reviews.forTurn('turn')), documents: texts, languages, signal };
  return abortable(async () => checked({ ...input, new_name: newName }).run(context), signal);
}

/** One whose answer never comes: a stop has to end it. */
function undecided(person: Person): Person {
  return { ...person, review: async (_, signal) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))) };
}

function checked(input: object): Extract<ReturnType<typeof renameSymbol.check>, { readonly run: unknown }> {
  const call = renameSymbol.check(JSON.stringify(input));
  if (!('run' in call)) throw new Error(call.text);
  return call;
}

/** The first question to TypeScript loads the project, which is its own work and not measured. */
async function warmUp(): Promise<void> {
  const path = join(vscode.workspace.workspaceFolders?.[0]?.uri.path ?? '', 'ts/total.ts');
  for (let tries = 0; tries < 60; tries += 1) {
    if ((await languages.references(path, { line: 1, column: 17 }, new AbortController().signal)).length > count) return;
    await sleep(500);
  }
  throw new Error('TypeScript does not know the project.');
}
