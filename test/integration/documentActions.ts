import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { FileChange } from '../../src/core/edits/change.ts';
import { ApplyError } from '../../src/core/editor/documents.ts';
import type { ResolvedPath } from '../../src/core/guard/pathGuard.ts';
import { documents } from '../../src/host/documents.ts';
import { fileSystemPath } from '../support/fileSystemPath.ts';

/** The folder of the window. */
export const folder = (): string => vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
/** A file in it. */
export const at = (name: string): string => join(folder(), name);
/** The signal of a change that nobody stops. */
export const never = new AbortController().signal;

/** A file as the guard would say of it. */
export function place(name: string, written = name): ResolvedPath {
  return { class: 'inside', canonical: fileSystemPath(at(name)), written: fileSystemPath(at(written)), display: written, kind: 'file', reasons: [] };
}

/** What the disk has, byte by byte. */
export async function bytes(name: string): Promise<string> {
  return (await readFile(at(name))).toString('latin1');
}

/** Makes the changes as one step. */
export async function apply(...changes: readonly FileChange[]): Promise<void> {
  await documents.apply(changes, never);
}

/** The change that replaces words in the text as it stands. */
export async function edit(name: string, from: string, to: string): Promise<FileChange> {
  const { text } = await documents.read(place(name));
  assert.ok(text.includes(from), `${name} reads ${JSON.stringify(text)}`);
  return { kind: 'edit', place: place(name), before: text, after: text.replace(from, to) };
}

/** Why it could not be done; `none` where it could. */
export async function failure(action: Promise<unknown>): Promise<string> {
  return action.then(() => 'none', (error: unknown) => (error instanceof ApplyError ? error.reason : String(error)));
}

/** Undoes the last step from a file, as a person would. */
export async function undoIn(name: string): Promise<void> {
  await vscode.window.showTextDocument(vscode.Uri.file(at(name)));
  await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
  await vscode.commands.executeCommand('undo');
}

/** What is open in the editor, by name. */
export function tabs(): readonly string[] {
  return vscode.window.tabGroups.all.flatMap((group) => group.tabs.map(({ label }) => label));
}
