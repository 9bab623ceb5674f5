import * as v from 'valibot';
import type { PathGuard, ResolvedPath } from '../guard/pathGuard.ts';
import { manyAtOnce } from '../manyAtOnce.ts';
import { fromBytes, toBytes } from '../sessions/storedSchemas.ts';
import type { BeforeImage, Content } from './beforeImages.ts';

/*
 * What files were before a turn, as JSON. What another program must not find there is left out: of a file about which a
 * person is asked, a secret perhaps, only where it is.
 */

const place = v.looseObject({
  class: v.picklist(['inside', 'sensitive', 'outside']),
  canonical: v.string(),
  written: v.string(),
  display: v.string(),
  kind: v.picklist(['file', 'directory', 'missing']),
  isLink: v.optional(v.literal(true)),
});
const content = v.variant('kind', [v.looseObject({ kind: v.literal('text'), text: v.string() }), v.looseObject({ kind: v.literal('bytes'), base64: v.pipe(v.string(), v.regex(/^[A-Za-z\d+/]*={0,2}$/)), text: v.optional(v.string()) })]);
const stored = v.looseObject({
  version: v.literal(1),
  id: v.string(),
  images: v.array(v.looseObject({ origin: v.optional(place), current: v.optional(place), before: v.optional(content), after: v.optional(v.string()), isMixed: v.optional(v.literal(true)), lost: v.optional(v.picklist(['withheld', 'elsewhere', 'earlier'])) })),
});
type StoredImage = v.InferOutput<typeof stored>['images'][number];

/** Images without what is not written to a disk; none when nothing could be put back with the rest. */
export function storable(images: readonly BeforeImage[]): readonly BeforeImage[] {
  const kept = images.map((image) => (isSecret(image) ? { ...image, before: undefined, after: undefined, lost: 'withheld' as const } : image));
  return kept.every(({ lost }) => lost !== undefined) ? [] : kept;
}

/** The bytes of a turn's images. */
export function imagesToBytes(turnId: string, images: readonly BeforeImage[]): Uint8Array {
  return toBytes({
    version: 1,
    id: turnId,
    images: images.map(({ origin, current, before, after, isMixed, lost }) => ({ origin: origin && withoutReasons(origin), current: current && withoutReasons(current), before: before && toStored(before), after, isMixed, lost })),
  });
}

/**
 * The images that these bytes hold; undefined when they are none, or those of another turn. A file that is not where it
 * was, or may not be touched any more, is lost: nothing that was read from a disk says alone what may be written.
 */
export async function imagesFromBytes(bytes: Uint8Array, turnId: string, guard: PathGuard): Promise<readonly BeforeImage[] | undefined> {
  const json = fromBytes(bytes);
  if (!v.is(stored, json) || json.id !== turnId) return undefined;
  const images: BeforeImage[] = [];
  await manyAtOnce(json.images, async (image, index) => {
    images[index] = await imageFrom(image, guard);
  });
  return images.filter(({ origin, current, lost }) => origin !== undefined || current !== undefined || lost === 'earlier');
}

async function imageFrom(image: StoredImage, guard: PathGuard): Promise<BeforeImage> {
  const [origin, current] = [image.origin && pathFrom(image.origin), image.current && pathFrom(image.current)];
  const isThere = (await isPermitted(origin, guard)) && (await isPermitted(current, guard));
  const lost = image.lost ?? (isThere ? undefined : 'elsewhere');
  if (lost !== undefined) return { origin, current, before: undefined, after: undefined, lost };
  return { origin, current, before: image.before && fromStored(image.before), after: image.after, ...(image.isMixed && { isMixed: true }) };
}

/** Judged anew: what was stored is what somebody else may have written. */
async function isPermitted(path: ResolvedPath | undefined, guard: PathGuard): Promise<boolean> {
  if (path === undefined) return true;
  const now = await guard.resolve(path.written, 'write');
  return now.class === path.class && now.canonical === path.canonical;
}

function isSecret({ origin, current, before, after }: BeforeImage): boolean {
  return (before !== undefined || after !== undefined) && [origin, current].some((path) => path !== undefined && path.class !== 'inside');
}

function withoutReasons({ canonical, written, display, kind, class: judged, isLink }: ResolvedPath): NonNullable<StoredImage['origin']> {
  return { class: judged, canonical, written, display, kind, ...(isLink === true && { isLink }) };
}

function pathFrom({ canonical, written, display, kind, class: judged, isLink }: NonNullable<StoredImage['origin']>): ResolvedPath {
  return { class: judged, canonical, written, display, kind, ...(isLink === true && { isLink }), reasons: [] };
}

function toStored(before: Content): NonNullable<StoredImage['before']> {
  return before.kind === 'text' ? before : { kind: 'bytes', base64: base64Of(before.bytes), text: before.text };
}

function fromStored(before: NonNullable<StoredImage['before']>): Content {
  return before.kind === 'text' ? { kind: 'text', text: before.text } : { kind: 'bytes', bytes: Uint8Array.from(atob(before.base64), (character) => character.charCodeAt(0)), text: before.text };
}

function base64Of(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary);
}
