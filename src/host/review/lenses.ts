import * as vscode from 'vscode';
import { inlineHunk } from '../../core/edits/inlineHunk.ts';
import { hunkRange, type PendingChange, type PendingChanges, type PlacedHunk } from './pendingChanges.ts';

/** What can be done with each pending hunk, above it. */
export interface Lenses extends vscode.CodeLensProvider {
  refresh(): void;
  dispose(): void;
}

export function createLenses(pending: PendingChanges): Lenses {
  const changed = new vscode.EventEmitter<void>();
  return {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses: (document) => pending.in(document).flatMap((change) => lensesOf(change, document)),
    refresh: () => changed.fire(),
    dispose: () => changed.dispose(),
  };
}

function lensesOf(change: PendingChange, document: vscode.TextDocument): readonly vscode.CodeLens[] {
  const { token, file, pending } = change;
  if (pending.change.kind === 'edit') {
    return change.hunks.flatMap((placed) => (placed.hunk.decision === 'rejected' ? [] : hunkLenses(change, placed, document)));
  }
  const question = pending.change.kind === 'delete' ? vscode.l10n.t('Delete this file?') : vscode.l10n.t('Move this file?');
  return lenses(new vscode.Range(0, 0, 0, 0), [
    [`$(question) ${question}`, 'rivulet.showDiff', token, file],
    [`$(check) ${vscode.l10n.t('Accept')}`, 'rivulet.acceptAll', token, file],
    [`$(close) ${vscode.l10n.t('Reject')}`, 'rivulet.rejectAll', token, file],
    [vscode.l10n.t('Later'), 'rivulet.decideLater', token],
  ]);
}

function hunkLenses({ token, file, files, hunks }: PendingChange, placed: PlacedHunk, document: vscode.TextDocument): readonly vscode.CodeLens[] {
  const { index, isOutdated, hunk } = placed;
  const { start } = hunkRange(placed, document);
  // A lens stands where its line's own text begins, which text in front of that would move out of sight.
  const line = isOutdated || !inlineHunk(hunk).isWide ? start.line : Math.max(0, start.line - 1);
  const range = new vscode.Range(line, 0, line, 0);
  const diff = [vscode.l10n.t('Show diff'), 'rivulet.showDiff', token, file] as const;
  const outdated = `$(warning) ${vscode.l10n.t('The text has changed since this was proposed')}`;
  if (hunk.decision === 'accepted') return lenses(range, [[isOutdated ? outdated : `$(pass-filled) ${vscode.l10n.t('Accepted, applied when all is decided')}`, 'rivulet.showDiff', token, file]]);

  const isOnly = hunks.length === 1 && files === 1;
  return lenses(range, [
    ...(isOutdated ? [[outdated, 'rivulet.showDiff', token, file] as const] : []),
    // What does not fit its lines any more cannot be applied to them.
    ...(isOutdated ? [] : [[`$(check) ${vscode.l10n.t('Accept')}`, 'rivulet.acceptHunk', token, file, index] as const]),
    [`$(close) ${vscode.l10n.t('Reject')}`, 'rivulet.rejectHunk', token, file, index],
    diff,
    // All means what the person sees: where other files are in it, those are decided where they are shown.
    ...(isOnly ? [] : [[files > 1 ? vscode.l10n.t('Accept all here') : vscode.l10n.t('Accept all'), 'rivulet.acceptAll', token, file] as const, [files > 1 ? vscode.l10n.t('Reject all here') : vscode.l10n.t('Reject all'), 'rivulet.rejectAll', token, file] as const]),
    [vscode.l10n.t('Later'), 'rivulet.decideLater', token],
  ]);
}

function lenses(range: vscode.Range, commands: readonly (readonly [title: string, command: string, ...args: unknown[]])[]): readonly vscode.CodeLens[] {
  // An ordinary space behind an icon would not be shown.
  return commands.map(([title, command, ...args]) => new vscode.CodeLens(range, { title: title.replace(/^(\$\([^)]+\)) /, '$1\u00A0'), command, arguments: args }));
}
