import type { ChatRequest } from '../chat.ts';
import { countUsage, type Choice, type Completion, type Finish } from '../completion.ts';
import { interleave, logprobsOf, toDeltas, type Delta } from '../deltas.ts';
import { isObject, type JsonObject } from '../json.ts';
import type { Parameter, ParameterTable } from '../parameterRules.ts';
import { jsonAnswer, malformed, notAllowed, type RawAnswer, type Refusal } from '../refusal.ts';
import type { Service } from '../service.ts';
import { jiekouModels } from './jiekouModels.ts';

const turbo = 'deepseek/deepseek-r1-turbo';
const listed = [turbo, 'zai-org/glm-4.5', 'deepseek/deepseek-v3.2', 'google/gemini-2.5-flash', 'anthropic/claude-sonnet-4'];
const nullable = { nullable: true } as const;
const penalty: Parameter = { kind: 'number', above: -2, below: 2, ...nullable };

/**
 * Parameters of the page with its ranges, read to the letter; reasoning_effort is the Gemini switch of docs/servers.md §3.
 * tool_choice and parallel_tool_calls are not on the page, so they are refused.
 */
const parameters: ParameterTable = {
  model: { kind: 'elsewhere', required: true },
  messages: { kind: 'elsewhere', required: true },
  max_tokens: { kind: 'integer', minimum: 1, required: true },
  stream: { kind: 'boolean', ...nullable },
  stream_options: { kind: 'object', fields: { include_usage: { kind: 'boolean' } }, ...nullable },
  // The page says 1 < x and gives 1 as the default, so 1 has to be right too.
  n: { kind: 'integer', minimum: 1, below: 128, ...nullable },
  seed: { kind: 'integer', ...nullable },
  frequency_penalty: penalty,
  presence_penalty: penalty,
  repetition_penalty: { kind: 'number', above: 0, below: 2, ...nullable },
  stop: { kind: 'strings', maximumItems: 4, ...nullable },
  temperature: { kind: 'number', above: 0, below: 2, ...nullable },
  top_p: { kind: 'number', above: 0, maximum: 1, ...nullable },
  top_k: { kind: 'integer', above: 1, below: 128, ...nullable },
  min_p: { kind: 'number', minimum: 0, maximum: 1, ...nullable },
  logit_bias: { kind: 'integer-map', minimum: -100, maximum: 100, ...nullable },
  logprobs: { kind: 'boolean', ...nullable },
  top_logprobs: { kind: 'integer', minimum: 0, maximum: 20, ...nullable },
  tools: { kind: 'elsewhere', ...nullable },
  response_format: {
    kind: 'object',
    fields: {
      type: { kind: 'string', values: ['text', 'json_object', 'json_schema'], required: true },
      json_schema: {
        kind: 'object',
        fields: {
          name: { kind: 'string', required: true },
          description: { kind: 'string', ...nullable },
          schema: { kind: 'json-object', ...nullable },
          strict: { kind: 'boolean', ...nullable },
        },
      },
    },
    ...nullable,
  },
  separate_reasoning: { kind: 'boolean', models: /^deepseek\/deepseek-r1-turbo$/, ...nullable },
  enable_thinking: { kind: 'boolean', models: /^zai-org\/glm-4\.5$/, ...nullable },
  reasoning_effort: { kind: 'string', values: ['disable', 'none', 'low', 'medium', 'high'], models: /gemini/, ...nullable },
};

const thinkingModels = /r1|glm-4\.[5-9]|v3\.[12]|thinking|gemini/i;

function thinks(request: ChatRequest): boolean {
  return request.enable_thinking !== false && thinkingModels.test(request.model);
}

function checkTogether(body: JsonObject): Refusal | undefined {
  if (isObject(body['stream_options']) && body['stream'] !== true) return malformed('stream_options is only allowed when stream is true');
  if (typeof body['top_logprobs'] === 'number' && body['logprobs'] !== true) return malformed('top_logprobs needs logprobs: true');
  const format = body['response_format'];
  if (!isObject(format) || format['type'] !== 'json_schema') return undefined;
  if (!isObject(format['json_schema'])) return malformed('response_format.json_schema is required');
  const { schema, strict } = format['json_schema'];
  return strict === true && !(isObject(schema) && schema['type'] === 'object') ? notAllowed('response_format.json_schema.schema is not a supported schema') : undefined;
}

const refusals: Readonly<Record<Refusal['reason'], { readonly code: number; readonly reason: string; readonly message?: string }>> = {
  'no-key': { code: 401, reason: 'FAILED_TO_AUTH', message: 'failed to authenticate' },
  'wrong-key': { code: 403, reason: 'INVALID_API_KEY', message: 'invalid api-key' },
  'expired-key': { code: 403, reason: 'INVALID_API_KEY', message: 'invalid api-key' },
  'blocked-key': { code: 403, reason: 'ACCESS_DENY', message: 'access denied' },
  format: { code: 400, reason: 'INVALID_REQUEST_BODY' },
  value: { code: 400, reason: 'INVALID_REQUEST_BODY' },
  'unknown-model': { code: 404, reason: 'MODEL_NOT_FOUND' },
  'unsupported-model': { code: 400, reason: 'INVALID_REQUEST_BODY' },
  'cli-only': { code: 403, reason: 'ACCESS_DENY' },
  balance: { code: 403, reason: 'NOT_ENOUGH_BALANCE', message: 'not enough balance' },
  'rate-limit': { code: 429, reason: 'RATE_LIMIT_EXCEEDED', message: 'rate limit exceeded' },
  overloaded: { code: 503, reason: 'SERVICE_NOT_AVAILABLE', message: 'server overload' },
  'server-error': { code: 500, reason: 'INTERNAL_ERROR' },
};

/** The flat body observed in the platform's family, with the codes of its error reference (docs/servers.md §3). */
function refuse(refusal: Refusal): RawAnswer {
  const { code, reason, message } = refusals[refusal.reason];
  return jsonAnswer(code, { code, reason, message: message ?? refusal.message });
}

const finishReasons: Readonly<Record<Finish, string>> = { end: 'stop', 'stop-sequence': 'stop', length: 'length', 'tool-calls': 'tool_calls' };

/** Reasoning stays in the content between tags unless it was asked to be apart (its page, separate_reasoning). */
function withReasoningInside(choice: Choice, request: ChatRequest): Choice {
  if (request.model !== turbo || request.separate_reasoning === true || choice.reasoning === '') return choice;
  const isCut = choice.finish === 'length' && choice.text === '' && choice.calls.length === 0;
  return { ...choice, reasoning: '', text: isCut ? `<think>\n${choice.reasoning}` : `<think>\n${choice.reasoning}\n</think>\n\n${choice.text}` };
}

function spellDelta(delta: Delta): JsonObject {
  switch (delta.kind) {
    case 'reasoning':
      return { reasoning_content: delta.text };
    case 'text':
      return { content: delta.text };
    case 'call':
      // The vendor's guide prints ids "0", "1"; they begin again in the next turn (docs/servers.md §3).
      return { tool_calls: [{ index: delta.index, id: String(delta.index), type: 'function', function: { name: delta.name, arguments: '' } }] };
    default:
      return { tool_calls: [{ index: delta.index, function: { arguments: delta.text } }] };
  }
}

/** The page says `object` is always chat.completion, and a stream was seen to say so too. */
function envelopeOf(completion: Completion): JsonObject {
  return { id: completion.id, object: 'chat.completion', created: completion.created, model: completion.request.model };
}

function chunks(completion: Completion): readonly JsonObject[] {
  const { request } = completion;
  const envelope = envelopeOf(completion);
  const usage = countUsage(completion);
  const isAsked = request.stream_options?.include_usage === true;
  const alternatives = request.logprobs === true ? (request.top_logprobs ?? 0) : undefined;
  const chunk = (index: number, delta: JsonObject, more: { readonly text?: string; readonly finish?: string } = {}): JsonObject => ({
    ...envelope,
    choices: [{
      index,
      delta,
      ...(alternatives === undefined || more.text === undefined ? {} : { logprobs: logprobsOf(more.text, alternatives) }),
      finish_reason: more.finish ?? null,
    }],
    ...(isAsked ? { usage: null } : {}),
  });
  const perChoice = completion.choices.map((choice, index) => [
    chunk(index, { role: 'assistant', content: '' }),
    ...toDeltas(withReasoningInside(choice, request)).map((delta) => chunk(index, spellDelta(delta), delta.kind === 'text' ? { text: delta.text } : {})),
    chunk(index, {}, { finish: finishReasons[choice.finish] }),
  ]);
  const all = interleave(perChoice);
  // The usage is in the last chunk; include_usage makes that one more chunk without choices.
  return isAsked ? [...all, { ...envelope, choices: [], usage }] : [...all.slice(0, -1), { ...all.at(-1), usage }];
}

function body(completion: Completion): JsonObject {
  const { request } = completion;
  return {
    choices: completion.choices.map((original, index) => {
      const choice = withReasoningInside(original, request);
      const calls = choice.calls.map((call, position) => ({ id: String(position), type: 'function', function: call }));
      return {
        finish_reason: finishReasons[choice.finish],
        index,
        message: {
          role: 'assistant',
          content: choice.text,
          ...(choice.reasoning === '' ? {} : { reasoning_content: choice.reasoning }),
          ...(calls.length > 0 ? { tool_calls: calls } : {}),
        },
        ...(request.logprobs === true ? { logprobs: logprobsOf(choice.text, request.top_logprobs ?? 0) } : {}),
      };
    }),
    ...envelopeOf(completion),
    usage: countUsage(completion),
  };
}

function checkModel({ model }: { readonly model: string }): Refusal | undefined {
  // The catalogue is long and changes, so any name is served but invented ones and those of another API (docs/servers.md §3).
  if (model.includes('nonexistent')) return { reason: 'unknown-model', message: `model: ${model} not found` };
  return /gpt-5\.1|codex/.test(model) ? { reason: 'unsupported-model', message: `model: ${model} is only served by the Responses API` } : undefined;
}

/** jiekou.ai as its page and docs/servers.md §3 describe it. */
export const jiekou: Service = {
  id: 'jiekou',
  models: listed,
  checkModel,
  parameters: () => parameters,
  messages: ({ model }) => ({
    parts: ['image_url', 'video_url'],
    dataUrlsOnly: /claude/.test(model),
    // A field of its answers; models that think between tool calls want it back.
    assistantFields: ['reasoning_content'],
    prefix: false,
    textPartFields: /claude/.test(model) ? ['cache_control'] : [],
    refusePart: (index, type) => notAllowed(`messages[${index}].content: ${type} is not supported`),
  }),
  tools: () => ({ emptyList: 'allowed', strict: 'allowed', toolChoice: false }),
  checkTogether,
  thinks,
  limits: (request) => ({ tokens: request.max_tokens ?? 16, choices: request.n ?? 1, keepsStopSequence: true }),
  refuse,
  dataPrefix: 'data: ',
  chunks,
  body,
  resources: {
    models: () => jiekouModels(listed),
  },
};
