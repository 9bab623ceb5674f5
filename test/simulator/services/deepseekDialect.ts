import { countUsage, type Choice, type Completion, type Finish } from '../completion.ts';
import { interleave, logprobsOf, toDeltas, type Delta } from '../deltas.ts';
import type { JsonObject } from '../json.ts';
import { jsonAnswer, type RawAnswer, type Refusal } from '../refusal.ts';
import { hash } from '../tokens.ts';

const finishReasons: Readonly<Record<Finish, string>> = { end: 'stop', 'stop-sequence': 'stop', length: 'length', 'tool-calls': 'tool_calls' };

function callId(completion: Completion, choice: number, index: number): string {
  return `call_${String(index).padStart(2, '0')}_${hash(`${completion.id} ${choice}`).toString(36)}`;
}

function usageOf(completion: Completion): JsonObject {
  const { total, hit } = completion.prompt;
  return {
    ...countUsage(completion),
    prompt_tokens_details: { cached_tokens: hit },
    completion_tokens_details: { reasoning_tokens: completion.choices.reduce((sum, choice) => sum + choice.reasoningTokens, 0) },
    prompt_cache_hit_tokens: hit,
    prompt_cache_miss_tokens: total - hit,
  };
}

function spellDelta(delta: Delta, thinks: boolean, id: (index: number) => string): JsonObject {
  switch (delta.kind) {
    case 'reasoning':
      return { content: null, reasoning_content: delta.text };
    case 'text':
      return thinks ? { content: delta.text, reasoning_content: null } : { content: delta.text };
    case 'call':
      return { tool_calls: [{ index: delta.index, id: id(delta.index), type: 'function', function: { name: delta.name, arguments: '' } }] };
    default:
      return { tool_calls: [{ index: delta.index, function: { arguments: delta.text } }] };
  }
}

/** Chunks as docs/servers.md §2.4 observed them: a role chunk, deltas, the finish with usage, and one more for include_usage. */
export function deepseekChunks(completion: Completion, thinks: boolean): readonly JsonObject[] {
  const { request } = completion;
  const envelope = {
    id: completion.id,
    object: 'chat.completion.chunk',
    created: completion.created,
    model: request.model,
    system_fingerprint: 'fp_simulator',
  };
  const alternatives = request.logprobs === true ? (request.top_logprobs ?? 0) : undefined;
  const chunk = (index: number, delta: JsonObject, more: { readonly text?: string; readonly finish?: string } = {}): JsonObject => ({
    ...envelope,
    choices: [{
      index,
      delta,
      logprobs: alternatives === undefined || more.text === undefined ? null : logprobsOf(more.text, alternatives),
      finish_reason: more.finish ?? null,
    }],
    usage: null,
  });
  const perChoice = completion.choices.map((choice, index) => [
    chunk(index, { role: 'assistant', content: thinks ? null : '', ...(thinks ? { reasoning_content: '' } : {}) }),
    ...toDeltas(choice).map((delta) =>
      chunk(index, spellDelta(delta, thinks, (call) => callId(completion, index, call)), delta.kind === 'text' ? { text: delta.text } : {}),
    ),
    chunk(index, { content: '', ...(thinks ? { reasoning_content: null } : {}) }, { finish: finishReasons[choice.finish] }),
  ]);
  const chunks = interleave(perChoice);
  const usage = usageOf(completion);
  const last = { ...chunks.at(-1), usage };
  const trailing = request.stream_options?.include_usage === true ? [{ ...envelope, choices: [], usage }] : [];
  return [...chunks.slice(0, -1), last, ...trailing];
}

function messageOf(completion: Completion, choice: Choice, index: number, thinks: boolean): JsonObject {
  return {
    role: 'assistant',
    content: choice.text,
    ...(thinks ? { reasoning_content: choice.reasoning } : {}),
    ...(choice.calls.length > 0
      ? { tool_calls: choice.calls.map((call, position) => ({ index: position, id: callId(completion, index, position), type: 'function', function: call })) }
      : {}),
  };
}

/** The whole answer in one object (DeepSeek's page, Responses). */
export function deepseekBody(completion: Completion, thinks: boolean): JsonObject {
  const { request } = completion;
  return {
    id: completion.id,
    object: 'chat.completion',
    created: completion.created,
    model: request.model,
    choices: completion.choices.map((choice, index) => ({
      index,
      message: messageOf(completion, choice, index, thinks),
      logprobs: request.logprobs === true ? logprobsOf(choice.text, request.top_logprobs ?? 0) : null,
      finish_reason: finishReasons[choice.finish],
    })),
    usage: usageOf(completion),
    system_fingerprint: 'fp_simulator',
  };
}

const statuses: Readonly<Record<Refusal['reason'], { readonly status: number; readonly type: string }>> = {
  'no-key': { status: 401, type: 'authentication_error' },
  'wrong-key': { status: 401, type: 'authentication_error' },
  'expired-key': { status: 401, type: 'authentication_error' },
  'blocked-key': { status: 401, type: 'authentication_error' },
  format: { status: 400, type: 'invalid_request_error' },
  value: { status: 422, type: 'invalid_request_error' },
  'unknown-model': { status: 400, type: 'invalid_request_error' },
  'unsupported-model': { status: 400, type: 'invalid_request_error' },
  'cli-only': { status: 400, type: 'invalid_request_error' },
  balance: { status: 402, type: 'unknown_error' },
  'rate-limit': { status: 429, type: 'rate_limit_error' },
  overloaded: { status: 503, type: 'service_unavailable_error' },
  'server-error': { status: 500, type: 'server_error' },
};

/** DeepSeek's error object (docs/servers.md §2.6); its 400s were observed as application/octet-stream, and its 401 shows the end of the key. */
export function refuseAsDeepseek(refusal: Refusal, token: string | undefined): RawAnswer {
  const { status, type } = statuses[refusal.reason];
  const isAboutKey = status === 401 && token !== undefined;
  const message = isAboutKey ? `Authentication Fails, Your api key: ****${token.length > 8 ? token.slice(-4) : ''} is invalid` : refusal.message;
  const body = { error: { message, type, param: null, code: 'invalid_request_error' } };
  return jsonAnswer(status, body, status === 400 ? 'application/octet-stream' : 'application/json');
}
