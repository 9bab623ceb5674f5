import * as vscode from 'vscode';
import type { PendingFile } from '../../core/reviews/reviews.ts';
import { applyHunks } from '../../core/edits/hunks.ts';
import { showHidden } from '../../protocol/hiddenCharacters.ts';
import { foreign, tell } from '../messages.ts';
import type { PendingChanges } from './pendingChanges.ts';
import { uriOf } from './place.ts';
import type { ReviewTarget } from './reviewTarget.ts';

/** The scheme of the two sides of a diff; menus in `package.json` name it too. */
export const reviewScheme = 'rivulet-review';

/** A multi-file diff with more files than these would be slow to open; the rest is opened by itself. */
const mostFiles = 100;

/** Shows pending changes in VS Code's diff editor: what a file is, what it would be, both with hidden characters written out. */
export interface Diffs {
  show(target: ReviewTarget): Promise<void>;
  /** Closes the diffs of reviews that wait no longer. */
  closeDecided(): void;
  dispose(): void;
}

export function createDiffs(pending: PendingChanges): Diffs {
  const texts = new Map<string, string>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(reviewScheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => texts.get(uri.path) ?? vscode.l10n.t('This change has been decided.'),
  });
  const closed = vscode.workspace.onDidCloseTextDocument(({ uri }) => {
    if (uri.scheme === reviewScheme) texts.delete(uri.path);
  });

  async function side(token: string, file: number, name: 'before' | 'after', { display, text, languageId }: { readonly display: string; readonly text: string; readonly languageId: string | undefined }): Promise<vscode.Uri> {
    // The last part is the file's own name, from which the editor tells the language.
    const baseName = display.slice(display.lastIndexOf('/') + 1);
    const uri = vscode.Uri.parse(`${reviewScheme}:/${[token, String(file), name, baseName].map(encodeURIComponent).join('/')}`, true);
    texts.set(uri.path, showHidden(text));
    changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    if (languageId !== undefined && document.languageId !== languageId) await vscode.languages.setTextDocumentLanguage(document, languageId);
    return uri;
  }

  async function sides(token: string, file: number, { change, hunks }: PendingFile): Promise<readonly [vscode.Uri, vscode.Uri, vscode.Uri] | undefined> {
    if (change.kind === 'move' || (change.kind === 'delete' && change.before === undefined)) return undefined;
    const before = change.kind === 'create' ? '' : (change.before ?? '');
    const after = change.kind === 'delete' ? '' : change.kind === 'create' ? change.after : withoutRejected(change.before, change.after, hunks);
    const uri = uriOf(change.place);
    const languageId = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri.toString())?.languageId;
    const display = showHidden(change.place.display);
    return [uri, await side(token, file, 'before', { display, text: before, languageId }), await side(token, file, 'after', { display, text: after, languageId })];
  }

  return {
    async show({ token, file }) {
      const files = pending.review(token)?.files ?? [];
      const wanted = files.map((pendingFile, index) => ({ index, pendingFile })).filter(({ index }) => file === undefined || index === file);
      const shown: (readonly [vscode.Uri, vscode.Uri, vscode.Uri])[] = [];
      for (const { index, pendingFile } of wanted.slice(0, mostFiles)) {
        const uris = await sides(token, index, pendingFile);
        if (uris !== undefined) shown.push(uris);
      }
      const [first] = shown;
      const [change] = wanted.map(({ pendingFile }) => pendingFile.change);
      if (first === undefined || change === undefined) {
        if (change !== undefined) await tell('information', withoutText(change));
      } else if (shown.length === 1) {
        const title = vscode.l10n.t('{0} (now ↔ proposed)', foreign(wanted.length === 1 ? change.place.display : first[0].path));
        await vscode.commands.executeCommand('vscode.diff', first[1], first[2], title, { preview: true });
      } else {
        await vscode.commands.executeCommand('vscode.changes', vscode.l10n.t('Proposed changes ({0} files)', shown.length), shown);
      }
    },
    closeDecided() {
      const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs).filter(({ input }) => {
        if (!(input instanceof vscode.TabInputTextDiff) || input.modified.scheme !== reviewScheme) return false;
        const token = tokenOf(input.modified);
        return token === undefined || pending.review(token) === undefined;
      });
      if (tabs.length > 0) void vscode.window.tabGroups.close(tabs, true);
    },
    dispose() {
      provider.dispose();
      closed.dispose();
      changed.dispose();
    },
  };
}

function withoutRejected(before: string, after: string, hunks: PendingFile['hunks']): string {
  if (hunks.every(({ decision }) => decision !== 'rejected')) return after;
  return applyHunks(before, hunks.filter(({ decision }) => decision !== 'rejected'));
}

function withoutText(change: PendingFile['change']): string {
  if (change.kind === 'move') return vscode.l10n.t('{0} would be moved to {1}. Its text stays as it is.', foreign(change.place.display), foreign(change.to.display));
  return vscode.l10n.t('{0} would be deleted. It is no text, so there is nothing to compare.', foreign(change.place.display));
}

function tokenOf({ path }: vscode.Uri): string | undefined {
  return path.split('/')[1];
}

/** Which change a side of a diff shows, as arguments for {@link readTarget}; undefined for other addresses. */
export function targetOfDocument(address: unknown): readonly [string, number] | undefined {
  if (typeof address !== 'object' || address === null) return undefined;
  const { scheme, path } = address as { readonly scheme?: unknown; readonly path?: unknown };
  const [, token, file] = scheme === reviewScheme && typeof path === 'string' ? path.split('/') : [];
  return token === undefined || file === undefined || !/^\d+$/.test(file) ? undefined : [token, Number(file)];
}
