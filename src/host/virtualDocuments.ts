import * as vscode from 'vscode';

/** Read-only documents that exist in memory only: requests, comparisons, reports. */
export interface VirtualDocuments extends vscode.Disposable {
  /** Opens the document with this path (`/turn-1/Request.md`), written anew, and shows it with the line that `line` finds in it at the top. */
  show(path: string, write: () => string, line?: (text: string) => number): Promise<void>;
}

/** The scheme of these documents' addresses; menus in `package.json` name it too. */
export const documentScheme = 'rivulet-request';

export function createVirtualDocuments(): VirtualDocuments {
  const writers = new Map<string, () => string>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(documentScheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: ({ path }) => writers.get(path)?.() ?? vscode.l10n.t('This was kept only while the window was open.'),
  });
  const closed = vscode.workspace.onDidCloseTextDocument(({ uri, isClosed }) => {
    // One whose language changes is told to be closed too, and is not.
    if (isClosed && uri.scheme === documentScheme) writers.delete(uri.path);
  });
  return {
    async show(path, write, line) {
      const uri = vscode.Uri.parse(`${documentScheme}:${path.split('/').map(encodeURIComponent).join('/')}`);
      writers.set(uri.path, write);
      // One that is open already is read again.
      changed.fire(uri);
      const document = await vscode.workspace.openTextDocument(uri);
      const at = line?.(write());
      await vscode.window.showTextDocument(document, { preview: true, ...(at !== undefined && { selection: new vscode.Range(at, 0, at, 0) }) });
    },
    dispose() {
      provider.dispose();
      closed.dispose();
      changed.dispose();
    },
  };
}

/** The turn id in the path of a document of {@link VirtualDocuments}, or undefined for other addresses. */
export function turnOfDocument(address: unknown): string | undefined {
  if (typeof address !== 'object' || address === null) return undefined;
  const { scheme, path } = address as { readonly scheme?: unknown; readonly path?: unknown };
  return scheme === documentScheme && typeof path === 'string' ? path.split('/')[1] : undefined;
}
