import * as vscode from 'vscode';
import type { ShownReviews } from '../../core/reviews/joinReviews.ts';
import type { PendingFile, PendingReview } from '../../core/reviews/reviews.ts';
import { placeHunks, type HunkPlace } from '../../core/edits/placeHunks.ts';
import { isAt } from './place.ts';

/** A pending change of a document: which one it is, and where its hunks stand in the document as it is now. */
export interface PendingChange {
  readonly token: string;
  /** Index in the review's files. */
  readonly file: number;
  /** How many files the review changes. */
  readonly files: number;
  readonly pending: PendingFile;
  readonly hunks: readonly PlacedHunk[];
}

export interface PlacedHunk extends HunkPlace {
  /** Index in the file's hunks. */
  readonly index: number;
  readonly hunk: PendingFile['hunks'][number];
}

/** What waits for the person, by the document it changes. */
export interface PendingChanges {
  in(document: vscode.TextDocument): readonly PendingChange[];
  /** A review that still waits. */
  review(token: string): PendingReview | undefined;
  all(): readonly PendingReview[];
  /** It is shown from now on. */
  show(token: string): void;
  /** Whether another agent's proposal has just come up: a key that was on its way then is not meant for it. */
  isTooNew(token: string): boolean;
  dispose(): void;
}

/** Milliseconds until a proposal that nobody asked for counts as seen. */
const unseen = 1000;

export function createPendingChanges(reviews: ShownReviews, now: () => number = Date.now): PendingChanges {
  const since = new Map<string, number>();
  // Lenses, decorations and keys ask for the same after every change, and placing hunks compares texts.
  let known = new WeakMap<vscode.TextDocument, { readonly version: number; readonly changes: readonly PendingChange[] }>();
  function note(): void {
    known = new WeakMap();
    const waiting = new Set(reviews.pending().map(({ token }) => token));
    for (const token of waiting) if (!since.has(token)) since.set(token, now());
    for (const token of since.keys()) if (!waiting.has(token)) since.delete(token);
  }
  const stop = reviews.onDidChange(note);
  return {
    in(document) {
      const before = known.get(document);
      if (before?.version === document.version) return before.changes;
      const changes = reviews.pending().flatMap((review) => changesOf(review, document));
      known.set(document, { version: document.version, changes });
      return changes;
    },
    review: (token) => reviews.pending().find((review) => review.token === token),
    all: () => reviews.pending(),
    show: (token) => void (since.has(token) && since.set(token, now())),
    isTooNew(token) {
      const from = since.get(token);
      return from !== undefined && now() - from < unseen && reviews.pending().some((review) => review.token === token && review.isOutside === true);
    },
    dispose: stop,
  };
}

function changesOf({ token, files }: PendingReview, document: vscode.TextDocument): readonly PendingChange[] {
  return files.flatMap((pending, file) => {
    const { change, hunks } = pending;
    if (change.kind === 'create' || !isAt(document, change.place)) return [];
    const places = change.kind === 'edit' ? placeHunks(hunks, change.before, document.getText().replaceAll('\r\n', '\n')) : [];
    const placed = hunks.flatMap((hunk, index) => {
      const place = places[index];
      return place === undefined ? [] : [{ ...place, index, hunk }];
    });
    return [{ token, file, files: files.length, pending, hunks: placed }];
  });
}

/** The hunks of a document that are still to be decided, from top to bottom. */
export function openHunks(changes: readonly PendingChange[]): readonly (PlacedHunk & Pick<PendingChange, 'token' | 'file'>)[] {
  return changes
    .flatMap(({ token, file, hunks }) => hunks.map((hunk) => ({ ...hunk, token, file })))
    .filter(({ hunk }) => hunk.decision === 'open')
    .toSorted((one, other) => one.line - other.line);
}

/** The lines of a hunk in the document as it is now; of one that only puts lines in, the line before it. */
export function hunkRange({ line, hunk }: { readonly line: number; readonly hunk: { readonly oldLines: readonly string[] } }, document: vscode.TextDocument): vscode.Range {
  const last = document.lineCount - 1;
  const from = Math.min(hunk.oldLines.length === 0 ? Math.max(0, line - 1) : line, last);
  return new vscode.Range(from, 0, Math.min(last, line + Math.max(0, hunk.oldLines.length - 1)), 0);
}
