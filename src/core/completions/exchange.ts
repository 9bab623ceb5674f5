import { byteSource } from './byteSource.ts';
import type { CompletionEvent, Usage } from './completion.ts';
import { CompletionError } from './completionError.ts';
import { networkError } from './networkError.ts';
import { readCompletion } from './readCompletion.ts';
import { readOptionsOf } from './readOptions.ts';
import { record, type Recording } from './recording.ts';
import type { CompletionRequest, Patience } from './request.ts';
import { createWatch, quietMs, type Clocks, type Watch } from './watch.ts';
import { errorOfResponse } from './wireError.ts';

/** What is sent where. */
export interface Message {
  readonly url: URL;
  /** JSON. */
  readonly body: string;
  /** Whether the body asks for a stream. */
  readonly streams: boolean;
}

/** Is told what comes, also of what are no events. */
export interface Observer {
  /** A message of the service has been read; see `ReadOptions.onPayload`. */
  payload(hasBegun: boolean, usage: Usage | undefined): void;
  /** The body is no stream, whatever was asked for: its first byte is part of an answer, or of an error. */
  whole(): void;
}

/**
 * One request and its answer. Fails with a `CompletionError` whose message may hold the key; aborting the signal ends it
 * at once and closes the connection, in whichever phase, as does leaving the loop early.
 */
export async function* exchange({ url, body, streams }: Message, request: CompletionRequest, { signal, observer }: { readonly signal: AbortSignal; readonly observer: Observer }): AsyncGenerator<CompletionEvent> {
  const connection = new AbortController();
  const abort = (): void => connection.abort(signal.reason);
  signal.throwIfAborted();
  signal.addEventListener('abort', abort, { once: true });
  const watch = createWatch(clocksOf(request.patience, streams), request.provider.label);
  const recording = record(request.recorder, request.key);
  let end: Parameters<Recording['end']>[0] = 'stopped';
  try {
    const headers = headersOf(request, streams);
    recording.request('POST', url, headers, body);
    const pending = post(url, { headers, body, signal: connection.signal });
    let response = await watch.wait(pending);
    while (response === 'silence') {
      yield { type: 'liveness', state: 'silent' };
      response = await watch.wait(pending);
    }
    watch.answered();
    recording.response(response);
    if (!response.ok) throw await errorOf(response, watch, recording);
    const onPayload = (hasBegun: boolean, usage: Usage | undefined): void => {
      watch.payload();
      observer.payload(hasBegun, usage);
    };
    for await (const event of readCompletion(observed(byteSource(response.body, watch), recording, observer), { ...readOptionsOf(request), onPayload })) {
      if (event.type === 'end') end = 'complete';
      yield event;
    }
  } catch (error) {
    if (!signal.aborted) end = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    watch.end();
    signal.removeEventListener('abort', abort);
    connection.abort();
    recording.end(end);
  }
}

/** Without patience nothing is given up; that nothing comes is told all the same. */
function clocksOf(patience: Patience | undefined, streams: boolean): Clocks {
  const waitingMs = patience?.waitingMs ?? Infinity;
  // Most servers send no headers before the whole answer is there.
  return { quietMs: patience?.quietMs ?? quietMs, silenceMs: patience?.silenceMs ?? Infinity, waitingMs, wholeMs: streams ? undefined : waitingMs };
}

function headersOf({ key }: CompletionRequest, streams: boolean): Readonly<Record<string, string>> {
  return {
    'content-type': 'application/json',
    accept: streams ? 'text/event-stream, application/json' : 'application/json',
    ...(key !== undefined && { authorization: `Bearer ${key}` }),
  };
}

async function post(url: URL, options: Pick<RequestInit, 'headers' | 'body' | 'signal'>): Promise<Response> {
  try {
    // Looked up at call time: VS Code replaces the global to add its proxy and certificates.
    // A key must not travel to where a redirect points.
    return await globalThis.fetch(url, { method: 'POST', redirect: 'manual', ...options });
  } catch (error) {
    throw networkError(error);
  }
}

async function* observed(source: AsyncIterable<Uint8Array | 'silence'>, recording: Recording, observer: Observer): AsyncGenerator<Uint8Array | 'silence'> {
  let first: number | undefined;
  for await (const piece of source) {
    if (piece !== 'silence') {
      recording.bytes(piece);
      if (first === undefined) {
        first = piece.find((byte) => byte > space);
        if (first === brace || first === bracket) observer.whole();
      }
    }
    yield piece;
  }
}

const [space, brace, bracket] = [0x20, 0x7b, 0x5b];

async function errorOf(response: Response, watch: Watch, recording: Recording): Promise<CompletionError> {
  // A browser tells only that there was a redirect.
  if ((response.status >= 300 && response.status < 400) || response.type === 'opaqueredirect') {
    await response.body?.cancel();
    return new CompletionError('redirected', `HTTP ${response.status} to ${response.headers.get('location') ?? 'nowhere'}`, { status: response.status });
  }
  return errorOfResponse(response.status, response.headers, await firstText(byteSource(response.body, watch), recording));
}

/** An error's body, at most 64 KiB of it; what breaks on the way is left out. */
async function firstText(body: AsyncIterable<Uint8Array | 'silence'>, recording: Recording): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const piece of body) {
      if (piece === 'silence') continue;
      recording.bytes(piece);
      text += decoder.decode(piece, { stream: true });
      if (text.length > 65_536) break;
    }
  } catch {
    // The status alone says enough.
  }
  return text;
}
