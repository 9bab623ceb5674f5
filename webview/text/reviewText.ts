import type { FileReview, HunkDecision, HunkView, PermissionItem, ReviewItem } from '../../src/protocol/reviewItems.ts';
import { decisionsOf, isAccepted } from '../../src/protocol/reviewedFiles.ts';
import type { Turn } from '../../src/protocol/viewState.ts';
import { t } from '../strings.ts';
import { hasEscaped, hasHidden, visibleText } from './hiddenCharacters.ts';
import { changedRange, longestLine } from './lineChanges.ts';

/** The question of the running turn that waits for the person; undefined while none does. */
export function openQuestion(turns: readonly Turn[]): ReviewItem | PermissionItem | undefined {
  const last = turns.at(-1);
  if (last?.outcome !== 'running') return undefined;
  return last.items.find((item) => (item.kind === 'review' || item.kind === 'permission') && item.status === 'open') as ReviewItem | PermissionItem | undefined;
}

/** What would be done to a file, in a sentence, hidden characters written out. */
export function changeInWords({ change, path, to }: FileReview): string {
  const file = visibleText(path);
  switch (change) {
    case 'edit':
      return t('Edit {0}', file);
    case 'create':
      return t('Create {0}', file);
    case 'move':
      return t('Move {0} to {1}', file, visibleText(to ?? ''));
    case 'delete':
      return t('Delete {0}', file);
  }
}

/** The same in a word. */
export function verbOf(change: FileReview['change']): string {
  switch (change) {
    case 'edit':
      return t('Edit');
    case 'create':
      return t('Create');
    case 'move':
      return t('Move');
    case 'delete':
      return t('Delete');
  }
}

/** What the whole review is about. */
export function reviewInWords({ files, moreFiles }: ReviewItem): string {
  const [only] = files;
  return only !== undefined && files.length + moreFiles === 1 ? changeInWords(only) : t('Changes to {0} files', files.length + moreFiles);
}

/** Which lines a hunk changes, within a sentence: "lines 12 to 15". */
export function placeInWords(hunk: HunkView): string {
  const [first, last] = changedRange(hunk);
  if (hunk.moreLines > 0) return t('lines from {0} on', first);
  return first === last ? t('line {0}', first) : t('lines {0} to {1}', first, last);
}

/** Whether all that was applied has been taken back. */
export function isWhollyReverted({ files, moreFiles, isReverted: isAll }: ReviewItem): boolean {
  const applied = files.filter(isAccepted);
  return (moreFiles === 0 || isAll === true) && applied.length > 0 && applied.every(({ isReverted }) => isReverted === true);
}

/** Whether what it would write, or where, has characters that are not seen, or that reorder what is seen. */
export function hasHiddenText({ files }: ReviewItem): boolean {
  return files.some(({ path, to, hunks }) => hasEscaped(path) || hasEscaped(to ?? '') || hunks.some(({ lines }) => lines.some(({ kind, text }) => kind === 'added' && hasHidden(text))));
}

/** Whether the card leaves something out that is decided with the rest. */
export function hasUnseen({ files, moreFiles }: ReviewItem): boolean {
  return moreFiles > 0 || files.some(({ moreHunks, hunks }) => moreHunks > 0 || hunks.some(isCut));
}

function isCut({ moreLines, lines }: HunkView): boolean {
  return moreLines > 0 || lines.some(({ text, moreCharacters = 0 }) => moreCharacters > 0 || text.length > longestLine);
}

/** How the review stands. */
export function statusInWords(item: ReviewItem): string {
  const decisions = item.files.flatMap(decisionsOf);
  const decided = decisions.filter((decision) => decision !== 'open').length;
  switch (item.status) {
    case 'open':
      return decided === 0 ? t('Waiting for your decision') : t('{0} of {1} decided', decided, decisions.length);
    case 'later':
      return t('Put off: nothing has changed yet');
    case 'applying':
      return t('Applying…');
    case 'done':
      return isWhollyReverted(item) ? t('Reverted') : doneInWords(item, decisions);
    case 'unanswered':
      return t('Nobody decided in time: nothing has changed');
    case 'failed':
      return t('Not applied');
  }
}

function doneInWords({ files, moreFiles }: ReviewItem, decisions: readonly HunkDecision[]): string {
  const accepted = decisions.filter((decision) => decision === 'accepted').length;
  if (accepted === decisions.length) return t('Applied');
  // Of what is not shown it is not known how it was decided, unless all of it was decided together.
  if (accepted === 0) return t('Rejected: nothing has changed');
  if (moreFiles > 0 || files.some(({ moreHunks }) => moreHunks > 0)) return t('Partly applied');
  return files.some(({ hunks }) => hunks.length === 0) ? t('{0} of {1} changes applied', accepted, decisions.length) : t('{0} of {1} hunks applied', accepted, decisions.length);
}

/** What became of a file or a hunk; undefined while something of it is open. */
export function decisionInWords(decisions: readonly HunkDecision[]): string | undefined {
  if (decisions.includes('open')) return undefined;
  const accepted = decisions.filter((decision) => decision === 'accepted').length;
  if (accepted === decisions.length) return t('Accepted');
  return accepted === 0 ? t('Rejected') : t('{0} of {1} accepted', accepted, decisions.length);
}
