import * as vscode from 'vscode';
import type { DeniedPath, PathGuard, ResolvedPath } from '../core/guard/pathGuard.ts';
import { filePathOf } from './addresses.ts';
import { showHidden } from '../protocol/hiddenCharacters.ts';

/**
 * Documents that are no files of the workspace and that the person has put before the model themselves: a new document
 * that was never saved, a cell of a notebook. Tools know them by their exact `display`, as long as this chat goes on and the
 * document is open.
 */
export interface OfferedDocuments {
  /** Offers the document from now on, if it is one of that kind and its notebook may be written; answers the name under which tools find it. */
  offer(document: vscode.TextDocument): Promise<string | undefined>;
  places(): readonly ResolvedPath[];
  /** The chat has been cleared: what was offered in it is offered no more. */
  clear(): void;
  dispose(): void;
}

/** `judge` says what the guard makes of a notebook's file: a change of a cell asks what a change of that file would. */
export function createOfferedDocuments(judge: (path: string) => ReturnType<PathGuard['resolve']>): OfferedDocuments {
  const places = new Map<string, ResolvedPath>();
  // A document whose language changes is closed and opened in one breath, and stays the same document.
  const closed = vscode.workspace.onDidCloseTextDocument(({ uri, isClosed }) => {
    if (isClosed) places.delete(uri.toString());
  });
  return {
    async offer(document) {
      const uri = document.uri.toString();
      const known = places.get(uri);
      if (known !== undefined) return known.display;
      const name = nameOf(document);
      if (name === undefined) return undefined;
      const judged = await judgeOf(document, judge);
      if (judged.class === 'denied') return undefined;
      const display = unused(showHidden(name), [...places.values()]);
      places.set(uri, { class: judged.class, canonical: uri, written: uri, display, kind: 'file', reasons: judged.reasons });
      return display;
    },
    places: () => [...places.values()],
    clear: () => places.clear(),
    dispose: () => closed.dispose(),
  };
}

async function judgeOf({ uri }: vscode.TextDocument, judge: (path: string) => ReturnType<PathGuard['resolve']>): Promise<Pick<ResolvedPath, 'class' | 'reasons'> | DeniedPath> {
  const notebook = uri.scheme === 'vscode-notebook-cell' ? notebookOf(uri) : undefined;
  const path = notebook && filePathOf(notebook.uri);
  return path !== undefined ? judge(path) : { class: 'inside', reasons: [] };
}

function notebookOf(cell: vscode.Uri): vscode.NotebookDocument | undefined {
  return vscode.workspace.notebookDocuments.find((notebook) => notebook.getCells().some(({ document }) => document.uri.toString() === cell.toString()));
}

/** `Untitled-1`, `analysis.ipynb#cell-3` (counted from 1); undefined for what the path guard knows as a file. */
function nameOf({ uri }: vscode.TextDocument): string | undefined {
  if (uri.scheme === 'untitled') return vscode.workspace.asRelativePath(uri, true);
  if (uri.scheme !== 'vscode-notebook-cell') return undefined;
  const notebook = notebookOf(uri);
  const index = notebook?.getCells().findIndex((cell) => cell.document.uri.toString() === uri.toString()) ?? -1;
  return notebook === undefined ? undefined : `${vscode.workspace.asRelativePath(notebook.uri, true)}#cell-${index + 1}`;
}

/** A cell that has moved keeps its name, so another may come to stand where it was. */
function unused(name: string, taken: readonly ResolvedPath[]): string {
  let free = name;
  for (let number = 2; taken.some(({ display }) => display === free); number += 1) free = `${name}-${number}`;
  return free;
}
