import * as vscode from 'vscode';
import type { Selection } from '../../core/agent/explain.ts';
import type { Problem } from '../../core/agent/workOn.ts';
import { readSelection } from '../selection.ts';
import { symbolsOf, unitAround } from '../symbols.ts';

/** The code that a command of the editor is about. */
export interface CodeTarget {
  readonly document: vscode.TextDocument;
  readonly selection: Selection;
  /** What the innermost symbol around it is; undefined where none is known. */
  readonly symbolKind: vscode.SymbolKind | undefined;
  readonly problems: readonly Problem[];
}

/** What is selected, or else the symbol around the cursor, or else its line; undefined where there is no text. */
export async function readTarget(editor: vscode.TextEditor, range: vscode.Range = editor.selection): Promise<CodeTarget | undefined> {
  const { document } = editor;
  const symbols = await symbolsOf(document);
  const symbol = unitAround(symbols, range);
  const whole = range.isEmpty ? (symbol?.range ?? document.lineAt(range.start.line).range) : range;
  const selection = await readSelection(editor, { range: whole, symbols });
  if (selection === undefined) return undefined;
  return { document, selection, symbolKind: symbol?.kind, problems: problemsIn(document, whole) };
}

const severities = ['error', 'warning', 'information', 'hint'] as const;

/** Errors first. */
function problemsIn({ uri }: vscode.TextDocument, range: vscode.Range): readonly Problem[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter((diagnostic) => diagnostic.range.intersection(range) !== undefined)
    .toSorted((one, other) => one.severity - other.severity)
    .map(({ severity, message, source, code, range: { start } }) => ({ severity: severities[severity] ?? 'hint', message, source, code: codeText(code), line: start.line + 1 }));
}

function codeText(code: vscode.Diagnostic['code']): string | undefined {
  return code === undefined ? undefined : String(typeof code === 'object' ? code.value : code);
}
