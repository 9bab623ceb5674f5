import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { applyCodeAction } from '../../src/core/tools/applyCodeAction.ts';
import { documentSymbols } from '../../src/core/tools/documentSymbols.ts';
import { findDefinition } from '../../src/core/tools/findDefinition.ts';
import { findReferences } from '../../src/core/tools/findReferences.ts';
import { getDiagnostics } from '../../src/core/tools/getDiagnostics.ts';
import { getEditorState } from '../../src/core/tools/getEditorState.ts';
import { hover } from '../../src/core/tools/hover.ts';
import { renameSymbol } from '../../src/core/tools/renameSymbol.ts';
import type { Tool, ToolResult } from '../../src/core/tools/tool.ts';
import { workspaceSymbols } from '../../src/core/tools/workspaceSymbols.ts';
import type { Proposal } from '../../src/core/edits/change.ts';
import { documents } from '../../src/host/documents.ts';
import { editorWindow } from '../../src/host/editorWindow.ts';
import { files } from '../../src/host/files.ts';
import { languages } from '../../src/host/languages/languages.ts';
import { workspace } from '../../src/host/workspace.ts';
import { toolContext } from '../unit/support/toolContext.ts';

const folder = (): string => join(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '', 'bills');
const uri = (path: string): vscode.Uri => vscode.Uri.file(join(folder(), path));

const project = {
  'tsconfig.json': '{ "compilerOptions": { "strict": true, "target": "es2022", "module": "es2022", "moduleResolution": "bundler" }, "include": ["src"] }\n',
  'src/sum.ts': '/** Adds what a customer pays. */\nexport function total(prices: readonly number[]): number {\n  let result = 0;\n  for (const price of prices) result += price;\n  return result;\n}\n',
  'src/bill.ts': "import { total } from './sum';\r\n\r\nexport class Bill {\r\n  readonly prices: number[] = [];\r\n  print(): string {\r\n    return `To pay: ${total(this.prices)}`;\r\n  }\r\n}\r\n",
  'src/wrong.ts': "export const wrong: number = 'text';\nexport const found = total([1]);\n",
  'src/loop.ts': 'export function draw(words: string[]): string {\n  let all = "";\n  for (const word of words) {\n    all += word;\n  }\n  return all;\n}\n',
};

/** Agrees to whatever is proposed, which is applied as the product would. */
function agreeing(proposals: Proposal[] = []): Parameters<typeof toolContext>[0] & object {
  const person = {
    allows: async () => true,
    async review(proposal: Proposal, signal: AbortSignal) {
      proposals.push(proposal);
      await documents.apply(proposal.changes, signal);
      return { decision: 'accepted' as const, problem: undefined, files: proposal.changes.map(({ place }) => ({ display: place.display, applied: 1, rejected: [] })) };
    },
  };
  return { workspace, files, documents, languages, editorWindow, person };
}

async function call(tool: Tool, input: object, options = agreeing()): Promise<ToolResult> {
  const checked = tool.check(JSON.stringify(input));
  return 'run' in checked ? checked.run(toolContext(options)) : checked;
}

/** Calls until the answer has it: a language server takes a while to start and to look at a new text. */
async function callUntil(tool: Tool, input: object, expected: RegExp): Promise<string> {
  let result = await call(tool, input);
  for (const end = Date.now() + 45_000; !expected.test(result.text) && Date.now() < end; result = await call(tool, input)) await new Promise((resolve) => setTimeout(resolve, 250));
  assert.match(result.text, expected);
  return result.text;
}

async function show(path: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(uri(path), { preview: false });
}

describe("What VS Code's own TypeScript extension knows", function () {
  this.timeout(60_000);

  before(async () => {
    // The workbench in a browser saves after a second by default, and unsaved texts are looked at here.
    await vscode.workspace.getConfiguration('files').update('autoSave', 'off', vscode.ConfigurationTarget.Workspace);
    for (const [path, text] of Object.entries(project)) {
      await mkdir(dirname(join(folder(), path)), { recursive: true });
      await writeFile(join(folder(), path), text);
    }
  });
  after(async () => {
    await vscode.workspace.getConfiguration('files').update('autoSave', undefined, vscode.ConfigurationTarget.Workspace);
    await rm(folder(), { recursive: true, force: true });
  });
  beforeEach(async () => void (await show('src/sum.ts')));
  afterEach(async () => {
    for (const path of Object.keys(project)) await writeFile(join(folder(), path), project[path as keyof typeof project]);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('outlines a file that is not open in an editor', async () => {
    const text = await callUntil(documentSymbols, { path: 'bills/src/bill.ts' }, /Bill/);
    assert.match(text, /\n3-8 class Bill\n(.*\n)* {2}5-7 method print/);
  });

  it('finds symbols of the workspace', async () => {
    await callUntil(workspaceSymbols, { query: 'Bill' }, /bills\/src\/bill\.ts:3: class Bill/);
  });

  it('finds a definition across files, and references with their lines', async () => {
    await callUntil(findDefinition, { path: 'bills/src/bill.ts', line: 6, symbol: 'total' }, /\nbills\/src\/sum\.ts:2:17: export function total\(/);
    const text = await callUntil(findReferences, { path: 'bills/src/sum.ts', line: 2, symbol: 'total' }, /bill\.ts:6:23/);
    assert.match(text, /bills\/src\/bill\.ts:1:10: import \{ total \} from '\.\/sum';\n/);
    assert.match(text, /bills\/src\/sum\.ts:2:17/);
  });

  it('names a definition in its own library without reading it', async () => {
    const text = await callUntil(findDefinition, { path: 'bills/src/bill.ts', line: 4, symbol: 'prices' }, /bill\.ts:4:12/);
    assert.doesNotMatch(text, /not shown/);
    // Not one that an editor shows already: that takes its time to see what is written beside it.
    await writeFile(join(folder(), 'src/list.ts'), 'export const list = [1].map(String);\n');
    const library = await callUntil(findDefinition, { path: 'bills/src/list.ts', line: 1, symbol: 'map' }, /lib\.es5\.d\.ts/);
    await rm(join(folder(), 'src/list.ts'));
    assert.match(library, /lib\.es5\.d\.ts:\d+:\d+ \(text not shown/);
    assert.doesNotMatch(library, /map<U>/);
  });

  it('describes a symbol', async () => {
    const text = await callUntil(hover, { path: 'bills/src/bill.ts', line: 6, symbol: 'total' }, /Adds what a customer pays/);
    assert.match(text, /total\(prices: readonly number\[\]\): number/);
  });

  it('reports problems of an open file with code and source', async () => {
    await show('src/wrong.ts');
    const text = await callUntil(getDiagnostics, { path: 'bills/src/wrong.ts' }, /2304/);
    assert.match(text, /error ts 2322: Type 'string' is not assignable to type 'number'\.\n {2}bills\/src\/wrong\.ts:1:14: export const wrong: number = 'text';/);
    assert.match((await call(getDiagnostics, {})).text, /wrong\.ts:2:22/);
    assert.match((await call(getDiagnostics, { path: 'bills/src/loop.ts' })).text, /not open in an editor/);
  });

  it('renames across two files, one of them with unsaved changes, whose text and line ends stay', async () => {
    const editor = await show('src/bill.ts');
    await editor.edit((change) => change.insert(new vscode.Position(0, 0), '// not saved\r\n'));
    const proposals: Proposal[] = [];
    await callUntil(findReferences, { path: 'bills/src/sum.ts', line: 2, symbol: 'total' }, /bill\.ts:7:23/);
    const result = await call(renameSymbol, { path: 'bills/src/sum.ts', line: 2, symbol: 'total', new_name: 'amount' }, agreeing(proposals));
    assert.equal(result.text, 'Applied: bills/src/sum.ts, bills/src/bill.ts.');
    assert.equal(proposals.length, 1);
    assert.equal(editor.document.getText(), `// not saved\r\n${project['src/bill.ts'].replaceAll('total', 'amount')}`);
    assert.ok(editor.document.isDirty);
    assert.equal((await vscode.workspace.openTextDocument(uri('src/sum.ts'))).getText(), project['src/sum.ts'].replace('function total', 'function amount'));
  });

  it('does not rename what is no symbol, and changes nothing then', async () => {
    const result = await call(renameSymbol, { path: 'bills/src/sum.ts', line: 1, symbol: 'customer', new_name: 'buyer' });
    assert.equal(result.status, 'refused');
    assert.match(result.text, /cannot rename this/);
  });

  it('lists a quick fix and applies it by its title', async () => {
    await show('src/wrong.ts');
    await callUntil(getDiagnostics, { path: 'bills/src/wrong.ts' }, /2304/);
    const place = { path: 'bills/src/wrong.ts', line: 2, symbol: 'total' };
    await callUntil(applyCodeAction, place, /\nAdd import from "\.\/sum" \[quickfix\]/);
    assert.doesNotMatch((await call(applyCodeAction, place)).text, /Rivulet/);
    const result = await call(applyCodeAction, { ...place, title: 'Add import from "./sum"' });
    assert.match(result.text, /^Applied: bills\/src\/wrong\.ts\./);
    assert.match((await vscode.workspace.openTextDocument(uri('src/wrong.ts'))).getText(), /^import \{ total \} from "\.\/sum";\n/);
  });

  it('extracts a function from several lines, and says that the command after it was not run', async () => {
    await show('src/loop.ts');
    const place = { path: 'bills/src/loop.ts', line: 3, end_line: 5 };
    await callUntil(applyCodeAction, place, /\nExtract to function in module scope \[refactor\.extract\.function/);
    const result = await call(applyCodeAction, { ...place, title: 'Extract to function in module scope' });
    assert.match(result.text, /^Applied: bills\/src\/loop\.ts\.\nThe command with which the action would go on/);
    assert.match((await vscode.workspace.openTextDocument(uri('src/loop.ts'))).getText(), /function newFunction\(/);
  });

  it('tells what is open, active and selected', async () => {
    const editor = await show('src/loop.ts');
    editor.selection = new vscode.Selection(0, 16, 0, 20);
    const { text } = await call(getEditorState, {});
    assert.match(text, /\nbills\/src\/sum\.ts\nbills\/src\/loop\.ts \(active\)\n/);
    assert.match(text, /Active: bills\/src\/loop\.ts, typescript, 8 lines\. Lines 1 to \d+ are on the screen\. Selected: line 1, column 17, to line 1, before column 21\./);
    assert.match(text, /\ndraw\n/);
  });
});
