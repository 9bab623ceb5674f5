import { say, type LocalText } from '../../protocol/localText.ts';
import type { Confirm } from './dialogs.ts';
import { acceptedCount, rejectAll, type ReviewedFile } from './reviewState.ts';
import { confirmationFor } from './sensitive.ts';

/** How the host asks; `alsoWhole` when nobody is shown a change that has no lines. */
export interface Asking {
  readonly confirm: Confirm;
  readonly alsoWhole: boolean;
}

/** The files after the host's own questions, and what the person should know of them. */
export interface Confirmed {
  readonly files: readonly ReviewedFile[];
  readonly note: LocalText | undefined;
}

/**
 * Asks about each accepted file that is not ordinary, and with `alsoWhole` about each change without lines. The first no is
 * one to all that would be asked about after it: there may be hundreds, and this is the way out of them. Undefined when the
 * signal aborts meanwhile.
 */
export async function confirmFiles(reviewed: readonly ReviewedFile[], { confirm, alsoWhole }: Asking, signal: AbortSignal): Promise<Confirmed | undefined> {
  const files = [...reviewed];
  let refused = 0;
  for (const [index, file] of reviewed.entries()) {
    const isAsked = file.reasons.length > 0 || (alsoWhole && file.hunks.length === 0);
    if (!isAsked || acceptedCount(file) === 0) continue;
    const allowed = refused === 0 && (await confirm(confirmationFor(file, countsOf(file)), signal));
    if (signal.aborted) return undefined;
    if (allowed) continue;
    refused += 1;
    files.splice(index, 1, ...rejectAll([file]));
  }
  return { files, note: refused > 1 ? say('After your no to one file the others that would have been asked about one by one are rejected too.') : undefined };
}

function countsOf(file: ReviewedFile): { readonly added: number; readonly removed: number } {
  const accepted = file.hunks.filter((_, index) => file.decisions[index] === 'accepted');
  return { added: accepted.reduce((sum, { newLines }) => sum + newLines.length, 0), removed: accepted.reduce((sum, { oldLines }) => sum + oldLines.length, 0) };
}
