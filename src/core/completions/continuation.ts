import { findModel } from '../providers/spec.ts';
import type { CompletionEvent } from './completion.ts';
import type { CompletionError } from './completionError.ts';
import { baseOf, continuationOf, type CompletionRequest } from './request.ts';

type Continued = Pick<CompletionRequest, 'provider' | 'model' | 'continuesLast'>;

/** Where going on by prefix was refused, by address and model, for the life of the process. */
const refused = new Set<string>();

/** The request as its server is known to take it: gateways in front of a service need not have its way of going on. */
export function asLearnt<Request extends Continued>(request: Request): Request {
  if (continuationOf(request) !== 'prefix' || !refused.has(keyOf(request))) return request;
  const { provider, model } = request;
  const record = findModel(provider, model);
  const inWords = { ...record, dialect: { ...record.dialect, continuation: 'instruction' } } as const;
  return { ...request, provider: { ...provider, models: [inWords, ...provider.models] } };
}

/** Learns from a refusal that this address does not go on by prefix; false when it says nothing of that. */
export function learnWords({ kind, message }: CompletionError, request: Continued): boolean {
  if (continuationOf(request) !== 'prefix') return false;
  const isAboutPrefix = kind === 'not-found' || ((kind === 'bad-request' || kind === 'parameter-refused') && /\b(prefix|beta)\b/i.test(message));
  if (isAboutPrefix) refused.add(keyOf(request));
  return isAboutPrefix;
}

/**
 * Whether the request goes on with its last message by telling the model to, which may say its last words again then. What
 * its own attempt found out counts from its first word on.
 */
export function continuesInWords(request: Continued): boolean {
  return continuationOf(asLearnt(request)) === 'words';
}

/**
 * The events of a completion, passed through `join` when it goes on in words. That is decided when something of the answer
 * comes, for a request that was to go on by prefix may have fallen back by then.
 */
export async function* joinInWords(
  events: AsyncIterable<CompletionEvent>,
  request: Continued,
  join: (events: AsyncIterable<CompletionEvent>) => AsyncIterable<CompletionEvent>,
): AsyncGenerator<CompletionEvent> {
  const iterator = events[Symbol.asyncIterator]();
  try {
    let next = await iterator.next();
    while (next.done !== true && (next.value.type === 'liveness' || next.value.type === 'retrying')) {
      yield next.value;
      next = await iterator.next();
    }
    if (next.done === true) return;
    const rest = before(next.value, { [Symbol.asyncIterator]: () => iterator });
    yield* continuesInWords(request) ? join(rest) : rest;
  } finally {
    await iterator.return?.();
  }
}

async function* before(first: CompletionEvent, rest: AsyncIterable<CompletionEvent>): AsyncGenerator<CompletionEvent> {
  yield first;
  yield* rest;
}

function keyOf(request: Continued): string {
  return `${baseOf(request)} ${request.model}`;
}
