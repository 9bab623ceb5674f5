import { completionsUrl } from '../completions/endpoint.ts';
import { CompletionError } from '../completions/completionError.ts';
import { networkError } from '../completions/networkError.ts';
import { redact } from '../completions/redact.ts';
import { redactAcross } from '../inspect/redactAcross.ts';
import { redactSpelled } from '../inspect/redactSpelled.ts';
import type { Json } from '../json.ts';
import { readBody } from './readBody.ts';

/** One small request to an endpoint. */
export interface ProbeRequest {
  readonly path: 'chat/completions' | 'models';
  /** JSON that is posted; without it the request is a GET. */
  readonly body?: { readonly [name: string]: Json | undefined };
  /** Leaves the key out, to see whether it is asked for. */
  readonly withoutKey?: true;
}

/** What came back; the text without the key, the headers as they came. */
export interface ProbeAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** At most {@link longestAnswer} characters. */
  readonly text: string;
  /** False when the time was up, the answer grew too long or the connection broke before its end. */
  readonly isWhole: boolean;
}

/** Makes a request; fails with a `CompletionError` when no answer begins, and with the signal's reason when it is aborted. */
export type Transport = (request: ProbeRequest) => Promise<ProbeAnswer>;

export interface TransportOptions {
  readonly baseUrl: string;
  readonly key: string | undefined;
  /** For one request, from its first byte to its last. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Characters; an answer of a few tokens is a thousandth of it. */
const longestAnswer = 262_144;

/** A transport over `fetch`. Redirects are not followed: a key must not travel to where they point. */
export function createTransport({ baseUrl, key, timeoutMs, signal }: TransportOptions): Transport {
  return async ({ path, body, withoutKey }) => {
    const url = completionsUrl(baseUrl);
    if (url === undefined) throw new CompletionError('not-found', `"${baseUrl}" is not an http or https address.`);
    url.pathname = url.pathname.replace(/chat\/completions$/, path);
    const timeout = AbortSignal.timeout(timeoutMs);
    const either = AbortSignal.any([signal, timeout]);
    try {
      // Looked up at call time: VS Code replaces the global to add its proxy and certificates.
      const response = await globalThis.fetch(url, {
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          ...(body !== undefined && { 'content-type': 'application/json' }),
          accept: 'text/event-stream, application/json',
          ...(key !== undefined && withoutKey !== true && { authorization: `Bearer ${key}` }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        redirect: 'manual',
        signal: either,
      });
      const { text, isWhole } = await readBody(response, longestAnswer);
      signal.throwIfAborted();
      return { status: response.status, headers: response.headers, text: redactAcross(redactSpelled(text, key).split('\n'), key).join('\n'), isWhole };
    } catch (error) {
      signal.throwIfAborted();
      if (timeout.aborted) throw new CompletionError('timeout', `No answer within ${timeoutMs / 1000} seconds.`);
      throw error instanceof CompletionError ? error : new CompletionError(networkError(error).kind, redact(networkError(error).message, key));
    }
  };
}
