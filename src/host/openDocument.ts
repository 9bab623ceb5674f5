import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { ApplyError } from '../core/editor/documents.ts';
import type { ResolvedPath } from '../core/guard/pathGuard.ts';
import { FileError } from '../core/ports.ts';
import { files } from './files.ts';

/** The address of a place: a path, or what is no file (`untitled:Untitled-1`, a cell of a notebook). */
export function uriOf(path: string): vscode.Uri {
  return path.startsWith('/') ? vscode.Uri.file(path) : vscode.Uri.parse(path, true);
}

export function isFile({ canonical }: ResolvedPath): boolean {
  return canonical.startsWith('/');
}

/**
 * The editor's document of a place, opened without showing it: the one that is not saved if there is one, else the one
 * by the name the person opened it with. Fails with a `FileError`, or an `ApplyError` for what is no text.
 */
export async function openDocument(place: ResolvedPath): Promise<vscode.TextDocument> {
  const open = findDocument(place);
  if (open !== undefined) return open;
  if (!isFile(place)) throw new ApplyError('missing', place.display, 'It is not open any more.');
  const { type, size } = await files.facts(place.canonical);
  if (type !== 'file') throw new FileError('other', 'It is not a file.');
  try {
    return await vscode.workspace.openTextDocument(uriOf(place.canonical));
  } catch (error) {
    // The editor says only in words, and in the person's language, why it opens no text.
    if (size > longestDocument) throw new ApplyError('refused', place.display, 'It is too large for the editor.');
    if ((await files.read(place.canonical)).subarray(0, 8192).includes(0)) throw new ApplyError('binary', place.display, 'It is binary, not text.');
    throw new FileError('other', error instanceof Error ? error.message : String(error));
  }
}

/** Bytes of the largest file whose text the editor shares with extensions. */
const longestDocument = 50 * 1024 * 1024;

/** The document of a place that is open by now. */
export function findDocument({ written, canonical }: ResolvedPath): vscode.TextDocument | undefined {
  const names = [written, canonical].map((path) => uriOf(path).toString());
  const open = names.flatMap((name) => vscode.workspace.textDocuments.find((document) => document.uri.toString() === name && !document.isClosed) ?? []);
  return open.find(({ isDirty }) => isDirty) ?? open[0];
}

/** A document's text with its lines ended by `\n`. */
export function textOf(document: vscode.TextDocument): string {
  return document.getText().replaceAll('\r\n', '\n');
}

/**
 * Whether the editor shows what is on the disk, or what the person has written over it. A document that somebody else
 * has changed on the disk a moment ago is brought up to date by the editor soon, but not at once.
 */
export async function isUpToDate(document: vscode.TextDocument): Promise<boolean> {
  if (document.uri.scheme !== 'file' || document.isDirty) return true;
  try {
    const version = document.version;
    const bytes = await vscode.workspace.fs.readFile(document.uri);
    const onDisk = await vscode.workspace.decode(bytes, { encoding: document.encoding });
    return document.version !== version || onDisk.replace(/\r\n?/g, '\n') === textOf(document);
  } catch {
    // Gone from the disk: what is to be done with it will say so.
    return true;
  }
}

/** Whether the file cannot or should not be written: by its file system, its mode, or the rights of this process. */
export async function isReadOnly(uri: vscode.Uri): Promise<boolean> {
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false) return true;
  if (uri.scheme !== 'file') return false;
  try {
    const { permissions = 0 } = await vscode.workspace.fs.stat(uri);
    if ((permissions & vscode.FilePermission.Readonly) !== 0) return true;
    // Whoever took the right to write from everybody meant it, though root may write all the same.
    const { mode } = await stat(uri.fsPath);
    if ((mode & 0o222) === 0) return true;
    await access(uri.fsPath, constants.W_OK);
    return false;
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    return code === 'EACCES' || code === 'EROFS' || code === 'EPERM';
  }
}
