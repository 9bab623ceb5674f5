import * as vscode from 'vscode';
import type { Hunk } from '../core/edits/hunk.ts';

/**
 * The edits that make of a document's lines what the hunks say; `lines` are the document's as they are, `eol` its line
 * end. They touch whole lines and nothing else, so that cursors, folds and markers elsewhere stay.
 */
export function textEdits(hunks: readonly Hunk[], lines: readonly string[], eol: string): vscode.TextEdit[] {
  return hunks.map(({ oldStart, oldLines, newLines }) => {
    const from = oldStart - 1;
    const to = from + oldLines.length;
    const text = newLines.join(eol);
    if (newLines.length > 0 && oldLines.length > 0) return vscode.TextEdit.replace(new vscode.Range(from, 0, to - 1, endOf(lines, to - 1)), text);
    // A line goes and comes with the line end behind it, the last one with the line end before it.
    const range = to < lines.length ? new vscode.Range(from, 0, to, 0) : new vscode.Range(from - 1, endOf(lines, from - 1), to - 1, endOf(lines, to - 1));
    return vscode.TextEdit.replace(range, newLines.length === 0 ? '' : to < lines.length ? text + eol : eol + text);
  });
}

function endOf(lines: readonly string[], line: number): number {
  return lines[line]?.length ?? 0;
}
