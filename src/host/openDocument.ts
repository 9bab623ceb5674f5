import * as vscode from 'vscode';
import { ApplyError } from '../core/editor/documents.ts';
import type { ResolvedPath } from '../core/guard/pathGuard.ts';
import { FileError } from '../core/ports.ts';
import { filePathOf, uriOf } from './addresses.ts';
import { files } from './files.ts';
import { platform } from './platform/current.ts';

export function isFile({ canonical }: ResolvedPath): boolean {
  return canonical.startsWith('/');
}

/** A text as it is at the moment, in an open document or in a file that nobody has open. */
export interface Found {
  /** Lines ended by `\n`. */
  readonly text: string;
  readonly eol: '\n' | '\r\n';
  /** The document that holds it, by the name that the person opened it with; the one that is not saved if there are two. */
  readonly document: vscode.TextDocument | undefined;
  readonly uri: vscode.Uri;
  /** What {@link stampOf} said before the text was read. */
  readonly stamp: string;
}

/** Bytes of the largest text that the editor lets extensions change. */
const longestText = 50 * 1024 * 1024;

/** Finds the text of a place. Fails with a `FileError`, or an `ApplyError` for what is no text. */
export async function findText(place: ResolvedPath): Promise<Found> {
  const document = findDocument(place);
  const uri = document?.uri ?? uriOf(place.canonical);
  const stamp = await stampOf(uri);
  if (document !== undefined) return { text: textOf(document), eol: document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n', document, uri, stamp };
  if (!isFile(place)) throw new ApplyError('missing', place.display, 'It is not open any more.');
  const { type, size } = await files.facts(place.canonical);
  if (type !== 'file') throw new FileError('other', 'It is not a file.');
  if (size > longestText) throw new ApplyError('refused', place.display, 'It is too large for the editor.');
  // Not by opening a document: of many files the editor keeps only some open, and each costs it far more than its bytes.
  const text = await decoded(place);
  // UTF-16 text is full of NUL bytes but not, once decoded, of NUL characters.
  if (text.slice(0, 8192).includes('\0')) throw new ApplyError('binary', place.display, 'It is binary, not text.');
  const ends = text.match(/\r\n|\r|\n/g) ?? [];
  const returns = ends.filter((end) => end !== '\n').length;
  // The editor gives a text of mixed line ends the ones that most of its lines have.
  return { text: withLineFeeds(text), eol: returns > ends.length / 2 ? '\r\n' : '\n', document, uri, stamp };
}

async function decoded({ canonical, display }: ResolvedPath): Promise<string> {
  const bytes = await files.read(canonical);
  try {
    return await files.decode(canonical, bytes);
  } catch (error) {
    // The editor refuses to decode what it takes for binary, and says so in words only.
    if (bytes.subarray(0, 8192).includes(0)) throw new ApplyError('binary', display, 'It is binary, not text.');
    throw error;
  }
}

export const missing = 'missing';

/** When a file was last written, and how long it is; {@link missing} for none, empty for what is no file. */
export async function stampOf(uri: vscode.Uri): Promise<string> {
  if (filePathOf(uri) === undefined) return '';
  const { disk } = platform();
  if (uri.scheme === 'file' && disk !== undefined) return disk.stamp(uri.fsPath).then(({ modified, size }) => `${modified} ${size}`, () => missing);
  return vscode.workspace.fs.stat(uri).then(({ mtime, size }) => `${mtime} ${size}`, () => missing);
}

/** The document of a place that is open by now. */
export function findDocument({ written, canonical }: ResolvedPath): vscode.TextDocument | undefined {
  const names = [written, canonical].map((path) => uriOf(path).toString());
  const open = names.flatMap((name) => vscode.workspace.textDocuments.find((document) => document.uri.toString() === name && !document.isClosed) ?? []);
  return open.find(({ isDirty }) => isDirty) ?? open[0];
}

/** A document's text with its lines ended by `\n`. */
export function textOf(document: vscode.TextDocument): string {
  return withLineFeeds(document.getText());
}

/** A text with its lines ended by `\n`, whatever they were ended by. */
export function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}
