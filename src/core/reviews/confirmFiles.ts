import { say, type LocalText } from '../../protocol/localText.ts';
import type { Confirm } from './dialogs.ts';
import { named } from './revertWords.ts';
import type { Confirmation } from './reviews.ts';
import { acceptedCount, rejectAll, type ReviewedFile } from './reviewState.ts';
import { confirmationFor } from './sensitive.ts';

/** How the host asks; `always` when no other answer can be told to be the person's own. */
export interface Asking {
  readonly confirm: Confirm;
  readonly always: boolean;
}

/** The files after the host's own questions, and what the person should know of them. */
export interface Confirmed {
  readonly files: readonly ReviewedFile[];
  readonly note: LocalText | undefined;
}

/**
 * Asks about each accepted file that is not ordinary; with `always` about every one that was accepted, the ordinary ones
 * in one question. The first no is one to all that would be asked about after it: there may be hundreds, and this is the
 * way out of them. Undefined when the signal aborts meanwhile.
 */
export async function confirmFiles(reviewed: readonly ReviewedFile[], { confirm, always }: Asking, signal: AbortSignal): Promise<Confirmed | undefined> {
  const rejected = new Set<ReviewedFile>();
  let refused = 0;
  for (const files of questionsOn(reviewed, always)) {
    const allowed = refused === 0 && (await confirm(questionOn(files), signal));
    if (signal.aborted) return undefined;
    if (allowed) continue;
    refused += 1;
    for (const file of files) rejected.add(file);
  }
  const files = reviewed.flatMap((file) => (rejected.has(file) ? rejectAll([file]) : [file]));
  return { files, note: refused > 1 ? say('After your no to one file the others that would have been asked about one by one are rejected too.') : undefined };
}

function questionsOn(reviewed: readonly ReviewedFile[], always: boolean): readonly (readonly ReviewedFile[])[] {
  const accepted = reviewed.filter((file) => acceptedCount(file) > 0);
  const alone = accepted.filter((file) => (always ? !isPlain(file) : file.reasons.length > 0));
  const plain = always ? accepted.filter(isPlain) : [];
  return [...(plain.length > 0 ? [plain] : []), ...alone.map((file) => [file])];
}

/** It has been seen line by line, and there is nothing to say of it. */
function isPlain({ reasons, hunks }: ReviewedFile): boolean {
  return reasons.length === 0 && hunks.length > 0;
}

function questionOn(files: readonly ReviewedFile[]): Confirmation {
  const [only, ...others] = files;
  if (only !== undefined && others.length === 0) return confirmationFor(only, countsOf(only));
  return { text: say('Let the model make these changes in {0} files?', files.length), details: named(files.map(({ change }) => change.place.display)), yes: say('Change Them') };
}

function countsOf(file: ReviewedFile): { readonly added: number; readonly removed: number } {
  const accepted = file.hunks.filter((_, index) => file.decisions[index] === 'accepted');
  return { added: accepted.reduce((sum, { newLines }) => sum + newLines.length, 0), removed: accepted.reduce((sum, { oldLines }) => sum + oldLines.length, 0) };
}
