import { showHidden } from './hiddenCharacters.ts';
import { say, type LocalText } from './localText.ts';
import type { MediaView } from './viewState.ts';

/** What a picture or video really is, as its first bytes tell. */
export interface MediaType {
  readonly kind: MediaView['kind'];
  /** `image/png`, as it stands in a `data:` URL. */
  readonly mediaType: string;
}

/** How much goes with one question, in bytes but for `count`. Ours, for the services' pages give none. */
export const mediaLimits = { image: 10 * 1024 * 1024, video: 20 * 1024 * 1024, together: 30 * 1024 * 1024, count: 20 } as const;

/** How many of the first bytes {@link mediaTypeOf} wants to see. */
export const mediaHeadBytes = 64;

/** The brands of the files that are MP4; the box is also that of HEIC pictures and of music, which are not. */
const mp4Brands = /^(?:isom|iso[2-9]|mp4[12]|avc1|M4V |M4VH|M4VP|mp71|dash|MSNV)$/;

/**
 * What the first bytes of a file say that it is: PNG, JPEG, GIF, WebP, MP4, WebM or QuickTime; undefined for all else.
 * Neither its name nor what somebody calls it counts, so that no other file travels under a picture's name.
 */
export function mediaTypeOf(head: Uint8Array): MediaType | undefined {
  const text = (from: number, to: number): string => String.fromCharCode(...head.subarray(from, to));
  const isNonZero = (from: number, to: number): boolean => head.length >= to && head.subarray(from, to).some((byte) => byte !== 0);
  // With the width and height of the header that must follow.
  if (text(0, 8) === '\u0089PNG\r\n\u001A\n') return text(12, 16) === 'IHDR' && isNonZero(16, 20) && isNonZero(20, 24) ? image('image/png') : undefined;
  if (/^GIF8[79]a$/.test(text(0, 6))) return isNonZero(6, 8) && isNonZero(8, 10) ? image('image/gif') : undefined;
  if (text(0, 4) === 'RIFF') return text(8, 12) === 'WEBP' && /^VP8[ LX]$/.test(text(12, 16)) ? image('image/webp') : undefined;
  // A marker and the length of its segment.
  if (text(0, 3) === '\u00FF\u00D8\u00FF') return (head[3] ?? 0) >= 0xc0 && head[3] !== 0xff && isNonZero(4, 6) ? image('image/jpeg') : undefined;
  if (text(4, 8) === 'ftyp') {
    const brand = text(8, 12);
    return brand === 'qt  ' ? video('video/quicktime') : mp4Brands.test(brand) ? video('video/mp4') : undefined;
  }
  // Matroska files of other kinds begin alike; the name of the kind stands within the header.
  if (text(0, 4) === '\u001AE\u00DF\u00A3') return /\u0042\u0082.webm/s.test(text(4, mediaHeadBytes)) ? video('video/webm') : undefined;
  return undefined;
}

function image(mediaType: string): MediaType {
  return { kind: 'image', mediaType };
}

function video(mediaType: string): MediaType {
  return { kind: 'video', mediaType };
}

/** A file that wants to go with the next question. */
export interface MediaCandidate {
  readonly name: string;
  readonly bytes: number;
  /** Undefined when it is nothing that can go along. */
  readonly kind: MediaView['kind'] | undefined;
}

/** Why a file cannot go with the next question beside what goes already, or undefined. */
export function refusalOf({ name: given, bytes, kind }: MediaCandidate, present: readonly Pick<MediaView, 'bytes'>[]): LocalText | undefined {
  const name = showHidden(given);
  if (bytes > mediaLimits.video) {
    return say('{0} is too large: a picture may have at most {1} MiB, a video {2} MiB. Make it smaller first.', name, mebibytes(mediaLimits.image), mebibytes(mediaLimits.video));
  }
  if (kind === undefined) return say('{0} is not a picture or video that can be sent. PNG, JPEG, GIF, WebP, MP4, WebM and MOV can.', name);
  if (bytes > mediaLimits[kind]) return say('{0} is too large: a picture may have at most {1} MiB. Make it smaller first.', name, mebibytes(mediaLimits.image));
  if (present.length >= mediaLimits.count) return say('{0} was not added: at most {1} pictures and videos go with one question.', name, mediaLimits.count);
  const together = present.reduce((sum, media) => sum + media.bytes, bytes);
  if (together <= mediaLimits.together) return undefined;
  return say('{0} was not added: what goes with one question may have at most {1} MiB together.', name, mebibytes(mediaLimits.together));
}

function mebibytes(bytes: number): number {
  return bytes / 1024 / 1024;
}
