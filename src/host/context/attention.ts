import * as vscode from 'vscode';
import { inOneLine } from '../../core/agent/explain.ts';
import type { ViewStore } from '../../core/chat/viewStore.ts';
import { labelOf } from '../../core/context/readFilePiece.ts';
import { suggestionId } from '../../core/context/suggestionId.ts';
import type { PathGuard } from '../../core/guard/pathGuard.ts';
import type { Attention } from '../../protocol/contextView.ts';
import { pathOf } from '../addresses.ts';
import { relativeName } from './pieceNames.ts';

/** Milliseconds after the last move of the cursor. */
const settled = 150;

/** Tells the page which file and selection the person looks at: their names, nothing of their text, and nothing of what would take a question. */
export function followAttention(store: ViewStore, guard: PathGuard): vscode.Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let round = 0;

  async function look(): Promise<void> {
    const mine = (round += 1);
    const attention = await attentionOf(vscode.window.activeTextEditor, guard);
    if (mine !== round || JSON.stringify(attention) === JSON.stringify(store.state.attention)) return;
    store.publish({ type: 'attention-changed', attention });
  }

  function soon(): void {
    clearTimeout(timer);
    timer = setTimeout(() => void look(), settled);
  }

  soon();
  const listening = [vscode.window.onDidChangeActiveTextEditor(soon), vscode.window.onDidChangeTextEditorSelection(soon)];
  return {
    dispose() {
      clearTimeout(timer);
      round += 1;
      for (const each of listening) each.dispose();
    },
  };
}

async function attentionOf(editor: vscode.TextEditor | undefined, guard: PathGuard): Promise<Attention> {
  const none = { file: undefined, selection: undefined };
  if (editor === undefined) return none;
  const path = pathOf(editor.document.uri);
  const display = await displayOf(path, guard);
  if (display === undefined) return none;
  const lines = selectedLines(editor);
  return {
    file: { id: suggestionId({ kind: 'file', path }), label: inOneLine(display) },
    selection: lines && { id: suggestionId({ kind: 'selection', path, lines }), label: labelOf(display, lines) },
  };
}

/** How a document is called that may be offered: an ordinary file, a new document, a cell of a notebook; never what the product itself shows. */
async function displayOf(path: string, guard: PathGuard): Promise<string | undefined> {
  if (isOfferable(path)) return relativeName(path);
  const place = await guard.resolve(path, 'read');
  return place.class === 'inside' && place.kind === 'file' ? place.display : undefined;
}

/** Whether an address is that of a document that the person can put before the model though it is no file. */
export function isOfferable(path: string): boolean {
  return /^(untitled|vscode-notebook-cell):/.test(path);
}

/** The lines that are selected; undefined when only the cursor stands there. A last line of which nothing is selected does not count. */
export function selectedLines({ selection }: vscode.TextEditor): { readonly first: number; readonly last: number } | undefined {
  const { start, end } = selection;
  if (selection.isEmpty) return undefined;
  return { first: start.line + 1, last: end.character === 0 && end.line > start.line ? end.line : end.line + 1 };
}
