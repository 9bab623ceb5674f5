import { CompletionError } from '../completions/completionError.ts';
import { completionsUrl } from '../completions/endpoint.ts';
import { networkError } from '../completions/networkError.ts';
import { redactError } from '../completions/redact.ts';
import { errorInBody, errorOfResponse } from '../completions/wireError.ts';
import { asObject, parseJson } from '../json.ts';

const longestMs = 10_000;
/** Bytes. The longest list seen, jiekou.ai's, has some 150 models in 200 KB. */
const largest = 4_194_304;

/** Where to ask; `key` must be the one that was given for this address. */
export interface Resource {
  readonly baseUrl: string;
  /** Behind the base: `/models`. */
  readonly path: string;
  readonly key: string | undefined;
}

/**
 * What a service answers to GET at this path: JSON that is no complaint. Fails with a `CompletionError` (after ten
 * seconds, or at 4 MiB, too), whose `status` is undefined when nobody answered, and with the signal's reason when that is aborted.
 */
export async function getJson({ baseUrl, path, key }: Resource, signal: AbortSignal): Promise<unknown> {
  const url = completionsUrl(baseUrl);
  if (url === undefined) throw new CompletionError('not-found', `"${baseUrl}" is not an http or https address.`);
  url.pathname = url.pathname.replace(/\/chat\/completions$/, path);
  const deadline = AbortSignal.timeout(longestMs);
  try {
    const response = await globalThis.fetch(url, {
      headers: { accept: 'application/json', ...(key !== undefined && { authorization: `Bearer ${key}` }) },
      // A key must not travel to where a redirect points.
      redirect: 'manual',
      signal: AbortSignal.any([signal, deadline]),
    });
    return valueOf(response, await textOf(response));
  } catch (error) {
    signal.throwIfAborted();
    if (deadline.aborted) throw new CompletionError('timeout', `No answer to GET ${path} within ${longestMs / 1000} seconds.`);
    throw redactError(error instanceof CompletionError ? error : networkError(error), key);
  }
}

function valueOf(response: Response, text: string): unknown {
  const { status, headers } = response;
  if ((status >= 300 && status < 400) || response.type === 'opaqueredirect') throw new CompletionError('redirected', `HTTP ${status} to ${headers.get('location') ?? 'nowhere'}`, { status });
  if (!response.ok) throw errorOfResponse(status, headers, text);
  const value = parseJson(text);
  if (value === undefined) throw new CompletionError(text.trimStart().startsWith('<') ? 'not-an-api' : 'unreadable', text.trim() === '' ? 'The answer was empty.' : 'The answer was no JSON.', { status });
  const complaint = errorInBody(asObject(value) ?? {});
  if (complaint !== undefined) throw new CompletionError(complaint.kind, complaint.message, { status });
  return value;
}

async function textOf({ body, status }: Response): Promise<string> {
  if (body === null) return '';
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      bytes += value.length;
      if (bytes > largest) throw new CompletionError('too-large', `More than ${largest} bytes.`, { status });
      text += decoder.decode(value, { stream: true });
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}
