import * as vscode from 'vscode';
import type { PendingFile } from '../../core/reviews/reviews.ts';
import { applyHunks } from '../../core/edits/hunks.ts';
import { contentReasons } from '../../core/guard/contentReasons.ts';
import { showHidden } from '../../protocol/hiddenCharacters.ts';
import { foreign, tell } from '../messages.ts';
import type { ShowOptions } from '../showDocument.ts';
import type { PendingChanges } from './pendingChanges.ts';
import { uriOf } from './place.ts';
import type { ReviewTarget } from './reviewTarget.ts';

/** The scheme of the two sides of a diff; menus in `package.json` name it too. */
const reviewScheme = 'rivulet-review';

/** A multi-file diff with more files than these would be slow to open; the rest is opened by itself. */
const mostFiles = 100;

/** Shows pending changes in VS Code's diff editor: what a file is, what it would be, both with hidden characters written out. */
export interface Diffs {
  show(target: ReviewTarget, options?: ShowOptions): Promise<void>;
  /** Follows the decisions: what is open is written anew, and closed when its review waits no longer. */
  update(): void;
  dispose(): void;
}

export function createDiffs(pending: PendingChanges): Diffs {
  const open = new Map<string, { readonly uri: vscode.Uri; readonly text: string }>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(reviewScheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => open.get(uri.path)?.text ?? vscode.l10n.t('This change has been decided.'),
  });
  const closed = vscode.workspace.onDidCloseTextDocument(({ uri, isClosed }) => {
    // One whose language is set is told to be closed too, and is not.
    if (isClosed && uri.scheme === reviewScheme) open.delete(uri.path);
  });

  function write(uri: vscode.Uri, text: string): void {
    open.set(uri.path, { uri, text: showHidden(text) });
    changed.fire(uri);
  }

  async function side(token: string, file: number, name: keyof Sides, { display, text, languageId }: { readonly display: string; readonly text: string; readonly languageId: string | undefined }): Promise<vscode.Uri> {
    // The last part is the file's own name, from which the editor tells the language.
    const baseName = display.slice(display.lastIndexOf('/') + 1);
    const uri = vscode.Uri.parse(`${reviewScheme}:/${[token, String(file), name, baseName].map(encodeURIComponent).join('/')}`, true);
    write(uri, text);
    const document = await vscode.workspace.openTextDocument(uri);
    if (languageId !== undefined && document.languageId !== languageId) await vscode.languages.setTextDocumentLanguage(document, languageId);
    return uri;
  }

  async function openSides(token: string, file: number, pendingFile: PendingFile): Promise<readonly [vscode.Uri, vscode.Uri, vscode.Uri] | undefined> {
    const sides = sidesOf(pendingFile);
    if (sides === undefined) return undefined;
    const { place } = pendingFile.change;
    const uri = uriOf(place);
    // A text that names what is to be fetched would be read by a language server before anybody has decided (B19).
    const fetches = contentReasons(place.display, sides.after).length > 0 || contentReasons(place.display, sides.before).length > 0;
    const languageId = fetches ? 'plaintext' : vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString())?.languageId;
    const display = `${showHidden(place.display)}${fetches ? '.txt' : ''}`;
    return [uri, await side(token, file, 'before', { display, text: sides.before, languageId }), await side(token, file, 'after', { display, text: sides.after, languageId })];
  }

  function rewrite(): void {
    for (const { uri, text } of open.values()) {
      const [, token = '', file, name] = uri.path.split('/');
      const pendingFile = pending.review(token)?.files[Number(file)];
      const now = pendingFile && sidesOf(pendingFile)?.[name === 'before' ? 'before' : 'after'];
      if (now !== undefined && showHidden(now) !== text) write(uri, now);
    }
  }

  function isDecided({ scheme, path }: vscode.Uri): boolean {
    return scheme === reviewScheme && pending.review(path.split('/')[1] ?? '') === undefined;
  }

  /** Whether the next preview would take the place of a diff that still waits, of another review. */
  function isShowingAnother(token: string): boolean {
    return shownTabs().some(({ input }) => proposedIn(input).some((uri) => !isDecided(uri) && uri.path.split('/')[1] !== token));
  }

  return {
    async show({ token, file }, { preserveFocus = false } = {}) {
      const files = pending.review(token)?.files ?? [];
      const wanted = files.map((pendingFile, index) => ({ index, pendingFile })).filter(({ index }) => file === undefined || index === file);
      const shown: (readonly [vscode.Uri, vscode.Uri, vscode.Uri])[] = [];
      for (const { index, pendingFile } of wanted.slice(0, mostFiles)) {
        const uris = await openSides(token, index, pendingFile);
        if (uris !== undefined) shown.push(uris);
      }
      const [first] = shown;
      const [change] = wanted.map(({ pendingFile }) => pendingFile.change);
      if (first === undefined || change === undefined) {
        if (change !== undefined) await tell('information', withoutText(change));
      } else if (shown.length === 1) {
        const title = vscode.l10n.t('{0} (now ↔ proposed)', foreign(wanted.length === 1 ? change.place.display : first[0].path));
        await vscode.commands.executeCommand('vscode.diff', first[1], first[2], title, { preview: !isShowingAnother(token) && !(preserveFocus && pending.all().some((review) => review.token !== token)), preserveFocus });
      } else {
        await vscode.commands.executeCommand('vscode.changes', vscode.l10n.t('Proposed changes ({0} files)', shown.length), shown);
      }
    },
    update() {
      rewrite();
      const tabs = shownTabs().filter(({ input }) => {
        const shown = proposedIn(input);
        return shown.length > 0 && shown.every(isDecided);
      });
      // A tab that the person closes meanwhile is not there any more, which the editor takes for a mistake.
      if (tabs.length > 0) vscode.window.tabGroups.close(tabs, true).then(undefined, () => undefined);
    },
    dispose() {
      provider.dispose();
      closed.dispose();
      changed.dispose();
    },
  };
}

function shownTabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap((group) => group.tabs);
}

/** What a file is and what it would be. */
interface Sides {
  readonly before: string;
  readonly after: string;
}

/** Undefined where there is no text to compare. */
function sidesOf({ change, hunks }: PendingFile): Sides | undefined {
  switch (change.kind) {
    case 'edit':
      return { before: change.before, after: withoutRejected(change.before, change.after, hunks) };
    case 'create':
      return { before: '', after: change.after };
    case 'delete':
      return change.before === undefined ? undefined : { before: change.before, after: '' };
    case 'move':
      return undefined;
  }
}

/** The right sides of a diff of one file or of several, whose tab the editor's types do not know. */
function proposedIn(input: unknown): readonly vscode.Uri[] {
  if (input instanceof vscode.TabInputTextDiff) return [input.modified];
  const { textDiffs } = (input ?? {}) as { readonly textDiffs?: readonly { readonly modified: vscode.Uri }[] };
  return Array.isArray(textDiffs) ? textDiffs.map(({ modified }: { readonly modified: vscode.Uri }) => modified) : [];
}

function withoutRejected(before: string, after: string, hunks: PendingFile['hunks']): string {
  if (hunks.every(({ decision }) => decision !== 'rejected')) return after;
  return applyHunks(before, hunks.filter(({ decision }) => decision !== 'rejected'));
}

function withoutText(change: PendingFile['change']): string {
  if (change.kind === 'move') return vscode.l10n.t('{0} would be moved to {1}. Its text stays as it is.', foreign(change.place.display), foreign(change.to.display));
  return vscode.l10n.t('{0} would be deleted. It is no text, so there is nothing to compare.', foreign(change.place.display));
}

/** Which change a side of a diff shows, as arguments for {@link readTarget}; undefined for other addresses. */
export function targetOfDocument(address: unknown): readonly [string, number] | undefined {
  if (typeof address !== 'object' || address === null) return undefined;
  const { scheme, path } = address as { readonly scheme?: unknown; readonly path?: unknown };
  const [, token, file] = scheme === reviewScheme && typeof path === 'string' ? path.split('/') : [];
  return token === undefined || file === undefined || !/^\d+$/.test(file) ? undefined : [token, Number(file)];
}
