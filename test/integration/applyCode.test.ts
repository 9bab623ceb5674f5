import assert from 'node:assert/strict';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { createPathGuard } from '../../src/core/guard/pathGuard.ts';
import { applyCode } from '../../src/host/applyCode.ts';
import { files } from '../../src/host/files.ts';
import { workspace } from '../../src/host/workspace.ts';
import { acceptAll, hostReviews, rejectAll, type HostReviews } from './hostReviews.ts';

const folder = (): string => join(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '', 'applied');
const guard = createPathGuard(workspace, files);
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

const written = 'export function one(): number {\n  return 1;\n}\n\nexport function two(): number {\n  return 2;\n}\n';

async function apply(host: HostReviews, text: string, hint?: string): Promise<void> {
  await applyCode({ type: 'apply-code', turnId: 'turn', text, language: 'ts', ...(hint !== undefined && { hint }) }, { guard, reviews: host.reviews, turns: () => host.store.state.turns.map((turn) => ({ ...turn, items: [{ kind: 'text', id: 'answer', text }] })), log });
}

describe('a code block, applied in the real host', () => {
  beforeEach(async () => {
    await mkdir(folder(), { recursive: true });
    // A file for each test: the editor goes on showing what it knew of one for a moment after it was deleted and made again.
    for (const name of ['a.ts', 'b.ts', 'c.ts']) await writeFile(join(folder(), name), written);
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await rm(folder(), { recursive: true, force: true });
  });

  it('replaces the function of its name once its review is accepted, and one Undo takes it back', async () => {
    const host = hostReviews();
    host.decide = acceptAll;
    await apply(host, 'export function two(): number {\n  return 22;\n}', 'applied/a.ts');
    assert.equal(await readFile(join(folder(), 'a.ts'), 'utf8'), written.replace('return 2', 'return 22'));
    const [card] = host.store.state.turns[0]?.items ?? [];
    assert.deepEqual([card?.kind, card?.kind === 'review' && card.status], ['review', 'done']);
    await vscode.window.showTextDocument(vscode.Uri.file(join(folder(), 'a.ts')));
    await vscode.commands.executeCommand('undo');
    assert.equal(vscode.window.activeTextEditor?.document.getText(), written);
  });

  it('changes nothing when its review is rejected', async () => {
    const host = hostReviews();
    host.decide = rejectAll;
    await apply(host, 'export function two(): number {\n  return 22;\n}', 'applied/b.ts');
    assert.equal(await readFile(join(folder(), 'b.ts'), 'utf8'), written);
  });

  it('replaces what is selected in the active editor', async () => {
    const host = hostReviews();
    host.decide = acceptAll;
    const editor = await vscode.window.showTextDocument(vscode.Uri.file(join(folder(), 'c.ts')));
    editor.selection = new vscode.Selection(1, 2, 1, 11);
    await apply(host, 'return 11;');
    assert.equal(editor.document.getText(), written.replace('return 1;', 'return 11;'));
  });

  it('makes the file that it names', async () => {
    const host = hostReviews();
    host.decide = acceptAll;
    await apply(host, '// applied/new.ts\nexport const fresh = 1;', 'applied/new.ts');
    assert.equal(await readFile(join(folder(), 'new.ts'), 'utf8'), 'export const fresh = 1;\n');
  });
});
