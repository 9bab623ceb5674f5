import { fillIn } from '../../protocol/localText.ts';
import { checkParameters } from '../parameters/checkParameters.ts';
import { adjust, learnFrom, type Post } from './adjustments.ts';
import { pause } from './backOff.ts';
import type { CompletionEvent, Usage } from './completion.ts';
import { CompletionError } from './completionError.ts';
import { asLearnt, learnWords } from './continuation.ts';
import { completionsUrl } from './endpoint.ts';
import { exchange, type Observer } from './exchange.ts';
import { redactError } from './redact.ts';
import { baseOf, chosenParameters, requestBody, type CompletionRequest } from './request.ts';
import { delayBeforeRetry } from './retry.ts';

/**
 * Asks for one completion and yields its events as they come. What may be over in a moment is tried again, as patiently
 * as the request says, as long as nothing of an answer has come; a form of the request that the server does not know is
 * replaced once, in silence. Fails with a `CompletionError`; aborting the signal, in whichever phase, ends it at once with
 * the signal's reason and closes the connection, as does leaving the loop early.
 */
export async function* complete(request: CompletionRequest, signal: AbortSignal): AsyncGenerator<CompletionEvent> {
  signal.throwIfAborted();
  let asked = asLearnt(request);
  let post = prepare(asked);
  for (let attempt = 1; ; ) {
    const progress: Progress = { begun: false, kept: false, streams: post.body['stream'] === true, usage: undefined };
    let failure: CompletionError;
    try {
      const { url, body } = adjust(post);
      for await (const event of exchange({ url, body: JSON.stringify(body), streams: progress.streams }, asked, { signal, observer: observing(progress) })) {
        signal.throwIfAborted();
        note(progress, event);
        yield event;
      }
      return;
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof CompletionError)) throw error;
      failure = withFacts(redactError(error, request.key), progress);
    }
    if (progress.begun) throw failure;
    if (learnWords(failure, asked)) {
      asked = asLearnt(request);
      post = prepare(asked);
      continue;
    }
    if (learnFrom(failure, post)) continue;
    const delayMs = delayBeforeRetry(failure, { attempt, patience: request.patience, streams: progress.streams });
    if (delayMs === undefined) throw failure;
    yield { type: 'retrying', attempt, of: request.patience?.retries ?? 0, delayMs, error: failure };
    await pause(delayMs, signal);
    attempt += 1;
  }
}

/** The request as it will be sent, or the reason why it is not: nothing has gone out then. */
function prepare(request: CompletionRequest): Post {
  const { provider, model, key } = request;
  const url = completionsUrl(baseOf(request));
  if (url === undefined) throw new CompletionError('not-found', `"${provider.baseUrl}" is not an http or https address.`);
  // `fetch` would throw a TypeError that says nothing of the key (docs/servers.md R6).
  if (key !== undefined && !/^[\x21-\x7e]+$/.test(key)) throw new CompletionError('unusable-key', 'The key holds a character that cannot stand in a header: a space, a line break, or one beyond ASCII.');
  const [problem] = checkParameters(provider, model, chosenParameters(request));
  if (problem !== undefined) throw new CompletionError('bad-parameter', fillIn(problem.text.message, problem.text.args), { text: problem.text });
  return { url, body: requestBody(request) };
}

interface Progress {
  /** Whether something has come that a repetition would show, or make and charge, again. */
  begun: boolean;
  kept: boolean;
  streams: boolean;
  usage: Usage | undefined;
}

function observing(progress: Progress): Observer {
  return {
    payload(hasBegun, usage) {
      progress.begun ||= hasBegun;
      progress.usage = usage;
    },
    whole() {
      progress.streams = false;
    },
  };
}

function note(progress: Progress, { type }: CompletionEvent): void {
  if (type === 'liveness') return;
  progress.begun = true;
  if (type === 'text-delta') progress.kept = true;
}

function withFacts(error: CompletionError, { kept, usage }: Progress): CompletionError {
  const { kind, status, retryAfterMs, text, facts, cause } = error;
  return new CompletionError(kind, error.message, { status, retryAfterMs, text, cause, facts: { ...facts, kept, ...(usage !== undefined && { usage }) } });
}
