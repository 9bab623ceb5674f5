import { writeFileSync } from 'node:fs';
import type { FileChange } from '../../src/core/edits/change.ts';
import { ApplyError } from '../../src/core/editor/documents.ts';
import type { ResolvedPath } from '../../src/core/guard/pathGuard.ts';
import { documents } from '../../src/host/documents.ts';
import type { Uri, WorkspaceEdit } from './fakeTypes.ts';
import { answers, called, EndOfLine, folder, workspace } from './fakeVscode.ts';

/** The signal of a change that nobody stops. */
export const never = new AbortController().signal;

/** An open document as far as these tests look at it. */
export interface FakeDocument {
  uri: Uri;
  text: string;
  version: number;
  isDirty: boolean;
  isClosed: boolean;
  isUntitled: boolean;
  eol: number;
  encoding: string;
  saves: number;
  getText(): string;
  save(): Promise<boolean>;
}

/** A document that is open; saving it succeeds unless something else is set. */
export function openText(uri: Uri, text: string, changes: Partial<FakeDocument> = {}): FakeDocument {
  const document: FakeDocument = {
    uri, text, version: 1, isDirty: false, isClosed: false, isUntitled: false, eol: EndOfLine.LF, encoding: 'utf8', saves: 0,
    getText: () => document.text,
    async save() {
      document.saves += 1;
      document.isDirty = false;
      return true;
    },
    ...changes,
  };
  workspace.textDocuments = [...workspace.textDocuments, document];
  return document;
}

/** A file's place, by the name under which it is open. */
export function placeOf(uri: string): ResolvedPath {
  return { class: 'inside', canonical: uri, written: uri, display: uri.split('/').at(-1) ?? '', kind: 'file', reasons: [] };
}

/** A file on the disk. */
export function file(name: string, text: string): ResolvedPath {
  writeFileSync(`${folder}/texts/${name}`, text);
  return placeOf(`${folder}/texts/${name}`);
}

/** The change of one text into another. */
export function edit(place: ResolvedPath, before: string, after: string): FileChange {
  return { kind: 'edit', place, before, after };
}

/** Why changes could not be made; `none` where they were. */
export async function failure(action: Promise<unknown>): Promise<string> {
  return action.then(() => 'none', (error: unknown) => (error instanceof ApplyError ? error.reason : String(error)));
}

/** What the editor made of the changes when it fails while something happens. */
export async function madeBy(changes: readonly FileChange[], meanwhile: () => void): Promise<string> {
  answers.set('applyEdit', [() => (meanwhile(), false)]);
  return documents.apply(changes, never).then(() => 'all', (error: unknown) => (error instanceof ApplyError ? `${error.reason}: ${error.made.map(({ kind, place }) => `${kind} ${place.display}`).join(', ')}` : String(error)));
}

/** What was asked of the editor, line by line. */
export function applied(): readonly (readonly string[])[] {
  return called('applyEdit').map(([workspaceEdit]) => (workspaceEdit as WorkspaceEdit).lines.map((line) => line.replaceAll(`file://${folder}/texts/`, '')));
}
