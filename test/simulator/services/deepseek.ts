import type { ChatRequest } from '../chat.ts';
import { isObject, type JsonObject } from '../json.ts';
import type { Parameter, ParameterTable } from '../parameterRules.ts';
import { malformed, type Refusal } from '../refusal.ts';
import type { Service, Situation } from '../service.ts';
import { deepseekBody, deepseekChunks, refuseAsDeepseek } from './deepseekDialect.ts';

const current = ['deepseek-v4-flash', 'deepseek-v4-pro', 'deepseek-flash', 'deepseek-v4-flash-vision-exp'];
const retired = ['deepseek-chat', 'deepseek-reasoner'];
/** The pricing page of November 2026 gives the first vision, docs/servers.md §2.2 the second. */
const vision = ['deepseek-flash', 'deepseek-v4-flash-vision-exp'];

const nullable = { nullable: true } as const;
const penalty: Parameter = { kind: 'number', minimum: -2, maximum: 2, ...nullable };

/**
 * Parameters of DeepSeek's page, and those of docs/servers.md §2.1. The real server ignores what it does not know; here it
 * is refused, because a request with a wrong name in it is a mistake that nobody would see.
 */
function parameters({ model }: Situation): ParameterTable {
  return {
    messages: { kind: 'elsewhere', required: true },
    model: { kind: 'elsewhere', required: true },
    frequency_penalty: penalty,
    presence_penalty: penalty,
    // The page gives both "> 1" and "from 1 to 8192"; V4 takes up to 393,216 (docs/servers.md §2.1).
    max_tokens: { kind: 'integer', minimum: 1, maximum: retired.includes(model) ? 8192 : 393_216, ...nullable },
    response_format: { kind: 'object', fields: { type: { kind: 'string', values: ['text', 'json_object'] } }, ...nullable },
    stop: { kind: 'strings', maximumItems: 16, ...nullable },
    stream: { kind: 'boolean', ...nullable },
    stream_options: { kind: 'object', fields: { include_usage: { kind: 'boolean' } }, ...nullable },
    temperature: { kind: 'number', minimum: 0, maximum: 2, ...nullable },
    top_p: { kind: 'number', minimum: 0, maximum: 1, ...nullable },
    tools: { kind: 'elsewhere', ...nullable },
    tool_choice: { kind: 'elsewhere', ...nullable },
    logprobs: { kind: 'boolean', ...nullable },
    top_logprobs: { kind: 'integer', minimum: 0, maximum: 20, ...nullable },
    thinking: { kind: 'object', fields: { type: { kind: 'string', values: ['enabled', 'disabled', 'adaptive'], required: true } }, ...nullable },
    reasoning_effort: { kind: 'string', values: ['minimal', 'low', 'medium', 'high', 'xhigh', 'max', 'ultra'], ...nullable },
    user_id: { kind: 'string', pattern: /^[a-zA-Z0-9_-]+$/, maximumLength: 512, ...nullable },
    // Unsupported and ignored on the real server, n = 2 gives one choice (docs/servers.md §2.1).
    n: { kind: 'integer', minimum: 1, ...nullable },
    seed: { kind: 'integer', ...nullable },
    top_k: { kind: 'integer', minimum: 1, ...nullable },
  };
}

/** Whether a request is answered with reasoning: V4 thinks unless told not to (docs/servers.md §0.2), the old names are one of each. */
export function deepseekThinks(request: Pick<ChatRequest, 'model' | 'thinking'>): boolean {
  if (request.model === 'deepseek-reasoner') return true;
  if (request.model === 'deepseek-chat') return request.thinking?.type === 'enabled';
  return request.thinking?.type !== 'disabled';
}

function mentionsJson(messages: unknown): boolean {
  return /json/i.test(JSON.stringify(messages));
}

function checkReasoning(messages: readonly JsonObject[], model: string): Refusal | undefined {
  for (const [index, message] of messages.entries()) {
    const has = typeof message['reasoning_content'] === 'string';
    if (model === 'deepseek-reasoner' && has) {
      return malformed(`messages[${index}].reasoning_content must not be sent to deepseek-reasoner`);
    }
    if (model !== 'deepseek-reasoner' && !has && Array.isArray(message['tool_calls'])) {
      return malformed('The reasoning_content in the thinking mode must be passed back to the API.');
    }
  }
  return undefined;
}

/** DeepSeek's rules that join fields: stream_options, logprobs, JSON mode, and thinking with tools (docs/servers.md §0.3, §2.1, §2.3). */
export function checkDeepseekTogether(body: JsonObject, { model }: Situation): Refusal | undefined {
  if (isObject(body['stream_options']) && body['stream'] !== true) return malformed('stream_options is only allowed when stream is true');
  if (typeof body['top_logprobs'] === 'number' && body['logprobs'] !== true) return malformed('top_logprobs needs logprobs: true');
  if (body['logprobs'] === true && model === 'deepseek-reasoner') return malformed('deepseek-reasoner does not support logprobs');
  const format = isObject(body['response_format']) ? body['response_format']['type'] : undefined;
  // The page warns of endless white space instead; a test should not have to wait for it.
  if (format === 'json_object' && !mentionsJson(body['messages'])) {
    return malformed("Prompt must contain the word 'json' in some form to use 'response_format' of type 'json_object'.");
  }
  const thinking = isObject(body['thinking']) ? { type: String(body['thinking']['type']) } : null;
  if (!deepseekThinks({ model, thinking })) return undefined;
  const choice = body['tool_choice'];
  if (choice === 'required' || isObject(choice)) return malformed('Thinking mode does not support this tool_choice');
  return checkReasoning(body['messages'] as readonly JsonObject[], model);
}

function checkModel({ model, retired: areRetired }: Situation): Refusal | undefined {
  if (current.includes(model) || (retired.includes(model) && !areRetired)) return undefined;
  const message = `The supported API model names are deepseek-v4-pro or deepseek-v4-flash, but you passed ${model}.`;
  return { reason: 'unknown-model', message };
}

/** DeepSeek as its page and docs/servers.md §2 describe it, with the V4 models and the retired names. */
export const deepseek: Service = {
  id: 'deepseek',
  models: current,
  checkModel,
  parameters,
  messages: ({ model, beta }) => ({
    parts: vision.includes(model) ? ['image_url', 'file'] : [],
    dataUrlsOnly: false,
    assistantFields: ['reasoning_content', ...(beta ? ['prefix'] : [])],
    prefix: beta,
    textPartFields: [],
    refusePart: (index, type) => malformed(
      `Failed to deserialize the JSON body into the target type: messages[${index}]: unknown variant \`${type}\`, expected \`text\` at line 1 column 216`,
    ),
  }),
  tools: ({ beta }) => ({ emptyList: 'allowed', strict: beta ? 'checked' : 'unknown', toolChoice: true }),
  checkTogether: checkDeepseekTogether,
  thinks: deepseekThinks,
  limits: (request) => ({ tokens: request.max_tokens ?? (retired.includes(request.model) ? 4096 : 393_216), choices: 1, keepsStopSequence: false }),
  refuse: refuseAsDeepseek,
  dataPrefix: 'data: ',
  chunks: (completion) => deepseekChunks(completion, deepseekThinks(completion.request)),
  body: (completion) => deepseekBody(completion, deepseekThinks(completion.request)),
  resources: {
    models: () => ({ object: 'list', data: current.map((id) => ({ id, object: 'model', owned_by: 'deepseek' })) }),
    'user/balance': () => ({
      is_available: true,
      balance_infos: [{ currency: 'CNY', total_balance: '110.00', granted_balance: '10.00', topped_up_balance: '100.00' }],
    }),
  },
};

/** The dialect of DeepSeek with the simulator's own models and no key, for chatting without an account. */
export const open: Service = {
  ...deepseek,
  id: 'open',
  models: ['simulated-reasoner'],
  checkModel: ({ model }) => model === 'simulated-reasoner'
    ? undefined
    : { reason: 'unknown-model', message: `The supported API model names are simulated-reasoner, but you passed ${model}.` },
  resources: {
    models: () => ({ object: 'list', data: [{ id: 'simulated-reasoner', object: 'model', owned_by: 'simulator' }] }),
  },
};

