import * as vscode from 'vscode';
import type { EditorWindow } from '../core/editor/window.ts';
import { pathOf } from './addresses.ts';
import { fromRange } from './languages/convert.ts';

/** The tabs and the text editor of the window. */
export const editorWindow: EditorWindow = {
  editors: () =>
    vscode.window.tabGroups.all.flatMap(({ tabs, isActive: isActiveGroup }) =>
      tabs.flatMap(({ input, isActive, isDirty }) => {
        const uri = uriOf(input);
        return uri === undefined ? [] : [{ path: pathOf(uri), isActive: isActive && isActiveGroup, isDirty }];
      }),
    ),
  active() {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined) return undefined;
    const { document, selection, visibleRanges } = editor;
    const first = visibleRanges[0];
    const last = visibleRanges.at(-1);
    return {
      path: pathOf(document.uri),
      language: document.languageId,
      lineCount: document.lineCount,
      isDirty: document.isDirty,
      visible: first === undefined || last === undefined ? undefined : { first: first.start.line + 1, last: last.end.line + 1 },
      selection: fromRange(selection),
      selectedText: document.getText(selection).replace(/\r\n?/g, '\n'),
    };
  },
};

/** The file that a tab shows, of a comparison the newer one; undefined for a terminal or a page. */
function uriOf(input: unknown): vscode.Uri | undefined {
  if (input instanceof vscode.TabInputText || input instanceof vscode.TabInputNotebook || input instanceof vscode.TabInputCustom) return input.uri;
  return input instanceof vscode.TabInputTextDiff || input instanceof vscode.TabInputNotebookDiff ? input.modified : undefined;
}
