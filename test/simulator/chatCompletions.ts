import { prepareAnswer, replacementFor, type PreparedAnswer } from './answer.ts';
import type { ChatRequest } from './chat.ts';
import { checkRequest, readBody } from './checkRequest.ts';
import { limit, type Completion } from './completion.ts';
import { faultsInMessages } from './faultQueue.ts';
import type { Fault } from './faults.ts';
import { plan } from './model.ts';
import { malformed, type RawAnswer, type Refusal } from './refusal.ts';
import type { Route } from './routes.ts';
import type { SimulatorState } from './simulatorState.ts';
import { hash } from './tokens.ts';

/** What to send, how slowly and how badly, and what to write into the record. */
export interface Reply {
  readonly answer: PreparedAnswer;
  readonly delayMs: number;
  readonly faults: readonly Fault[];
  readonly verdict: string;
}

/** A chat completion request after its key has been accepted. */
export interface CompletionInput {
  readonly route: Route;
  readonly path: string;
  readonly text: string;
  readonly contentType: string | undefined;
  readonly token: string | undefined;
}

/** An answer that is written in one piece. */
export function inOnePiece(answer: RawAnswer): PreparedAnswer {
  return { status: answer.status, headers: answer.headers, pieces: answer.body === '' ? [] : [answer.body] };
}

/** The reply to a request that is refused; faults do not touch it, so that none hides a mistake in the request. */
export function refusedReply(refusal: Refusal, input: Pick<CompletionInput, 'route' | 'token'>): Reply {
  return { answer: inOnePiece(input.route.service.refuse(refusal, input.token)), delayMs: 0, faults: [], verdict: refusal.message };
}

function complete(state: SimulatorState, input: CompletionInput, request: ChatRequest): { readonly completion: Completion; readonly isSlow: boolean } {
  const { service } = input.route;
  const limits = service.limits(request);
  const thinks = service.thinks(request);
  const plans = Array.from({ length: limits.choices }, (_, index) => plan(request, { thinks, variant: Math.abs(request.seed ?? 0) + index }));
  const serial = `${service.id} ${state.requests.length} ${input.text}`;
  return {
    completion: {
      id: `simulated-${hash(serial).toString(16).padStart(8, '0')}`,
      created: Math.floor(Date.now() / 1000),
      request,
      choices: plans.map((planned) => limit(planned, request, limits)),
      prompt: state.cache.count(`${service.id} ${input.token ?? ''} ${request.user_id ?? ''} ${request.model}`, request),
    },
    isSlow: plans.some((planned) => planned.slow),
  };
}

/** Checks a chat completion, plans its answer and adds the faults that were asked for. */
export function replyTo(state: SimulatorState, input: CompletionInput): Reply {
  const { service, beta } = input.route;
  const reading = readBody(input.text, input.contentType);
  if ('refusal' in reading) return refusedReply(reading.refusal, input);
  const refusal = checkRequest(service, reading.body, { beta, retired: state.retired });
  if (refusal !== undefined) return refusedReply(refusal, input);
  const request = reading.body as unknown as ChatRequest;
  let faults: readonly Fault[];
  try {
    const target = { service: service.id, path: input.path, text: input.text, stream: request.stream === true };
    faults = [...state.faults.take(target), ...faultsInMessages(request, state.usedOnce)];
  } catch (error) {
    return refusedReply(malformed(error instanceof Error ? error.message : String(error)), input);
  }
  const replacement = replacementFor(service, request.model, faults);
  if (replacement !== undefined) return { answer: inOnePiece(replacement), delayMs: 0, faults, verdict: 'accepted' };
  const { completion, isSlow } = complete(state, input, request);
  const { chunkDelayMs, longAnswerDelayMs } = state.pace;
  return {
    answer: prepareAnswer(service, completion, faults),
    delayMs: isSlow ? Math.max(chunkDelayMs, longAnswerDelayMs) : chunkDelayMs,
    faults,
    verdict: 'accepted',
  };
}
