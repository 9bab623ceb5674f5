import { showHidden } from '../../protocol/hiddenCharacters.ts';
import { say } from '../../protocol/localText.ts';
import { ApplyError, type Documents } from '../editor/documents.ts';
import { FileError, type Files } from '../ports.ts';
import type { ResolvedPath } from '../guard/pathGuard.ts';
import type { BeforeImage, Content } from './beforeImages.ts';
import type { FileChange } from '../edits/change.ts';
import type { Confirmation } from './reviews.ts';

/** What puts one file back, and whether it would take away what somebody has written since. */
export interface Restoration {
  readonly image: BeforeImage;
  readonly display: string;
  readonly changes: readonly FileChange[];
  readonly edited: boolean;
}

/** How each file is put back as it was before the turn; one that already is has no changes. Fails with what reading fails with. */
export async function planRevert(images: readonly BeforeImage[], documents: Documents, files: Files): Promise<readonly Restoration[]> {
  // Where something of the turn's own stands that goes elsewhere: what was there before has its place again.
  const freed = new Set(images.flatMap(({ origin, current }) => (current === undefined || origin?.canonical === current.canonical ? [] : [current.canonical])));
  const presentAt = async (place: ResolvedPath, ours: boolean): Promise<Present> => (!ours && freed.has(place.canonical) ? { kind: 'missing' } : lookAt(place, documents, files));
  const plan: Restoration[] = [];
  for (const image of images) plan.push(await restorationOf(image, presentAt));
  return plan;
}

/** The changes of a plan in the order in which none stands in another's way. */
export function changesOf(plan: readonly Restoration[]): readonly FileChange[] {
  const order: readonly FileChange['kind'][] = ['delete', 'move', 'create', 'edit'];
  const changes = plan.flatMap((restoration) => restoration.changes);
  return order.flatMap((kind) => changes.filter((change) => change.kind === kind));
}

async function restorationOf(image: BeforeImage, presentAt: (place: ResolvedPath, ours: boolean) => Promise<Present>): Promise<Restoration> {
  const { origin, current, before, after } = image;
  const display = (current ?? origin)?.display ?? '';
  const text = before?.text;
  const restoration = (changes: readonly FileChange[], edited: boolean): Restoration => ({ image, display, changes, edited });
  const make = (): readonly FileChange[] => (origin === undefined || before === undefined ? [] : [createOf(origin, before)]);

  // Deleted by the turn: it is made again, or its text put into what somebody has made there since.
  if (current === undefined) {
    if (origin === undefined) return restoration([], false);
    const there = await presentAt(origin, false);
    if (there.kind === 'missing') return restoration(make(), false);
    const same = there.kind === 'text' && there.text === text;
    return restoration(same || there.kind !== 'text' || text === undefined ? [] : [{ kind: 'edit', place: origin, before: there.text, after: text }], !same);
  }

  const present = await presentAt(current, true);
  if (present.kind === 'missing') return restoration(make(), origin !== undefined);
  const edited = after !== undefined && (present.kind !== 'text' || present.text !== after);
  // Made by the turn.
  if (origin === undefined) return restoration([{ kind: 'delete', place: current, before: present.kind === 'text' ? present.text : undefined }], edited);

  const moves: readonly FileChange[] = origin.canonical === current.canonical ? [] : [{ kind: 'move', place: current, to: origin }];
  if (moves.length > 0 && (await presentAt(origin, false)).kind !== 'missing') throw new ApplyError('exists', origin.display, 'Something is there by now.');
  const changesText = present.kind === 'text' && text !== undefined && present.text !== text;
  return restoration([...moves, ...(changesText ? [{ kind: 'edit', place: origin, before: present.text, after: text } as const] : [])], edited);
}

function createOf(place: ResolvedPath, before: Content): FileChange {
  return before.kind === 'bytes' ? { kind: 'create', place, after: before.text ?? '', bytes: before.bytes } : { kind: 'create', place, after: before.text };
}

type Present = { readonly kind: 'missing' } | { readonly kind: 'text'; readonly text: string } | { readonly kind: 'binary' };

async function lookAt(place: ResolvedPath, documents: Documents, files: Files): Promise<Present> {
  try {
    // An editor may still hold the text of a file that is gone.
    if (place.canonical.startsWith('/')) await files.facts(place.canonical);
    return { kind: 'text', text: (await documents.read(place)).text };
  } catch (error) {
    if (error instanceof FileError && error.reason === 'missing') return { kind: 'missing' };
    if (error instanceof ApplyError && error.reason === 'missing') return { kind: 'missing' };
    if (error instanceof ApplyError && error.reason === 'binary') return { kind: 'binary' };
    throw error;
  }
}

const mostNamed = 20;

/** Asks what to do with files that were edited since. */
export function editedSince(edited: readonly Restoration[]): Confirmation {
  const text = edited.length === 1 ? say('1 file was edited since the turn. Restore it too?') : say('{0} files were edited since the turn. Restore them too?', edited.length);
  const more = edited.length > mostNamed ? [say('… and {0} more.', edited.length - mostNamed)] : [];
  const names = edited.slice(0, mostNamed).map(({ display }) => say('{0}', showHidden(display)));
  return { text, details: [...names, ...more, say('What was written there since would be lost from the files. One Undo in each brings it back.')], yes: say('Restore Those Too') };
}

/** Asks whether the files that nobody has edited since are restored without the others. */
export function onlyOthers(count: number): Confirmation {
  const text = count === 1 ? say('Restore only the 1 file that was not edited since?') : say('Restore only the {0} files that were not edited since?', count);
  return { text, details: [], yes: say('Restore Only Those') };
}
