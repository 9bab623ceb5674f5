import * as vscode from 'vscode';
import { inOneLine } from '../../core/agent/explain.ts';
import { createBest, scoreOf } from '../../core/context/fuzzy.ts';
import type { ContextPorts } from '../../core/context/piece.ts';
import { suggestionId } from '../../core/context/suggestionId.ts';
import type { FoundSymbol, OutlineSymbol } from '../../core/editor/languages.ts';
import { nameFile } from '../../core/tools/nameFile.ts';
import type { Suggestion } from '../../protocol/contextView.ts';
import { pathOf } from '../addresses.ts';
import { plain } from './mentions.ts';

type Ports = Pick<ContextPorts, 'languages' | 'guard'>;

/** Symbols by a part of their name, those of the file in front first; only those in ordinary files of the workspace. */
export async function symbolMentions(query: string, most: number, ports: Ports, signal: AbortSignal): Promise<readonly Suggestion[]> {
  const [here, everywhere] = await Promise.all([ofFileInFront(ports, signal), ports.languages.symbols(query, signal)]);
  const best = createBest<FoundSymbol>(most * 2);
  for (const [symbols, advantage] of [[here, 200], [everywhere, 0]] as const) {
    for (const symbol of symbols) {
      const score = scoreOf({ path: symbol.name, lower: symbol.name.toLowerCase(), name: 0 }, query);
      if (score !== undefined) best.offer(symbol, score + advantage);
    }
  }
  const suggestions = new Map<string, Suggestion>();
  for (const { name, path, range } of best.list()) {
    signal.throwIfAborted();
    const { display, open } = await nameFile(path, ports.guard);
    if (open === undefined) continue;
    const lines = { first: range.start.line, last: range.end.line };
    // Servers tell of the same symbol in both ways, with other ends.
    const key = `${name.replace(/\(.*$/s, '')} ${path} ${lines.first}`;
    if (!suggestions.has(key)) suggestions.set(key, { id: suggestionId({ kind: 'symbol', path, name: name.slice(0, 1000), lines }), kind: 'symbol', label: inOneLine(name), detail: plain(`${inOneLine(display)}:${lines.first}`) });
    if (suggestions.size >= most) break;
  }
  return [...suggestions.values()];
}

/** The outline of the file that the person looks at: many languages have one, fewer know the whole workspace. */
async function ofFileInFront({ languages, guard }: Ports, signal: AbortSignal): Promise<readonly FoundSymbol[]> {
  const document = vscode.window.activeTextEditor?.document;
  const open = document && (await nameFile(pathOf(document.uri), guard)).open;
  if (open === undefined) return [];
  const flat = ({ name, kind, range, children }: OutlineSymbol, container: string): readonly FoundSymbol[] => [{ name, kind, range, container, path: open.written }, ...children.flatMap((child) => flat(child, name))];
  return languages.outline(open.written, signal).then((symbols) => symbols.flatMap((symbol) => flat(symbol, '')), () => []);
}
