import * as vscode from 'vscode';
import { forChangeable } from './addresses.ts';
import { isUnit, symbolsOf } from './symbols.ts';

/*
 * The lightbulb. This file is loaded in every window at start-up, so it knows the commands by their names only
 * (docs/decisions/2026-11-22-two-bundles.md).
 */

const { QuickFix, RefactorRewrite } = vscode.CodeActionKind;

/** For a selection, the first line of a function or a class, or a problem; a bulb on every line would be noise. */
const codeActions: vscode.CodeActionProvider = {
  async provideCodeActions(document, range, { diagnostics, only }, token) {
    const actions: vscode.CodeAction[] = [];
    const wants = (kind: vscode.CodeActionKind): boolean => only === undefined || only.contains(kind);
    // What changes code needs tools, which a window that is not trusted does not offer.
    const canChange = vscode.workspace.isTrusted;
    const [first] = diagnostics;
    if (first !== undefined && canChange && wants(QuickFix)) {
      const { start, end } = first.range;
      const fix = action(vscode.l10n.t('Rivulet: Fix'), QuickFix, 'rivulet.fixProblem', document.uri.toString(), start.line, start.character, end.line, end.character);
      fix.diagnostics = [first];
      actions.push(fix);
    }
    if (!wants(RefactorRewrite) && !wants(vscode.CodeActionKind.Empty)) return actions;
    if (range.isEmpty && !(await isUnitLine(document, range.start.line))) return actions;
    if (token.isCancellationRequested) return [];

    if (wants(vscode.CodeActionKind.Empty)) actions.push(action(vscode.l10n.t('Rivulet: Explain'), vscode.CodeActionKind.Empty, 'rivulet.explainSelection'));
    if (!canChange || !wants(RefactorRewrite)) return actions;
    return [
      ...actions,
      action(vscode.l10n.t('Rivulet: Document'), RefactorRewrite, 'rivulet.documentSelection'),
      action(vscode.l10n.t('Rivulet: Write Tests'), RefactorRewrite, 'rivulet.writeTests'),
      action(vscode.l10n.t('Rivulet: Refactor…'), RefactorRewrite, 'rivulet.refactorSelection'),
    ];
  },
};

function action(title: string, kind: vscode.CodeActionKind, command: string, ...args: readonly unknown[]): vscode.CodeAction {
  const made = new vscode.CodeAction(title, kind);
  made.command = { title, command, ...(args.length > 0 && { arguments: [...args] }) };
  return made;
}

/** The lines on which units begin, of the last version of the document that was asked about. */
let known: { readonly uri: string; readonly version: number; readonly lines: Promise<ReadonlySet<number>> } | undefined;

async function isUnitLine(document: vscode.TextDocument, line: number): Promise<boolean> {
  const uri = document.uri.toString();
  if (known?.uri !== uri || known.version !== document.version) known = { uri, version: document.version, lines: unitLines(document) };
  const asked = known;
  const lines = await asked.lines;
  // A language server that is still starting knows of none: the next time it is asked again.
  if (lines.size === 0 && known === asked) known = undefined;
  return lines.has(line);
}

async function unitLines(document: vscode.TextDocument): Promise<ReadonlySet<number>> {
  const lines = new Set<number>();
  const collect = (symbols: readonly vscode.DocumentSymbol[]): void => {
    for (const symbol of symbols) {
      if (isUnit(symbol)) lines.add(symbol.selectionRange.start.line);
      collect(symbol.children);
    }
  };
  collect(await symbolsOf(document));
  return lines;
}

export function registerCodeActions(): vscode.Disposable {
  return forChangeable((documents) =>
    vscode.languages.registerCodeActionsProvider(documents, codeActions, {
      providedCodeActionKinds: [QuickFix, RefactorRewrite, vscode.CodeActionKind.Empty],
    }),
  );
}
