import * as vscode from 'vscode';

/** Milliseconds to wait for a language server; without an answer it has to do without symbols. */
const patience = 1500;

/** The document's symbols, as a tree; none when the language has no provider of trees or it is slow. */
export async function symbolsOf({ uri }: vscode.TextDocument): Promise<readonly vscode.DocumentSymbol[]> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const found: unknown = await Promise.race([
    Promise.resolve(vscode.commands.executeCommand('vscode.executeDocumentSymbolProvider', uri)).catch(() => undefined),
    new Promise<undefined>((resolve) => (timer = setTimeout(resolve, patience, undefined))),
  ]);
  clearTimeout(timer);
  // Providers of the old kind give SymbolInformation, which has no range of its own and no children.
  return Array.isArray(found) ? found.filter((symbol): symbol is vscode.DocumentSymbol => (symbol as Partial<vscode.DocumentSymbol>).range !== undefined) : [];
}

/** The symbols around a range, outermost first. */
export function symbolsAround(symbols: readonly vscode.DocumentSymbol[], range: vscode.Range): readonly vscode.DocumentSymbol[] {
  const around = symbols.find((symbol) => symbol.range.contains(range));
  return around === undefined ? [] : [around, ...symbolsAround(around.children, range)];
}

/** The innermost piece of code that one works on as a whole: a function rather than a variable in it. */
export function unitAround(symbols: readonly vscode.DocumentSymbol[], range: vscode.Range): vscode.DocumentSymbol | undefined {
  const around = symbolsAround(symbols, range);
  return around.findLast(isUnit) ?? around[0];
}

/** Whether a symbol is a piece of code with a body. */
export function isUnit({ kind }: vscode.DocumentSymbol): boolean {
  const { SymbolKind } = vscode;
  return [SymbolKind.Function, SymbolKind.Method, SymbolKind.Constructor, SymbolKind.Class, SymbolKind.Interface, SymbolKind.Enum, SymbolKind.Struct].includes(kind);
}
