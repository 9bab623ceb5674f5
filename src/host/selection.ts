import * as vscode from 'vscode';
import type { Selection } from '../core/agent/explain.ts';

/** How many lines above and below a selection go with it. */
const surrounding = 10;

/** The selection of an editor, or the line of its cursor, with what surrounds it; undefined when there is no text in it. */
export async function readSelection(editor: vscode.TextEditor): Promise<Selection | undefined> {
  const { document, selection } = editor;
  const range = selection.isEmpty ? document.lineAt(selection.active.line).range : selection;
  const text = document.getText(range);
  if (text.trim() === '') return undefined;
  const lastLine = range.end.character === 0 && range.end.line > range.start.line ? range.end.line - 1 : range.end.line;
  return {
    path: vscode.workspace.asRelativePath(document.uri),
    language: document.languageId,
    startLine: range.start.line + 1,
    endLine: lastLine + 1,
    text,
    symbols: await symbolsAround(document, range),
    before: lines(document, range.start.line - surrounding, range.start.line),
    after: lines(document, lastLine + 1, lastLine + 1 + surrounding),
  };
}

function lines(document: vscode.TextDocument, from: number, to: number): string {
  const start = Math.max(0, from);
  const end = Math.min(document.lineCount, to);
  return start >= end ? '' : document.getText(new vscode.Range(start, 0, end - 1, Number.MAX_SAFE_INTEGER)).trimEnd();
}

/** The names of the symbols around a range, outermost first; none when the language has no provider or it is slow. */
async function symbolsAround(document: vscode.TextDocument, range: vscode.Range): Promise<readonly string[]> {
  const found = await Promise.race([
    Promise.resolve(vscode.commands.executeCommand('vscode.executeDocumentSymbolProvider', document.uri)).catch(() => undefined),
    new Promise<undefined>((resolve) => setTimeout(resolve, 1500, undefined)),
  ]);
  const names: string[] = [];
  let level = Array.isArray(found) ? (found as unknown[]) : [];
  while (level.length > 0) {
    // Providers of the old kind give SymbolInformation, which has no range of its own and no children.
    const around = level.find((symbol): symbol is vscode.DocumentSymbol => {
      const own = (symbol as Partial<vscode.DocumentSymbol>).range;
      return own !== undefined && own.contains(range);
    });
    if (around === undefined) break;
    names.push(around.name);
    level = around.children;
  }
  return names;
}
