import { fillIn } from '../../protocol/localText.ts';
import { checkParameters } from '../providers/checkParameters.ts';
import type { CompletionEvent } from './completion.ts';
import { CompletionError } from './completionError.ts';
import { completionsUrl } from './endpoint.ts';
import { networkError } from './networkError.ts';
import { readCompletion } from './readCompletion.ts';
import { redactError } from './redact.ts';
import { baseOf, chosenParameters, requestBody, type CompletionRequest } from './request.ts';
import { errorOfResponse } from './wireError.ts';

/**
 * Asks for one completion and yields its events as they come. Fails with a `CompletionError`; aborting the signal, in
 * whichever phase, ends it at once with the signal's reason and closes the connection, as does leaving the loop early.
 */
export async function* complete(request: CompletionRequest, signal: AbortSignal): AsyncGenerator<CompletionEvent> {
  const connection = new AbortController();
  const abort = (): void => connection.abort(signal.reason);
  signal.throwIfAborted();
  signal.addEventListener('abort', abort, { once: true });
  try {
    const response = await post(request, connection.signal);
    if (!response.ok) throw await errorOf(response);
    for await (const event of readCompletion(bytesOf(response))) {
      signal.throwIfAborted();
      yield event;
    }
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof CompletionError ? redactError(error, request.key) : error;
  } finally {
    signal.removeEventListener('abort', abort);
    connection.abort();
  }
}

async function post(request: CompletionRequest, signal: AbortSignal): Promise<Response> {
  const { provider, model } = request;
  const url = completionsUrl(baseOf(request));
  if (url === undefined) throw new CompletionError('not-found', `"${provider.baseUrl}" is not an http or https address.`);
  const [problem] = checkParameters(provider, model, chosenParameters(request));
  if (problem !== undefined) throw new CompletionError('bad-parameter', fillIn(problem.text.message, problem.text.args), { text: problem.text });
  try {
    // Looked up at call time: VS Code replaces the global to add its proxy and certificates.
    return await globalThis.fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: request.stream ? 'text/event-stream, application/json' : 'application/json',
        ...(request.key !== undefined && { authorization: `Bearer ${request.key}` }),
      },
      body: JSON.stringify(requestBody(request)),
      // A key must not travel to where a redirect points.
      redirect: 'manual',
      signal,
    });
  } catch (error) {
    throw networkError(error);
  }
}

async function errorOf(response: Response): Promise<CompletionError> {
  if (response.status >= 300 && response.status < 400) {
    await response.body?.cancel();
    return new CompletionError('redirected', `HTTP ${response.status} to ${response.headers.get('location') ?? 'nowhere'}`, { status: response.status });
  }
  return errorOfResponse(response.status, response.headers, await firstText(response));
}

/** An error's body, at most 64 KiB of it; what breaks on the way is left out. */
async function firstText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const bytes of bytesOf(response)) {
      text += decoder.decode(bytes, { stream: true });
      if (text.length > 65_536) break;
    }
  } catch {
    // The status alone says enough.
  }
  return text;
}

/** The body as it arrives; a stream that is left early is cancelled. Written out because browsers' streams do not all iterate. */
async function* bytesOf(response: Response): AsyncGenerator<Uint8Array> {
  if (response.body === null) return;
  const reader = response.body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}
