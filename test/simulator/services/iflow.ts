import type { ChatRequest } from '../chat.ts';
import { countUsage, type Completion, type Finish } from '../completion.ts';
import { interleave, toDeltas } from '../deltas.ts';
import { isObject, type JsonObject } from '../json.ts';
import type { ParameterTable } from '../parameterRules.ts';
import { jsonAnswer, malformed, notAllowed, type RawAnswer, type Refusal } from '../refusal.ts';
import type { Service } from '../service.ts';
import { hash } from '../tokens.ts';

/**
 * Parameters of iFlow's pages, in traditional (the newer one) and in simplified Chinese; seed is named there with system_fingerprint. The last
 * four are what clients were seen to send (docs/servers.md §1.1). The real server is laxer; unknown names are refused here on purpose.
 */
const parameters: ParameterTable = {
  messages: { kind: 'elsewhere', required: true },
  model: { kind: 'elsewhere', required: true },
  frequency_penalty: { kind: 'number' },
  max_tokens: { kind: 'integer', above: 1, below: 8192 },
  n: { kind: 'integer', minimum: 1 },
  response_format: { kind: 'object', fields: { type: { kind: 'string' } } },
  stop: { kind: 'strings', nullable: true },
  stream: { kind: 'boolean' },
  temperature: { kind: 'number' },
  tools: { kind: 'elsewhere' },
  top_k: { kind: 'number' },
  top_p: { kind: 'number' },
  seed: { kind: 'integer' },
  stream_options: { kind: 'object', fields: { include_usage: { kind: 'boolean' } } },
  chat_template_kwargs: { kind: 'object', fields: { enable_thinking: { kind: 'boolean' }, clear_thinking: { kind: 'boolean' } } },
  reasoning_split: { kind: 'boolean' },
  thinking: { kind: 'object', fields: { type: { kind: 'string', values: ['enabled', 'disabled'], required: true } } },
};

const thinkingModels = /r1|deepseek-v3\.[12]|glm|minimax|kimi|thinking/i;

function thinks(request: ChatRequest): boolean {
  const asked = request.chat_template_kwargs?.enable_thinking ?? (request.thinking === undefined ? undefined : request.thinking?.type !== 'disabled');
  return asked ?? thinkingModels.test(request.model);
}

function business(status: string, msg: string): RawAnswer {
  return jsonAnswer(200, { status, msg, body: null }, 'application/json;charset=UTF-8');
}

/** Business statuses and words observed or gathered in docs/servers.md §1.3; 400 and 500 for the rest are inferred. */
function refuse(refusal: Refusal): RawAnswer {
  switch (refusal.reason) {
    case 'no-key':
    case 'wrong-key':
      return business('434', 'Invalid apiKey，get your apiKey: https://iflow.cn/');
    case 'expired-key':
      return business('434', 'Invalid apiKey or apiKey has expired');
    case 'blocked-key':
      return business('434', 'Access to the current AK has been blocked due to unauthorized requests');
    case 'rate-limit':
      return business('449', 'You exceeded your current rate limit');
    case 'unknown-model':
    case 'unsupported-model':
      return jsonAnswer(404, { error: refusal.message, type: 'error' });
    case 'cli-only':
      return { status: 406, headers: {}, body: '' };
    case 'format':
    case 'value':
      return business('400', refusal.message);
    default:
      return business('500', refusal.message);
  }
}

const finishReasons: Readonly<Record<Finish, string>> = { end: 'eos', 'stop-sequence': 'stop', length: 'length', 'tool-calls': 'tool_calls' };

function wireCall(completion: Completion, choice: number, index: number): JsonObject {
  const call = completion.choices[choice]?.calls[index];
  const id = `call_${hash(`${completion.id} ${choice} ${index}`).toString(16).padStart(8, '0')}`;
  return { id, type: 'function', function: { name: call?.name ?? '', arguments: call?.arguments ?? '' } };
}

function chunks(completion: Completion): readonly JsonObject[] {
  const envelope = { id: completion.id, object: 'chat.completion.chunk', created: completion.created, model: completion.request.model, system_fingerprint: 'fp_simulator' };
  const chunk = (index: number, delta: JsonObject, finish: string | null = null): JsonObject => ({
    ...envelope,
    choices: [{ index, delta, logprobs: null, finish_reason: finish }],
  });
  const perChoice = completion.choices.map((choice, index) => [
    chunk(index, { role: 'assistant', content: '' }),
    ...toDeltas(choice).flatMap((delta): readonly JsonObject[] => {
      if (delta.kind === 'reasoning') return [chunk(index, { content: '', reasoning_content: delta.text })];
      if (delta.kind === 'text') return [chunk(index, { content: delta.text })];
      if (delta.kind === 'call') return [chunk(index, { tool_calls: [{ index: delta.index, ...wireCall(completion, index, delta.index) }] })];
      return [];
    }),
    chunk(index, {}, finishReasons[choice.finish]),
  ]);
  const all = interleave(perChoice);
  const usage = countUsage(completion);
  const trailing = completion.request.stream_options?.include_usage === true ? [{ ...envelope, choices: [], usage }] : [];
  return [...all.slice(0, -1), { ...all.at(-1), usage }, ...trailing];
}

/** The page shows tool calls beside `choices`, not in the message, and choices without an index. */
function body(completion: Completion): JsonObject {
  const calls = completion.choices.flatMap((choice, index) => choice.calls.map((_, position) => wireCall(completion, index, position)));
  return {
    id: completion.id,
    choices: completion.choices.map((choice) => ({
      message: {
        role: 'assistant',
        content: choice.text,
        ...(choice.reasoning === '' ? {} : { reasoning_content: choice.reasoning }),
      },
      finish_reason: choice.finish === 'end' ? 'stop' : finishReasons[choice.finish],
    })),
    ...(calls.length > 0 ? { tool_calls: calls } : {}),
    usage: countUsage(completion),
    created: completion.created,
    model: completion.request.model,
    object: 'chat.completion',
  };
}

/** iFlow as its two pages and docs/servers.md §1 describe it; GET /models is not there (docs/servers.md §1.3). */
export const iflow: Service = {
  id: 'iflow',
  models: ['deepseek-r1', 'tstars2.0'],
  // The pages send readers to a list elsewhere, so any name is served but the one observed to be refused and invented ones.
  checkModel: ({ model }) => (model === 'glm-4.7' || model.includes('nonexistent') ? { reason: 'unknown-model', message: `当前 API 不支持所选模型 ${model}` } : undefined),
  parameters: () => parameters,
  messages: () => ({
    parts: [],
    dataUrlsOnly: false,
    // Not on the page; models that think between tool calls want it back (docs/servers.md §2.3).
    assistantFields: ['reasoning_content'],
    prefix: false,
    textPartFields: [],
    refusePart: (index, type) => notAllowed(`messages[${index}].content: ${type} is not supported, content must be a string`),
  }),
  tools: () => ({ emptyList: 'refused', strict: 'allowed', toolChoice: false }),
  checkTogether: (request) => (isObject(request['stream_options']) && request['stream'] !== true ? malformed('stream_options is only allowed when stream is true') : undefined),
  thinks,
  limits: (request) => ({ tokens: request.max_tokens ?? 512, choices: request.n ?? 1, keepsStopSequence: false }),
  refuse,
  dataPrefix: 'data:',
  chunks,
  body,
  resources: {},
};
