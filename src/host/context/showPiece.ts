import * as vscode from 'vscode';
import { isAtPath, type ContextPorts, type Piece } from '../../core/context/piece.ts';
import { openPlace } from '../../core/context/readPiece.ts';
import { showHidden } from '../../protocol/hiddenCharacters.ts';
import { uriOf } from '../addresses.ts';
import { localiseForeign, tell } from '../messages.ts';
import type { VirtualDocuments } from '../virtualDocuments.ts';

/** Shows a piece of context where it is. */
export async function showPiece(piece: Piece, ports: ContextPorts, documents: VirtualDocuments): Promise<void> {
  if (isAtPath(piece)) {
    const place = await openPlace(piece, ports);
    if ('message' in place) return void (await tell('warning', localiseForeign(place)));
    const uri = uriOf(place.written);
    if (place.kind === 'directory') return void (await vscode.commands.executeCommand('revealInExplorer', uri));
    const lines = 'lines' in piece ? piece.lines : undefined;
    const selection = lines && new vscode.Range(lines.first - 1, 0, lines.last, 0);
    return void (await vscode.commands.executeCommand('vscode.open', uri, { preview: true, ...(selection !== undefined && { selection }) }));
  }
  switch (piece.kind) {
    case 'problems':
      return void (await vscode.commands.executeCommand('workbench.actions.view.problems'));
    case 'changes':
      return void (await vscode.commands.executeCommand('workbench.view.scm'));
    case 'editors':
      return void (await vscode.commands.executeCommand('workbench.action.showAllEditors'));
    case 'text':
      return documents.show(`/context/${piece.name.replaceAll('/', '_')}`, () => showHidden(piece.text));
  }
}
