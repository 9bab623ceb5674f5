import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { registerCodeActions } from '../../src/host/codeActions.ts';
import { answers, called, CodeActionKind, Range, reset, workspace } from './fakeVscode.ts';
import { fakeDocument, type FakeDocument } from './reviewFakes.ts';

const code = ['class Tide {', '  high() {', '    return 1;', '  }', '}'].join('\n');
const at = (line: number, kind: number, children: readonly unknown[] = []): unknown => ({ name: 'x', kind, range: new Range(line, 0, 4, 1), selectionRange: new Range(line, 6, line, 7), children });
const symbols = [at(0, 4, [at(1, 5), at(2, 12)])];

async function actions(document: FakeDocument, range: Range, context: { readonly diagnostics?: readonly unknown[]; readonly only?: CodeActionKind } = {}): Promise<readonly vscode.CodeAction[]> {
  const provider = called('registerCodeActionsProvider')[0]?.[1] as vscode.CodeActionProvider;
  return (await provider.provideCodeActions(document as never, range as never, { diagnostics: [], only: undefined, ...context } as never, { isCancellationRequested: false } as never)) as vscode.CodeAction[];
}

const titles = (found: readonly vscode.CodeAction[]): readonly string[] => found.map(({ title }) => title);

describe('the lightbulb', () => {
  beforeEach(() => {
    reset();
    registerCodeActions();
    answers.set('executeCommand', [() => symbols]);
  });

  const all = ['Rivulet: Explain', 'Rivulet: Document', 'Rivulet: Write Tests', 'Rivulet: Refactor…'];

  it('offers everything for a selection, in files, untitled documents and cells', async () => {
    const found = await actions(fakeDocument('/w/a.ts', code), new Range(2, 0, 2, 5));
    assert.deepEqual(titles(found), all);
    assert.deepEqual(found.map(({ command }) => command?.command), ['rivulet.explainSelection', 'rivulet.documentSelection', 'rivulet.writeTests', 'rivulet.refactorSelection']);
    const [selector = []] = called('registerCodeActionsProvider')[0] ?? [];
    assert.deepEqual((selector as { scheme: string }[]).map(({ scheme }) => scheme), ['file', 'untitled', 'vscode-notebook-cell']);
    assert.deepEqual(called('executeCommand'), []);
  });

  it('offers it without a selection only where a class or a function begins, and asks for symbols once', async () => {
    const document = fakeDocument('/w/b.ts', code);
    const found = await Promise.all([0, 1, 2, 3].map(async (line) => titles(await actions(document, new Range(line, 3, line, 3)))));
    assert.deepEqual(found, [all, all, [], []]);
    assert.equal(called('executeCommand').length, 1);
    document.become(`\n${code}`);
    answers.set('executeCommand', [() => []]);
    assert.deepEqual(await actions(document, new Range(0, 3, 0, 3)), []);
  });

  it('asks a language server again that knew of no symbols when it was still starting', async () => {
    const document = fakeDocument('/w/starting.ts', code);
    answers.set('executeCommand', [() => [], () => symbols]);
    assert.deepEqual(await actions(document, new Range(0, 3, 0, 3)), []);
    assert.deepEqual(titles(await actions(document, new Range(0, 3, 0, 3))), all);
  });

  it('offers to fix a problem, by its place', async () => {
    const problem = { range: new Range(2, 4, 2, 10), message: 'wrong' };
    const document = fakeDocument('/w/c.ts', code);
    const [fix, ...others] = await actions(document, new Range(2, 5, 2, 5), { diagnostics: [problem] });
    assert.deepEqual([fix?.title, fix?.kind?.value, fix?.command?.command, fix?.command?.arguments], ['Rivulet: Fix', 'quickfix', 'rivulet.fixProblem', [document.uri.toString(), 2, 4, 2, 10]]);
    assert.deepEqual(fix?.diagnostics, [problem]);
    assert.deepEqual(others, []);
  });

  it('offers only the kind that is asked for', async () => {
    const document = fakeDocument('/w/d.ts', code);
    const diagnostics = [{ range: new Range(2, 0, 2, 1), message: 'wrong' }];
    assert.deepEqual(titles(await actions(document, new Range(2, 0, 2, 5), { diagnostics, only: new CodeActionKind('quickfix') })), ['Rivulet: Fix']);
    assert.deepEqual(titles(await actions(document, new Range(2, 0, 2, 5), { diagnostics, only: new CodeActionKind('refactor') })), all.slice(1));
    assert.deepEqual(titles(await actions(document, new Range(2, 0, 2, 5), { diagnostics, only: new CodeActionKind('source.organizeImports') })), []);
  });

  it('only explains in a window that is not trusted', async () => {
    workspace.isTrusted = false;
    assert.deepEqual(titles(await actions(fakeDocument('/w/e.ts', code), new Range(2, 0, 2, 5), { diagnostics: [{ range: new Range(2, 0, 2, 1), message: 'wrong' }] })), ['Rivulet: Explain']);
  });
});
