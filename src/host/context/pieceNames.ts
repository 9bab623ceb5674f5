import * as vscode from 'vscode';
import { inOneLine } from '../../core/agent/explain.ts';
import { isAtPath, type Piece } from '../../core/context/piece.ts';
import { labelOf } from '../../core/context/readFilePiece.ts';
import { showPath } from '../../core/guard/shownPath.ts';
import { uriOf } from '../addresses.ts';

/** What a piece is called before it has been read, in the person's language. */
export function nameOfPiece(piece: Piece): string {
  if (isAtPath(piece)) {
    const shown = showPath(relativeName(piece.path));
    if (piece.kind === 'folder') return `${inOneLine(shown)}/`;
    if (piece.kind === 'symbol') return `${inOneLine(piece.name)} · ${labelOf(shown, piece.lines)}`;
    return labelOf(shown, piece.kind === 'selection' ? piece.lines : undefined);
  }
  switch (piece.kind) {
    case 'problems':
      return vscode.l10n.t('Problems');
    case 'changes':
      return vscode.l10n.t('Changes');
    case 'editors':
      return vscode.l10n.t('Open editors');
    case 'text':
      return inOneLine(piece.name);
  }
}

/** A path as the person knows it; one that nothing can be made of as it stands. */
export function relativeName(path: string): string {
  try {
    return vscode.workspace.asRelativePath(uriOf(path));
  } catch {
    return path;
  }
}
