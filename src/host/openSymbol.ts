import * as vscode from 'vscode';
import { LanguageError, type FoundSymbol } from '../core/editor/languages.ts';
import { showPath } from '../core/guard/shownPath.ts';
import { uriOf } from './addresses.ts';
import { languages } from './languages/languages.ts';
import { pick, tell } from './messages.ts';

/** How long language servers may take to answer, in milliseconds. */
const patienceMs = 10_000;

const mostShown = 50;

/** A place in a file, its path as a language server names it; the line counts from 1. */
export interface SymbolPlace {
  readonly path: string;
  readonly line: number;
}

/**
 * Finds the symbol of a name that an answer uses, `createChat` or `Chat.send`; of several the person picks one. Undefined
 * when there is none, or none was picked; the person knows.
 */
export async function findSymbol(written: string): Promise<SymbolPlace | undefined> {
  const parts = written.split('.').filter((part) => part !== '' && part !== 'this' && part !== 'self');
  const name = parts.at(-1) ?? '';
  const found = name === '' ? [] : await ask(name);
  const named = found.filter((symbol) => symbol.name.replace(/\(.*$/, '') === name);
  const container = parts.at(-2);
  const inContainer = named.filter((symbol) => container !== undefined && symbol.container.split(/[.:/]/).includes(container));
  const [only, ...others] = inContainer.length > 0 ? inContainer : named;
  if (only === undefined) {
    await tell('information', vscode.l10n.t('No symbol {0} is known in the workspace. Language servers know only the projects of which a file has been opened.', written));
    return undefined;
  }
  const picked = others.length === 0 ? only : await pickOne([only, ...others], written);
  return picked === undefined ? undefined : { path: picked.path, line: picked.range.start.line };
}

async function ask(name: string): Promise<readonly FoundSymbol[]> {
  const signal = AbortSignal.timeout(patienceMs);
  try {
    return await languages.symbols(name, signal);
  } catch (error) {
    if (signal.aborted || error instanceof LanguageError) return [];
    throw error;
  }
}

async function pickOne(symbols: readonly FoundSymbol[], name: string): Promise<FoundSymbol | undefined> {
  const choices = symbols.slice(0, mostShown).map((symbol) => ({
    label: symbol.container === '' ? symbol.name : `${symbol.container}.${symbol.name}`,
    description: `${showPath(vscode.workspace.asRelativePath(uriOf(symbol.path)))}:${symbol.range.start.line}`,
    symbol,
  }));
  return (await pick(choices, { title: vscode.l10n.t('Which {0}?', name) }))?.symbol;
}
