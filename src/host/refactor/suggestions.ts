import * as vscode from 'vscode';
import type { Choice } from '../messages.ts';
import { foreign } from '../messages.ts';
import type { CodeTarget } from './codeTarget.ts';

/** Something to ask for; `instruction` are the words that are sent. */
export interface Suggestion extends Choice {
  readonly instruction: string;
}

/** Languages in which types are optional or an addition. */
const withoutTypes: ReadonlySet<string> = new Set(['javascript', 'javascriptreact', 'python', 'php', 'ruby', 'lua']);

/** What one might ask for, most likely first: its problems, then what fits its kind. */
export function suggestionsFor({ problems, symbolKind, selection }: CodeTarget): readonly Suggestion[] {
  const { SymbolKind } = vscode;
  const isCallable = symbolKind !== undefined && [SymbolKind.Function, SymbolKind.Method, SymbolKind.Constructor].includes(symbolKind);
  const isType = symbolKind !== undefined && [SymbolKind.Class, SymbolKind.Interface, SymbolKind.Struct, SymbolKind.Enum].includes(symbolKind);
  const isLong = selection.endLine - selection.startLine >= 30;
  return [
    ...problems.filter(({ severity }) => severity === 'error' || severity === 'warning').slice(0, 3).map(({ message }) => suggest('wrench', vscode.l10n.t('Fix: {0}', foreign(message)))),
    suggest('sparkle', vscode.l10n.t('Simplify')),
    ...(isType ? [] : [suggest('symbol-method', vscode.l10n.t('Extract a function'))]),
    ...(isType && isLong ? [suggest('split-horizontal', vscode.l10n.t('Split it into smaller parts'))] : []),
    suggest('symbol-key', vscode.l10n.t('Rename for clarity')),
    ...(withoutTypes.has(selection.language) ? [suggest('symbol-interface', vscode.l10n.t('Add types'))] : []),
    ...(isCallable ? [suggest('shield', vscode.l10n.t('Handle errors and edge cases'))] : []),
  ];
}

function suggest(icon: string, label: string): Suggestion {
  return { label, icon, instruction: label };
}
