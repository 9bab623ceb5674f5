import type { LocalText } from '../../protocol/localText.ts';
import type { HunkDecision } from '../../protocol/reviewItems.ts';
import type { FileChange } from '../edits/change.ts';
import type { Hunk } from '../edits/hunk.ts';
import { applyHunks, hunksOf, linesOf } from '../edits/hunks.ts';
import type { Decision } from './reviews.ts';

/** One file of a review. A change without hunks (a move, an empty file, one that is no text) is decided by `decision`. */
export interface ReviewedFile {
  readonly change: FileChange;
  readonly hunks: readonly Hunk[];
  readonly decisions: readonly HunkDecision[];
  readonly decision: HunkDecision;
  /** Why the host confirms it itself; empty for an ordinary file. */
  readonly reasons: readonly LocalText[];
}

/** A file of which nothing has been decided. */
export function undecided(change: FileChange, reasons: readonly LocalText[]): ReviewedFile {
  const hunks = hunksOfChange(change);
  return { change, hunks, decisions: hunks.map(() => 'open'), decision: 'open', reasons };
}

function hunksOfChange(change: FileChange): readonly Hunk[] {
  switch (change.kind) {
    case 'edit':
      return hunksOf(change.before, change.after);
    case 'create':
      return change.after === '' ? [] : [{ oldStart: 1, oldLines: [], newStart: 1, newLines: ownLines(change.after) }];
    case 'delete':
      return change.before === undefined || change.before === '' ? [] : [{ oldStart: 1, oldLines: ownLines(change.before), newStart: 1, newLines: [] }];
    case 'move':
      return [];
  }
}

/** The lines of a file that comes or goes whole: what follows its last line end is no line that was put in or taken out. */
function ownLines(text: string): readonly string[] {
  const lines = linesOf(text);
  return text.endsWith('\n') ? lines.slice(0, -1) : lines;
}

/** The files after a decision; the same array when nothing was open that it could decide. */
export function decideOn(files: readonly ReviewedFile[], { decision, file, hunk }: Decision): readonly ReviewedFile[] {
  if (decision === 'later' || (file === undefined && hunk !== undefined)) return files;
  const decided = decision === 'accept' ? 'accepted' : 'rejected';
  let changed = false;
  const next = files.map((each, index): ReviewedFile => {
    if (file !== undefined && file !== index) return each;
    // Only what can be taken in parts has hunks of its own to decide: half a deletion is none.
    const only = each.change.kind === 'edit' ? hunk : undefined;
    if (hunk !== undefined && hunk >= each.hunks.length) return each;
    const isOpen = each.hunks.length === 0 ? each.decision === 'open' : each.decisions.some((one, at) => one === 'open' && (only ?? at) === at);
    if (!isOpen) return each;
    changed = true;
    const decisions = each.decisions.map((one, at) => (one === 'open' && (only ?? at) === at ? decided : one));
    return { ...each, decisions, decision: each.hunks.length === 0 ? decided : each.decision };
  });
  return changed ? next : files;
}

/** All that is not applied yet is refused. */
export function rejectAll(files: readonly ReviewedFile[]): readonly ReviewedFile[] {
  return files.map((file) => ({ ...file, decisions: file.hunks.map(() => 'rejected'), decision: 'rejected' }));
}

/** Nothing is accepted any more; what was rejected stays so. */
export function acceptNone(files: readonly ReviewedFile[]): readonly ReviewedFile[] {
  return files.map((file) => ({ ...file, decisions: file.decisions.map(unlessAccepted), decision: unlessAccepted(file.decision) }));
}

function unlessAccepted(decision: HunkDecision): HunkDecision {
  return decision === 'accepted' ? 'open' : decision;
}

export function isDecided(files: readonly ReviewedFile[]): boolean {
  return files.every((file) => decisionsOf(file).every((decision) => decision !== 'open'));
}

/** The decisions of a file, at least one. */
export function decisionsOf({ hunks, decisions, decision }: ReviewedFile): readonly HunkDecision[] {
  return hunks.length === 0 ? [decision] : decisions;
}

/** Hunks of the file that were accepted; a change without hunks counts as one. */
export function acceptedCount(file: ReviewedFile): number {
  return decisionsOf(file).filter((decision) => decision === 'accepted').length;
}

/** What is to be written of the file: exactly what was shown and accepted; undefined for nothing. */
export function acceptedChange(file: ReviewedFile): FileChange | undefined {
  if (acceptedCount(file) === 0) return undefined;
  const { change, hunks, decisions } = file;
  if (change.kind !== 'edit') return change;
  return { ...change, after: applyHunks(change.before, hunks.filter((_, index) => decisions[index] === 'accepted')) };
}
