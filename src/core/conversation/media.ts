import type { MediaType } from '../../protocol/media.ts';
import type { Json } from '../json.ts';
import { findModel, type ProviderSpec } from '../providers/spec.ts';
import type { Media, UserMessage } from './message.ts';

/** What a model takes beside text: its own record before its service's; undefined when neither says. */
export function mediaTaken(provider: ProviderSpec, model: string): readonly Media['kind'][] | undefined {
  return findModel(provider, model).media ?? provider.media;
}

/** A file's bytes, as base64, in the form in which they travel. */
export function dataUrl({ mediaType }: MediaType, base64: string): string {
  return `data:${mediaType};base64,${base64}`;
}

/**
 * A user message's `content`: its text alone, or parts with the pictures and videos behind it (jiekou.ai's page; docs/servers.md
 * §2.2). What the model is known not to take is left out and said in a line, so that a chat goes on with any model; where
 * nothing is known it is sent. A pure function: the same message gives the same bytes (docs/decisions/2026-11-22-exact-prefix.md).
 */
export function wireContent(message: UserMessage, taken: readonly Media['kind'][] | undefined): Json {
  const media = message.media ?? [];
  const sent = media.filter(({ kind }) => taken === undefined || taken.includes(kind));
  const text = [message.content, ...leftOut(media, sent, taken ?? [])].filter((part) => part !== '').join('\n\n').toWellFormed();
  if (sent.length === 0) return text;
  return [...(text === '' ? [] : [{ type: 'text', text }]), ...sent.map(wirePart)];
}

function wirePart({ kind, url }: Media): Json {
  return kind === 'image' ? { type: 'image_url', image_url: { url } } : { type: 'video_url', video_url: { url } };
}

/** The line for the model, in English as the rest of what it is told. */
function leftOut(media: readonly Media[], sent: readonly Media[], taken: readonly Media['kind'][]): readonly string[] {
  const missing = media.filter((one) => !sent.includes(one));
  if (missing.length === 0) return [];
  const images = missing.filter(({ kind }) => kind === 'image').length;
  const counts = [counted(images, 'picture'), counted(missing.length - images, 'video')].filter((part) => part !== '').join(' and ');
  const reason = taken.length === 0 ? 'text only' : images > 0 ? 'no pictures' : 'no videos';
  return [`[${counts} ${missing.length === 1 ? 'was' : 'were'} not sent: this model takes ${reason}]`];
}

function counted(count: number, noun: string): string {
  if (count === 0) return '';
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}
