import { showHidden } from '../../protocol/hiddenCharacters.ts';
import { say, type LocalText } from '../../protocol/localText.ts';
import type { FileChange } from '../edits/change.ts';
import { ApplyError, type Documents } from '../editor/documents.ts';
import type { ResolvedPath } from '../guard/pathGuard.ts';
import { FileError, type Files } from '../ports.ts';
import type { BeforeImage, Content } from './beforeImages.ts';

/** What puts one file back, and whether it would take away what somebody has written since. One that already is as before has no changes. */
export interface Restoration {
  readonly image: BeforeImage;
  readonly display: string;
  readonly changes: readonly FileChange[];
  readonly edited: boolean;
}

/** A file that cannot be put back, and why, for the person. */
export interface Obstacle {
  readonly image: BeforeImage;
  readonly obstacle: LocalText;
}

export interface RevertPlan {
  readonly restorations: readonly Restoration[];
  readonly obstacles: readonly Obstacle[];
}

/** How each file is put back as it was before the turn, as far as it can be. Never throws. */
export async function planRevert(images: readonly BeforeImage[], documents: Documents, files: Files): Promise<RevertPlan> {
  const obstacles: Obstacle[] = [];
  let left = images;
  for (;;) {
    const plan = await planAll(left, documents, files);
    const stuck = plan.filter((step) => 'obstacle' in step);
    obstacles.push(...stuck);
    if (stuck.length === 0) return { restorations: plan.filter((step) => 'changes' in step), obstacles };
    // What stays where it is stands perhaps in the way of another.
    const without = new Set(stuck.map(({ image }) => image));
    left = left.filter((image) => !without.has(image));
  }
}

/** The changes of a plan in the order in which none stands in another's way. */
export function changesOf(plan: readonly Restoration[]): readonly FileChange[] {
  const order: readonly FileChange['kind'][] = ['delete', 'move', 'create', 'edit'];
  const changes = plan.flatMap((restoration) => restoration.changes);
  // What was moved last goes back first: it may stand where another one has to go.
  return order.flatMap((kind) => (kind === 'move' ? changes.toReversed() : changes).filter((change) => change.kind === kind));
}

type Step = Restoration | Obstacle;

async function planAll(images: readonly BeforeImage[], documents: Documents, files: Files): Promise<readonly Step[]> {
  // Where something of the turn's own stands that goes elsewhere: what was there before has its place again.
  const freed = new Set(images.flatMap(({ origin, current }) => (current === undefined || origin?.canonical === current.canonical ? [] : [current.canonical])));
  const look: Look = async (place, ours) => (!ours && freed.has(place.canonical) ? { kind: 'missing' } : lookAt(place, documents, files));
  const plan: Step[] = [];
  for (const image of images) {
    plan.push(await stepOf(image, look).catch((error: unknown) => stuck(image, say('{0} was not put back: {1}', nameOf(image), error instanceof Error ? error.message : String(error)))));
  }
  return plan;
}

async function stepOf(image: BeforeImage, look: Look): Promise<Step> {
  const { origin, current, before, after, isMixed, lost } = image;
  if (lost === 'earlier') return stuck(image, say('Other files that this turn had changed before were not put back: what was kept of them could not be read, or is gone.'));
  if (lost === 'withheld') return stuck(image, say('{0} was not put back: what it held was not written to the disk, for it may hold secrets.', nameOf(image)));
  if (lost === 'elsewhere') return stuck(image, say('{0} was not put back: it is not where it was, or may not be changed any more.', nameOf(image)));
  const present: Present = current === undefined ? { kind: 'missing' } : await look(current, true);
  if (current === undefined || present.kind === 'missing') return origin === undefined ? restoration(image, [], false) : bringBack(image, origin, look);
  const edited = isMixed === true || (after !== undefined && (present.kind !== 'text' || present.text !== after));
  // Made by the turn.
  if (origin === undefined) return restoration(image, [{ kind: 'delete', place: current, before: present.kind === 'text' ? present.text : undefined }], edited);

  const moves: readonly FileChange[] = origin.canonical === current.canonical ? [] : [{ kind: 'move', place: current, to: origin }];
  if (moves.length > 0 && (await look(origin, false)).kind !== 'missing') return stuck(image, say('{0} was not put back: something else is in its place.', nameOf(image)));
  if (before === undefined) return restoration(image, moves, edited);
  if (present.kind !== 'text' || before.text === undefined) return stuck(image, say('{0} was not put back: it is not a text file any more.', nameOf(image)));
  return restoration(image, [...moves, ...(present.text === before.text ? [] : [{ kind: 'edit', place: origin, before: present.text, after: before.text } as const])], edited);
}

/** It is not where the turn left it, or the turn deleted it: it is made again, or its text put into what somebody has made there since. */
async function bringBack(image: BeforeImage, origin: ResolvedPath, look: Look): Promise<Step> {
  const { current, before } = image;
  const wasMoved = current !== undefined && current.canonical !== origin.canonical;
  const there = current === undefined || wasMoved ? await look(origin, false) : ({ kind: 'missing' } as const);
  if (there.kind === 'missing') {
    if (before !== undefined) return restoration(image, [createOf(origin, before)], current !== undefined);
    return stuck(image, current === undefined ? say('{0} was not put back: it was too large to be kept.', nameOf(image)) : say('{0} was not put back: it is not there any more.', nameOf(image)));
  }
  // Somebody has moved back what was only moved.
  if (before === undefined && wasMoved) return restoration(image, [], false);
  if (there.kind !== 'text' || before?.text === undefined) return stuck(image, say('{0} was not put back: something else is in its place.', nameOf(image)));
  return restoration(image, there.text === before.text ? [] : [{ kind: 'edit', place: origin, before: there.text, after: before.text }], true);
}

function restoration(image: BeforeImage, changes: readonly FileChange[], edited: boolean): Restoration {
  return { image, display: displayOf(image), changes, edited: edited && changes.length > 0 };
}

function stuck(image: BeforeImage, obstacle: LocalText): Obstacle {
  return { image, obstacle };
}

function displayOf({ origin, current }: BeforeImage): string {
  return (current ?? origin)?.display ?? '';
}

function nameOf(image: BeforeImage): string {
  return showHidden(displayOf(image));
}

function createOf(place: ResolvedPath, before: Content): FileChange {
  return before.kind === 'bytes' ? { kind: 'create', place, after: before.text ?? '', bytes: before.bytes } : { kind: 'create', place, after: before.text };
}

type Present = { readonly kind: 'missing' } | { readonly kind: 'text'; readonly text: string } | { readonly kind: 'binary' };

/** What is at a place; `ours` when the turn left something there. */
type Look = (place: ResolvedPath, ours: boolean) => Promise<Present>;

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
