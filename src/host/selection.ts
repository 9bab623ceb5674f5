import * as vscode from 'vscode';
import type { Selection } from '../core/agent/explain.ts';
import { symbolsAround, symbolsOf } from './symbols.ts';

/** How many lines above and below a selection go with it. */
const surrounding = 10;

/** What is read instead of the selection, and the document's symbols where they are known already. */
export interface SelectionOptions {
  readonly range?: vscode.Range;
  readonly symbols?: readonly vscode.DocumentSymbol[];
}

/** A range, by default the selection of an editor, or the line of its cursor, with what surrounds it; undefined when there is no text in it. */
export async function readSelection({ document, selection }: vscode.TextEditor, { range: wanted = selection, symbols }: SelectionOptions = {}): Promise<Selection | undefined> {
  const range = wanted.isEmpty ? document.lineAt(wanted.start.line).range : wanted;
  const text = document.getText(range);
  if (text.trim() === '') return undefined;
  const lastLine = range.end.character === 0 && range.end.line > range.start.line ? range.end.line - 1 : range.end.line;
  return {
    path: vscode.workspace.asRelativePath(document.uri),
    language: document.languageId,
    startLine: range.start.line + 1,
    endLine: lastLine + 1,
    text,
    symbols: symbolsAround(symbols ?? (await symbolsOf(document)), range).map(({ name }) => name),
    before: lines(document, range.start.line - surrounding, range.start.line),
    after: lines(document, lastLine + 1, lastLine + 1 + surrounding),
  };
}

function lines(document: vscode.TextDocument, from: number, to: number): string {
  const start = Math.max(0, from);
  const end = Math.min(document.lineCount, to);
  return start >= end ? '' : document.getText(new vscode.Range(start, 0, end - 1, Number.MAX_SAFE_INTEGER)).trimEnd();
}
