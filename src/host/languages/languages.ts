import * as vscode from 'vscode';
import type { Languages } from '../../core/editor/languages.ts';
import { actions, resolveAction } from './actions.ts';
import { ask, askOf, open } from './ask.ts';
import { pathOf } from '../addresses.ts';
import { fromLocation, toPosition, toRange } from './convert.ts';
import { diagnostics } from './diagnostics.ts';
import { hovers, outline, symbols } from './symbols.ts';
import { fromWorkspaceEdit } from './workspaceEdit.ts';

/** The language servers of VS Code's extensions. */
export const languages: Languages = {
  diagnostics,
  isOpen: (path) => vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ input }) => input instanceof vscode.TabInputText && pathOf(input.uri) === path)),
  outline,
  symbols,
  definitions: async (path, position, signal) => (await askOf<vscode.Location | vscode.LocationLink>('vscode.executeDefinitionProvider', path, [toPosition(position)], signal)).map(fromLocation),
  references: async (path, position, signal) => (await askOf<vscode.Location>('vscode.executeReferenceProvider', path, [toPosition(position)], signal)).map(fromLocation),
  hovers: async (path, position, signal) => hovers(path, toPosition(position), signal),
  async rename(path, position, newName, signal) {
    const { uri } = await open(path, signal);
    const edit = await ask<vscode.WorkspaceEdit>('vscode.executeDocumentRenameProvider', [uri, toPosition(position), newName], signal, 'rename');
    return edit === undefined ? [] : fromWorkspaceEdit(edit, signal);
  },
  actions: async (path, range, signal) => actions(path, toRange(range), signal),
  resolveAction: async (path, range, action, signal) => resolveAction(path, toRange(range), action, signal),
};
