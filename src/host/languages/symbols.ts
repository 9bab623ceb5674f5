import type * as vscode from 'vscode';
import type { FoundSymbol, OutlineSymbol } from '../../core/editor/languages.ts';
import { ask, askOf } from './ask.ts';
import { fromLocation, fromRange, kindOf } from './convert.ts';

export async function outline(path: string, signal: AbortSignal): Promise<readonly OutlineSymbol[]> {
  const found = await askOf<vscode.DocumentSymbol | vscode.SymbolInformation>('vscode.executeDocumentSymbolProvider', path, [], signal);
  return found.map(fromSymbol);
}

/** Providers of the old kind give a flat list without details. */
function fromSymbol(symbol: vscode.DocumentSymbol | vscode.SymbolInformation): OutlineSymbol {
  const { name } = symbol;
  const kind = kindOf(symbol.kind);
  if (!('children' in symbol)) return { name, kind, detail: '', range: fromRange(symbol.location.range), children: [] };
  const { detail, range, children } = symbol;
  return { name, kind, detail, range: fromRange(range), children: children.map(fromSymbol) };
}

export async function symbols(query: string, signal: AbortSignal): Promise<readonly FoundSymbol[]> {
  const found = await ask<readonly vscode.SymbolInformation[]>('vscode.executeWorkspaceSymbolProvider', [query], signal);
  return (found ?? []).map(({ name, kind, containerName, location }) => ({ name, kind: kindOf(kind), container: containerName ?? '', ...fromLocation(location) }));
}

/** Texts that an editor shows over a symbol, code in fences. */
export async function hovers(path: string, position: vscode.Position, signal: AbortSignal): Promise<readonly string[]> {
  const found = await askOf<vscode.Hover>('vscode.executeHoverProvider', path, [position], signal);
  return found.flatMap(({ contents }) => contents.map(fromContent));
}

function fromContent(content: vscode.MarkdownString | vscode.MarkedString): string {
  if (typeof content === 'string') return content;
  return 'language' in content ? `\`\`\`${content.language}\n${content.value}\n\`\`\`` : content.value;
}
