import type * as vscode from 'vscode';
import type { ResolvedPath } from '../../core/guard/pathGuard.ts';
import { uriOf as addressOf } from '../addresses.ts';

/** The address by which the editor knows a place: a file's, or that of a document that is no file (`untitled:`, a notebook's cell). */
export function uriOf({ canonical, written }: Pick<ResolvedPath, 'canonical' | 'written'>): vscode.Uri {
  return addressOf(canonical.startsWith('/') ? written : canonical);
}

/** Whether a document is what stands at a place, under its own name or the one that links lead to. */
export function isAt({ uri }: vscode.TextDocument, place: Pick<ResolvedPath, 'canonical' | 'written'>): boolean {
  if (!place.canonical.startsWith('/')) return uri.toString() === place.canonical;
  return [place.written, place.canonical].some((path) => addressOf(path).toString() === uri.toString());
}
