import { showHidden } from '../../protocol/hiddenCharacters.ts';
import { say, type LocalText } from '../../protocol/localText.ts';
import { contentReasons } from '../guard/contentReasons.ts';
import { pathInFull } from '../guard/shownPath.ts';
import type { Files } from '../ports.ts';
import type { FileChange } from '../edits/change.ts';
import { acceptedChange, type ReviewedFile } from './reviewState.ts';
import type { Confirmation } from './reviews.ts';

/** The largest deleted file that is kept for putting it back, in bytes. */
export const largestImage = 8 * 1024 * 1024;

/** Why a change is confirmed by the host itself, whatever else is allowed; empty for an ordinary one. */
export async function reasonsFor(change: FileChange, files: Files): Promise<readonly LocalText[]> {
  const places = change.kind === 'move' ? [change.place, change.to] : [change.place];
  const reasons = places.flatMap((place) => (place.class === 'inside' ? [] : place.reasons.length > 0 ? place.reasons : [say('It is not an ordinary file of the workspace.')]));
  const content = change.kind === 'move' ? await reasonsToRename(change, files) : change.kind === 'delete' ? [] : contentReasons(change.place.display, change.after, change.kind === 'edit' ? change.before : undefined);
  return distinct([...reasons, ...content, ...(change.kind === 'delete' ? await reasonsToKeep(change, files) : [])]);
}

/** Above this, in bytes, VS Code gives a text to no language server, so nothing that it names is fetched. */
const largestText = 50 * 1024 * 1024;

/** What a text means under its new name that it has not meant under the old one. */
async function reasonsToRename({ place, to }: FileChange & { readonly kind: 'move' }, files: Files): Promise<readonly LocalText[]> {
  if (place.kind === 'directory' || !place.canonical.startsWith('/')) return [];
  try {
    if ((await files.facts(place.canonical)).size > largestText) return [];
    const saved = await files.decode(place.canonical, await files.read(place.canonical));
    // What was typed and not saved goes with the file.
    const texts = [saved, files.openText(place.canonical) ?? saved];
    return texts.flatMap((text) => (contentReasons(place.display, text).length > 0 ? [] : contentReasons(to.display, text)));
  } catch {
    // A file that cannot be looked at will not be moved either; that is found out when it is tried.
    return [];
  }
}

/** What of a deletion cannot be taken back. */
async function reasonsToKeep(change: FileChange, files: Files): Promise<readonly LocalText[]> {
  const { canonical } = change.place;
  const hasTrash = !canonical.startsWith('/') || files.hasTrash?.(canonical) !== false;
  return [
    ...((await sizeOf(change, files)) > largestImage ? [say('It is too large to be kept: it cannot be put back with the turn.')] : []),
    ...(hasTrash ? [] : [say('It does not go to a trash: once this chat has ended, it cannot be put back.')]),
  ];
}

/** The file with what there is to say of it now beside what there was when it was first looked at: meanwhile its text may be another. */
export async function judgedAnew(file: ReviewedFile, files: Files): Promise<ReviewedFile> {
  return { ...file, reasons: distinct([...file.reasons, ...(await reasonsFor(acceptedChange(file) ?? file.change, files))]) };
}

/** Whether there is more to say of a change now than what the person was asked by. Only what has no text of its own can come to that. */
export async function isWorseThan(known: readonly LocalText[], change: FileChange, files: Files): Promise<boolean> {
  if (change.kind !== 'move' && change.kind !== 'delete') return false;
  return distinct([...known, ...(await reasonsFor(change, files))]).length > distinct(known).length;
}

/** Whether it may be applied without asking, once the person has allowed that: nothing that moves or removes a file. */
export function isOrdinary({ change, reasons }: ReviewedFile): boolean {
  return (change.kind === 'edit' || change.kind === 'create') && change.place.class === 'inside' && reasons.length === 0;
}

/** What the host asks before a change that is not ordinary: where the file really is, what happens to it, and why it asks. */
export function confirmationFor({ change, reasons }: Pick<ReviewedFile, 'change' | 'reasons'>, counts: { readonly added: number; readonly removed: number }): Confirmation {
  const really = say('The file is {0}', pathInFull(change.place.canonical));
  const lines = say('Lines put in: {0}, taken out: {1}.', counts.added, counts.removed);
  const display = showHidden(change.place.display);
  switch (change.kind) {
    case 'edit':
      return { text: say('Let the model change {0}?', display), details: [really, lines, ...reasons], yes: say('Change It') };
    case 'create':
      return { text: say('Let the model make {0}?', display), details: [really, lines, ...reasons], yes: say('Make It') };
    case 'delete':
      return { text: say('Let the model delete {0}?', display), details: [really, ...reasons], yes: say('Delete It') };
    case 'move': {
      const to = say('It goes to {0}', pathInFull(change.to.canonical));
      return { text: say('Let the model move {0} to {1}?', display, showHidden(change.to.display)), details: [really, to, ...reasons], yes: say('Move It') };
    }
  }
}

/** Asks whether ordinary files may be edited without asking. */
export function allowEditsQuestion(): Confirmation {
  return {
    text: say('Let the model edit ordinary files in this chat without asking?'),
    details: [
      say('It may then change and make files of the workspace at once. You see every change in the chat and can revert each turn.'),
      say('It still asks before it moves or deletes files, and for settings, scripts, secrets and files outside the workspace. The permission ends with the chat.'),
    ],
    yes: say('Allow Edits'),
  };
}

async function sizeOf({ place }: FileChange, files: Files): Promise<number> {
  if (!place.canonical.startsWith('/')) return 0;
  // A file that cannot be looked at will not be deleted either; that is found out when it is tried.
  return files.facts(place.canonical).then(({ size }) => size, () => 0);
}

function distinct(reasons: readonly LocalText[]): readonly LocalText[] {
  const seen = new Set<string>();
  return reasons.filter((reason) => {
    const key = JSON.stringify(reason);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
