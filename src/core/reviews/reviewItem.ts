import { showHidden } from '../../protocol/hiddenCharacters.ts';
import type { LocalText } from '../../protocol/localText.ts';
import type { FileReview, HunkView, ReviewItem } from '../../protocol/reviewItems.ts';
import { hunkView } from './hunkView.ts';
import { linesOf } from '../edits/hunks.ts';
import type { ReviewedFile } from './reviewState.ts';

/** What a page is given at most; the rest is decided together with it, and is to be seen in the diff editor. */
export const shownAtMost = { files: 20, hunks: 40, characters: 300_000 } as const;

export interface ReviewFacts {
  readonly id: string;
  readonly callId: string | undefined;
  readonly token: string;
  readonly status: ReviewItem['status'];
  readonly files: readonly ReviewedFile[];
  readonly note: LocalText | undefined;
}

/** The card of a review. */
export function reviewItem({ id, callId, token, status, files, note }: ReviewFacts): ReviewItem {
  const shown = files.slice(0, shownAtMost.files);
  // Every decision sends the card again: with many files each gets a part of what the page is given.
  const budget = shownAtMost.characters / Math.max(1, shown.length);
  return { kind: 'review', id, ...(callId !== undefined && { callId }), token, status, files: shown.map((file) => fileReview(file, budget)), moreFiles: files.length - shown.length, note };
}

function fileReview(file: ReviewedFile, budget: number): FileReview {
  const { change, hunks, decision, reasons } = file;
  const views = hunkViews(file, budget);
  return {
    change: change.kind,
    path: showHidden(change.place.display),
    to: change.kind === 'move' ? showHidden(change.to.display) : undefined,
    reasons,
    added: sum(hunks.map(({ newLines }) => newLines.length)),
    removed: sum(hunks.map(({ oldLines }) => oldLines.length)),
    decision,
    hunks: views,
    moreHunks: hunks.length - views.length,
  };
}

function hunkViews({ change, hunks, decisions }: ReviewedFile, budget: number): readonly HunkView[] {
  // A file that comes or goes whole has nothing around its lines.
  const before = change.kind === 'edit' ? linesOf(change.before) : [];
  const views: HunkView[] = [];
  let characters = 0;
  for (const [index, hunk] of hunks.slice(0, shownAtMost.hunks).entries()) {
    const view = hunkView(hunk, before);
    characters += sum(view.lines.map(({ text }) => text.length + 1));
    // The first is always shown: a card that shows nothing cannot be decided.
    if (characters > budget && views.length > 0) break;
    views.push({ ...view, decision: decisions[index] ?? 'open' });
  }
  return views;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
