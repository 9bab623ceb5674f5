import { showHidden } from '../../protocol/hiddenCharacters.ts';
import { say, type LocalText } from '../../protocol/localText.ts';
import type { Documents } from '../editor/documents.ts';
import type { Files } from '../ports.ts';
import { fence } from '../tools/fence.ts';
import type { FileChange } from '../edits/change.ts';
import { linesOf } from '../edits/hunks.ts';
import { relocate } from '../edits/relocate.ts';
import { undecided, type ReviewedFile } from './reviewState.ts';
import { reasonsFor } from './sensitive.ts';

/** The review's files on the texts as they are now, all open again; or why that cannot be, for the person and the model. */
export type Renewed = { readonly files: readonly ReviewedFile[] } | { readonly note: LocalText; readonly problem: string };

/** Looks at the files anew after one of them has changed. A file that cannot be read throws. */
export async function renew(changes: readonly FileChange[], documents: Documents, disk: Files): Promise<Renewed> {
  const renewed: ReviewedFile[] = [];
  for (const change of changes) {
    const present = await presentText(change, documents);
    const next = present === undefined ? change : onText(change, present);
    if (next === undefined) return { note: say('{0} has changed since, and the change does not fit it any more.', showHidden(change.place.display)), problem: doesNotFit(change, present ?? '') };
    renewed.push(undecided(next, await reasonsFor(next, disk)));
  }
  return { files: renewed };
}

async function presentText(change: FileChange, documents: Documents): Promise<string | undefined> {
  if (change.kind === 'edit' || (change.kind === 'delete' && change.before !== undefined)) return (await documents.read(change.place)).text;
  return undefined;
}

function onText(change: FileChange, present: string): FileChange | undefined {
  if (change.kind === 'delete') return { ...change, before: present };
  if (change.kind !== 'edit' || change.before === present) return change;
  const after = relocate(change.before, change.after, present);
  return after === undefined ? undefined : { ...change, before: present, after };
}

const most = { lines: 60, characters: 12_000, around: 8 } as const;

/** Tells the model which lines are where its change would have gone; of a file that is not ordinary none, for it may never have been allowed to read it. */
function doesNotFit(change: FileChange, present: string): string {
  const advice = 'Nothing was changed: somebody else changed the same lines after the change was proposed. Read the file again with read_file and propose the change anew.';
  if (change.place.class !== 'inside') return advice;
  const [before, lines] = [linesOf('before' in change ? (change.before ?? '') : ''), linesOf(present)];
  const first = Math.max(0, firstDifference(before, lines) - most.around);
  const shown = lines.slice(first, first + most.lines).map((line, index) => `${first + index + 1}\t${line}`);
  const label = `${showHidden(change.place.display)}, lines ${first + 1} to ${first + shown.length} of ${lines.length}, as they are now`;
  return [
    advice,
    fence(label, showHidden(shown.join('\n')).slice(0, most.characters)),
  ].join('\n');
}

function firstDifference(before: readonly string[], present: readonly string[]): number {
  const index = before.findIndex((line, at) => line !== present[at]);
  return index < 0 ? before.length : index;
}
