import * as vscode from 'vscode';

export interface ShowOptions {
  /** The focus stays where it is: nobody has asked for this just now, and may be typing. */
  readonly preserveFocus?: boolean;
  /** `false` keeps its tab when the next document is shown. */
  readonly preview?: boolean;
}

/** Shows a document of any kind; undefined for a notebook's cell that has no editor at once, or whose notebook is closed. */
export async function showDocument(uri: vscode.Uri, options: ShowOptions = {}): Promise<vscode.TextEditor | undefined> {
  if (uri.scheme !== 'vscode-notebook-cell') return vscode.window.showTextDocument(uri, options);
  // A cell by itself is no document that an editor opens.
  for (const notebook of vscode.workspace.notebookDocuments) {
    const index = notebook.getCells().findIndex(({ document }) => document.uri.toString() === uri.toString());
    if (index < 0) continue;
    const cell = new vscode.NotebookRange(index, index + 1);
    // The cell that is selected is the one in which the person types.
    if (options.preserveFocus === true) (await vscode.window.showNotebookDocument(notebook, options)).revealRange(cell);
    else await vscode.window.showNotebookDocument(notebook, { selections: [cell], ...options });
    return vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());
  }
  return undefined;
}
