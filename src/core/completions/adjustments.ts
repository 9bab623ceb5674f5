import { asText, type Json } from '../json.ts';
import type { CompletionError } from './completionError.ts';

/** A request as it is about to be sent. */
export interface Post {
  readonly url: URL;
  readonly body: { readonly [name: string]: Json };
}

interface Adjustment {
  /** Old servers refuse the field (docs/servers.md R3). */
  readonly withoutStreamOptions?: true;
  /** Newer models of one maker know only the second name, older servers only the first (docs/servers.md R4). */
  readonly outputLimit?: 'max_tokens' | 'max_completion_tokens';
  /** Where to ask: `tried` when the address with `/v1` was no better (docs/servers.md R5). */
  readonly version?: 'added' | 'tried';
}

/** What servers have taught us by refusing a request, by address and model, for the life of the process. */
const learned = new Map<string, Adjustment>();

/** The request in the form that its server is known to take. */
export function adjust({ url, body }: Post): Post {
  const adjustment = learned.get(keyOf({ url, body }));
  if (adjustment === undefined) return { url, body };
  const entries = Object.entries(body).flatMap(([name, value]): [string, Json | undefined][] => {
    if (name === 'stream_options' && adjustment.withoutStreamOptions) return [];
    return [[adjustment.outputLimit !== undefined && limits.test(name) ? adjustment.outputLimit : name, value]];
  });
  return { url: adjustment.version === 'added' ? withVersion(url) : url, body: Object.fromEntries(entries) as Post['body'] };
}

/**
 * Learns from a refusal what form of the request the server would take; false when it says nothing of that, or when that
 * form has been tried. `post` is the request before it was adjusted.
 */
export function learnFrom({ status, message, kind }: CompletionError, post: Post): boolean {
  const key = keyOf(post);
  const known = learned.get(key) ?? {};
  const learn = (adjustment: Adjustment): true => {
    learned.set(key, { ...known, ...adjustment });
    return true;
  };
  if (status === 400 || status === 422) {
    if (known.withoutStreamOptions === undefined && 'stream_options' in post.body && message.includes('stream_options')) return learn({ withoutStreamOptions: true });
    const other = known.outputLimit === undefined ? otherLimit(message, post.body) : undefined;
    return other !== undefined && learn({ outputLimit: other });
  }
  if (kind !== 'not-found') return false;
  if (known.version === 'added') learn({ version: 'tried' });
  return known.version === undefined && !/\/v\d/.test(post.url.pathname) && learn({ version: 'added' });
}

const limits = /^max_(completion_)?tokens$/;

/** The name that a server wants for the limit of the output instead of the one it got; its value is another matter. */
function otherLimit(message: string, body: Post['body']): Adjustment['outputLimit'] {
  if ('max_tokens' in body) return message.includes('max_completion_tokens') && objects.test(message) ? 'max_completion_tokens' : undefined;
  return 'max_completion_tokens' in body && message.includes('max_completion_tokens') && objects.test(message) ? 'max_tokens' : undefined;
}

const objects = /instead|unsupported|not (supported|permitted|allowed)|unrecogni[sz]ed|unknown|unexpected|extra (fields|inputs)/i;

function keyOf({ url, body }: Post): string {
  return `${url.href} ${asText(body['model']) ?? ''}`;
}

function withVersion(url: URL): URL {
  const versioned = new URL(url);
  versioned.pathname = url.pathname.replace(/\/chat\/completions$/, '/v1/chat/completions');
  return versioned;
}
