import { showHidden } from '../../protocol/hiddenCharacters.ts';
import { say, type LocalText } from '../../protocol/localText.ts';
import type { FileChange } from '../edits/change.ts';
import { ApplyError } from '../editor/documents.ts';

/** What there is to say of a failure: `problem` to the model, `note` to the person. */
export interface Failure {
  readonly problem: string;
  readonly note: LocalText;
}

/** The changes that were made although applying them all failed. */
export function madeOf(error: unknown, changes: readonly FileChange[]): readonly FileChange[] {
  if (!(error instanceof ApplyError)) return [];
  if (error.reason === 'not-saved') return changes;
  const made = new Set(error.made);
  return changes.filter((change) => made.has(change));
}

/** Of several changes only `made` were: which ones, and why. */
export function explainPart(error: unknown, changes: readonly FileChange[], made: readonly FileChange[]): Failure {
  const others = changes.filter((change) => !made.includes(change));
  const said = error instanceof Error ? error.message : String(error);
  return {
    problem: `Only a part of it was made: ${namesOf(made)}. Not made: ${namesOf(others)}. The editor says "${showHidden(said).slice(0, 500)}". Read what stands there now, and propose anew only what is missing, or tell the person.`,
    note: say('Only a part was made: {0}. Not made: {1}.', namesOf(made), namesOf(others)),
  };
}

/** What was kept of the files that the turn has changed so far cannot be read now, and would be lost by another change. */
export function explainUnread(): Failure {
  return {
    problem: 'Nothing was changed: what is kept of the files that were changed before, so that the person can revert them, cannot be read now. Propose the same change once more; if it fails again, tell the person.',
    note: say('Nothing was changed: what was kept of the files, so that they can be reverted, cannot be read now. Try again, or ask in a new question.'),
  };
}

/** So many files are named. */
const mostNamed = 10;

function namesOf(changes: readonly FileChange[]): string {
  const names = changes.slice(0, mostNamed).map((change) => showHidden(change.kind === 'move' ? `${change.place.display} → ${change.to.display}` : change.place.display));
  return [...names, ...(changes.length > mostNamed ? ['…'] : [])].join(', ');
}

/** Why nothing was applied, or what was applied could not be saved. */
export function explainFailure(error: unknown, fallback: string): Failure {
  if (!(error instanceof ApplyError)) {
    const message = error instanceof Error ? error.message : String(error);
    return { problem: `Nothing was changed: the editor says "${showHidden(message).slice(0, 500)}".`, note: say('{0} could not be changed: {1}', showHidden(fallback), message) };
  }
  const display = showHidden(error.display);
  switch (error.reason) {
    case 'changed':
      return { problem: `Nothing was changed: ${display} is not what it was any more. Read it again and make the change anew.`, note: say('{0} has changed since it was shown.', display) };
    case 'stale':
      return {
        problem: `Nothing was changed: ${display} was written by somebody else, and the editor still shows its older text. Tell the person to run "File: Revert File" in its editor; then read it again and make the change anew.`,
        note: say('The editor shows {0} as it was before it changed on the disk. Run “File: Revert File” there, then ask again.', display),
      };
    case 'read-only':
      return { problem: `Nothing was changed: ${display} is read-only. Tell the person; do not try other ways to write it.`, note: say('{0} is read-only.', display) };
    case 'exists':
      return { problem: `Nothing was changed: ${display} exists by now. Read it, and edit it instead of making it anew.`, note: say('{0} exists by now.', display) };
    case 'missing':
      return { problem: `Nothing was changed: ${display} is not there any more. Look for it with find_files.`, note: say('{0} is not there any more.', display) };
    case 'binary':
      return { problem: `Nothing was changed: ${display} is binary, not text. It cannot be edited here.`, note: say('{0} is not a text file.', display) };
    case 'not-saved':
      return {
        problem: `The change was made in the editor, but ${display} could not be saved: "${showHidden(error.message).slice(0, 500)}". The person has to save it, or take it back with "File: Revert File"; do not make the change again.`,
        note: say('{0} is changed, but could not be saved: it may be read-only in the editor. Save it yourself, or take the change back with “File: Revert File”.', display),
      };
    case 'refused':
      return { problem: `Nothing was changed: ${display}: ${showHidden(error.message).slice(0, 500)} Tell the person, or read the file again and retry.`, note: say('{0} could not be changed: {1}', display, error.message) };
  }
}
