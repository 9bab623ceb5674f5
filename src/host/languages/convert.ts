import * as vscode from 'vscode';
import { pathOf } from '../addresses.ts';
import type { Location, Position, Range } from '../../core/editor/range.ts';

function fromPosition({ line, character }: vscode.Position): Position {
  return { line: line + 1, column: character + 1 };
}

export function fromRange({ start, end }: vscode.Range): Range {
  return { start: fromPosition(start), end: fromPosition(end) };
}

export function toPosition({ line, column }: Position): vscode.Position {
  return new vscode.Position(line - 1, column - 1);
}

export function toRange({ start, end }: Range): vscode.Range {
  return new vscode.Range(toPosition(start), toPosition(end));
}

/** Providers of definitions give links, whose `targetSelectionRange` is the name itself; all others plain locations. */
export function fromLocation(location: vscode.Location | vscode.LocationLink): Location {
  if ('targetUri' in location) return { path: pathOf(location.targetUri), range: fromRange(location.targetSelectionRange ?? location.targetRange) };
  return { path: pathOf(location.uri), range: fromRange(location.range) };
}

/** The word for a kind of symbol: `function`. */
export function kindOf(kind: vscode.SymbolKind): string {
  return (vscode.SymbolKind[kind] as string | undefined)?.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase() ?? 'symbol';
}
