import type { LocalText } from '../../protocol/localText.ts';
import { ApplyError, type Documents } from '../editor/documents.ts';
import { manyAtOnce } from '../manyAtOnce.ts';
import type { Files } from '../ports.ts';
import { explainFailure, explainPart, explainUnread, madeOf, type Failure } from './applyFailure.ts';
import { lostEarlier, withChanges, withTexts, type BeforeImage, type BeforeImages } from './beforeImages.ts';
import type { FileChange } from '../edits/change.ts';
import { differInLayoutOnly } from './layout.ts';
import type { Queue } from '../queue.ts';
import { isSamePlace, placesOf } from './samePlace.ts';
import { isWorseThan, largestImage } from './sensitive.ts';

/** What applying works with. */
export interface Applying {
  readonly documents: Documents;
  readonly files: Files;
  readonly images: BeforeImages;
  /** Whether the turn has changed files of which nothing is kept any more. */
  readonly isForgotten: (turnId: string) => boolean;
  /** Nothing else is written meanwhile. */
  readonly writes: Queue;
}

/** `changed`: a text is not what was shown, and nothing was applied. `problem` is for the model, `note` for the person. */
export type Applied =
  | { readonly kind: 'applied'; readonly problem: string | undefined; readonly note: LocalText | undefined }
  | { readonly kind: 'changed' }
  | { readonly kind: 'stopped' }
  /** `made` are those of several changes that were applied all the same. */
  | ({ readonly kind: 'failed'; readonly made: readonly FileChange[] } & Failure);

/** Applies the changes of a turn as one step and keeps what was there before; `known` is why the person was asked about each. Never throws. */
export async function applyChanges(turnId: string, changes: readonly FileChange[], known: ReadonlyMap<FileChange, readonly LocalText[]>, { documents, files, images, isForgotten, writes }: Applying, signal: AbortSignal): Promise<Applied> {
  return writes.run(async () => {
    const loaded = await images.load(turnId);
    if (loaded === 'unread') return { kind: 'failed', made: [], ...explainUnread() };
    const isLacking = images.of(turnId).length === 0 && (loaded === 'damaged' || isForgotten(turnId));
    const bytes: (Uint8Array | undefined)[] = [];
    /** A new array every time: whoever stores the images may keep the one it was given. */
    function keep(made: readonly FileChange[]): readonly BeforeImage[] {
      const kept = withChanges(isLacking ? [lostEarlier] : images.of(turnId), made, made.map((change) => bytes[changes.indexOf(change)]));
      images.set(turnId, kept);
      return kept;
    }

    try {
      await manyAtOnce(changes, async (change, index) => {
        signal.throwIfAborted();
        for (const place of placesOf(change)) {
          if (!(await isSamePlace(place, files))) throw new ApplyError('refused', place.display, 'The path leads elsewhere than when the person was asked.');
        }
        // It may have waited for others who write.
        if (await isWorseThan(known.get(change) ?? [], change, files)) throw new ApplyError('changed', change.place.display, 'It is not what the person was asked about.');
        if (change.kind === 'delete') bytes[index] = await bytesOf(change, files);
      });
      signal.throwIfAborted();
      const notSaved = await apply(documents, changes, signal);
      const kept = keep(changes);
      const differing = await differingFrom(changes, documents);
      // Whatever else differs somebody may have typed while it was saved: reverting asks before that is lost.
      const formatted = differing.filter(({ isFormatted }) => isFormatted);
      images.set(turnId, withTexts(kept, new Map(formatted.map(({ path, text }) => [path, text]))));
      const problems = [notSaved?.problem, ...differingProblems(differing)].filter((problem) => problem !== undefined);
      return { kind: 'applied', problem: problems.length === 0 ? undefined : problems.join('\n'), note: notSaved?.note };
    } catch (error) {
      const made = madeOf(error, changes);
      if (made.length > 0) {
        keep(made);
        return { kind: 'failed', made, ...explainPart(error, changes, made) };
      }
      if (signal.aborted) return { kind: 'stopped' };
      if (error instanceof ApplyError && error.reason === 'changed') return { kind: 'changed' };
      return { kind: 'failed', made, ...explainFailure(error, changes[0]?.place.display ?? '') };
    }
  });
}

/** Answers what there is to say of a file that could not be saved: the change is made all the same. */
async function apply(documents: Documents, changes: readonly FileChange[], signal: AbortSignal): Promise<Failure | undefined> {
  try {
    await documents.apply(changes, signal);
    return undefined;
  } catch (error) {
    if (error instanceof ApplyError && error.reason === 'not-saved') return explainFailure(error, error.display);
    throw error;
  }
}

async function bytesOf({ place }: FileChange, files: Files): Promise<Uint8Array | undefined> {
  const { size } = await files.facts(place.canonical);
  return size > largestImage ? undefined : files.read(place.canonical);
}

interface Differing {
  readonly path: string;
  readonly display: string;
  readonly text: string;
  /** As a formatter changes a text. */
  readonly isFormatted: boolean;
}

/** The texts that are not what was written: something in the editor, or somebody, changed them when they were saved. */
async function differingFrom(changes: readonly FileChange[], documents: Documents): Promise<readonly Differing[]> {
  const differing: Differing[] = [];
  await manyAtOnce(changes, async (change) => {
    if ((change.kind !== 'edit' && change.kind !== 'create') || ('bytes' in change && change.bytes !== undefined)) return;
    const { canonical: path, display } = change.place;
    const text = await documents.read(change.place).then((read) => read.text, () => undefined);
    if (text !== undefined && text !== change.after) differing.push({ path, display, text, isFormatted: differInLayoutOnly(text, change.after) });
  });
  return differing;
}

function differingProblems(files: readonly Differing[]): readonly string[] {
  const namesOf = (some: readonly Differing[]): string => some.slice(0, 10).map(({ display }) => display).join(', ');
  const [formatted, others] = [files.filter(({ isFormatted }) => isFormatted), files.filter(({ isFormatted }) => !isFormatted)];
  return [
    ...(formatted.length === 0 ? [] : [`The change was applied, and then the editor formatted ${namesOf(formatted)} on save: the text differs from what you wrote. Read it again before you change it further.`]),
    ...(others.length === 0 ? [] : [`The change was applied, and while it was saved the editor or the person changed more in ${namesOf(others)}: the text differs from what you wrote. Read it again before you change it further, and leave what was added.`]),
  ];
}
