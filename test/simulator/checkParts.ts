import { isObject, type JsonObject } from './json.ts';
import { malformed, notAllowed, type Refusal } from './refusal.ts';

/** What a service accepts as parts of a message, for the model of one request. */
export interface PartRules {
  /** Part types besides `text` that a user message may hold. */
  readonly parts: readonly string[];
  /** Whether pictures and videos must come along as `data:` URLs (jiekou.ai's Claude models, docs/servers.md §3). */
  readonly dataUrlsOnly: boolean;
  /** Fields a text part may have besides type and text (jiekou: cache_control for Anthropic models). */
  readonly textPartFields: readonly string[];
  /** How a part of another type is refused; DeepSeek's words were observed. */
  readonly refusePart: (index: number, type: string) => Refusal;
}

/** First bytes of the files that a picture or video may be, as base64 spells them. */
const beginnings: Readonly<Record<string, RegExp>> = {
  'image/png': /^iVBORw0KGgo/,
  'image/jpeg': /^\/9j\//,
  'image/gif': /^R0lGOD[dl]h/,
  'image/webp': /^UklGR.{6}XRUJQ/,
  'video/mp4': /^.{5}[GWm2]Z0eX/,
  'video/quicktime': /^.{5}[GWm2]Z0eX/,
  'video/webm': /^GkXfo/,
};

function checkUrl(url: string, { label, kind, rules }: { readonly label: string; readonly kind: string; readonly rules: PartRules }): Refusal | undefined {
  if (/^https?:\/\/[^\s/]+/.test(url)) return rules.dataUrlsOnly ? notAllowed(`${label}: this model takes base64 only`) : undefined;
  const data = /^data:([a-z]+)\/([a-z0-9.+-]+);base64,([A-Za-z0-9+/]+={0,2})$/.exec(url);
  if (data === null) return malformed(`${label} must be an http address or a data: URL in base64`);
  const [, family = '', subtype = '', base64 = ''] = data;
  if (family !== kind || base64.length % 4 !== 0) return malformed(`${label} must hold a whole ${kind}`);
  const beginning = beginnings[`${family}/${subtype}`];
  if (beginning === undefined) return notAllowed(`${label}: ${family}/${subtype} is not supported`);
  return beginning.test(base64) ? undefined : malformed(`${label} is no ${family}/${subtype}`);
}

function checkMedia(part: JsonObject, type: string, { label, rules }: { readonly label: string; readonly rules: PartRules }): Refusal | undefined {
  if (type === 'file') {
    return typeof part['file_id'] === 'string' && Object.keys(part).length === 2 ? undefined : malformed(`${label}.file_id is required, and nothing else`);
  }
  const holder = part[type];
  if (!isObject(holder) || typeof holder['url'] !== 'string') return malformed(`${label}.${type}.url is required`);
  const extra = [...Object.keys(part).filter((name) => name !== 'type' && name !== type), ...Object.keys(holder).filter((name) => name !== 'url')][0];
  if (extra !== undefined) return notAllowed(`${label}: ${extra} is not a field of a part here`);
  return checkUrl(holder['url'], { label: `${label}.${type}.url`, kind: type.replace(/_url$/, ''), rules });
}

/** The first thing wrong with the parts of the message at `index`; `role` is system or user. */
export function checkParts(parts: readonly unknown[], { index, role, rules }: { readonly index: number; readonly role: string; readonly rules: PartRules }): Refusal | undefined {
  if (parts.length === 0) return malformed(`messages[${index}].content must not be an empty list`);
  for (const [position, part] of parts.entries()) {
    const label = `messages[${index}].content[${position}]`;
    if (!isObject(part) || typeof part['type'] !== 'string') return malformed(`${label} must be an object with a type`);
    const type = part['type'];
    if (type !== 'text') {
      if (!rules.parts.includes(type)) return rules.refusePart(index, type);
      if (role !== 'user') return notAllowed(`${label}: only a user message may hold ${type}`);
      const refusal = checkMedia(part, type, { label, rules });
      if (refusal !== undefined) return refusal;
      continue;
    }
    if (typeof part['text'] !== 'string') return malformed(`${label}.text must be a string`);
    const extra = Object.keys(part).find((name) => name !== 'type' && name !== 'text' && !rules.textPartFields.includes(name));
    if (extra !== undefined) return notAllowed(`${label}.${extra} is not a field of a text part here`);
  }
  return undefined;
}
