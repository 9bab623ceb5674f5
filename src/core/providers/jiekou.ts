import { glm, models, r1Turbo } from './jiekouModels.ts';
import type { ParameterSpec, ProviderSpec } from './spec.ts';
import { strictToolParameters } from './toolParameters.ts';

/** The page requires the field; too large a value is reduced by the service, not refused. */
const defaults = { max_tokens: 8192 };

const parameters: readonly ParameterSpec[] = [
  { name: 'model', type: 'string', required: true, managed: true, documentation: 'The model to use.' },
  { name: 'messages', type: 'object list', required: true, managed: true, documentation: 'The conversation so far.' },
  { name: 'max_tokens', type: 'integer', required: true, minimum: 1, documentation: 'The most tokens the model may produce; reduced to what fits the context.' },
  { name: 'stream', type: 'boolean', nullable: true, default: false, managed: true, documentation: 'Whether the answer is sent piece by piece as server-sent events, ended by [DONE].' },
  { name: 'stream_options', type: 'object', nullable: true, managed: true, documentation: 'Options of the stream; only with stream.' },
  { name: 'stream_options.include_usage', type: 'boolean', managed: true, documentation: 'Whether a last chunk tells the token counts.' },
  // The page writes 1 < x < 128, which its own default breaks: read as 1 ≤ x < 128.
  { name: 'n', type: 'integer', nullable: true, minimum: 1, below: 128, default: 1, documentation: 'How many answers to produce; each costs its tokens.' },
  { name: 'seed', type: 'integer', nullable: true, documentation: 'The same seed and parameters should give the same answer.' },
  { name: 'frequency_penalty', type: 'number', nullable: true, above: -2, below: 2, default: 0, documentation: 'Above zero, tokens are penalised by how often they have appeared.' },
  { name: 'presence_penalty', type: 'number', nullable: true, above: -2, below: 2, default: 0, documentation: 'Above zero, tokens that have appeared at all are penalised.' },
  { name: 'repetition_penalty', type: 'number', nullable: true, above: 0, below: 2, documentation: 'Above 1 repetition is penalised, below 1 rewarded; counts the prompt too.' },
  { name: 'stop', type: 'string or list', nullable: true, longest: 4, documentation: 'Up to 4 strings at which the answer ends; the answer includes them.' },
  { name: 'temperature', type: 'number', nullable: true, above: 0, below: 2, default: 1, documentation: 'Higher values make the answer more random. Change this or top_p, not both.' },
  { name: 'top_p', type: 'number', nullable: true, above: 0, maximum: 1, documentation: 'Only the most likely tokens that together have this probability are considered.' },
  { name: 'top_k', type: 'integer', nullable: true, above: 1, below: 128, documentation: 'Only this many of the most likely tokens are considered.' },
  { name: 'min_p', type: 'number', nullable: true, minimum: 0, maximum: 1, documentation: 'Tokens less likely than this, measured against the likeliest, are left out.' },
  { name: 'logit_bias', type: 'integer map', nullable: true, minimum: -100, maximum: 100, documentation: 'Makes tokens, by id, more or less likely.' },
  { name: 'logprobs', type: 'boolean', nullable: true, default: false, documentation: 'Whether the log-probability of each token is sent along.' },
  { name: 'top_logprobs', type: 'integer', nullable: true, minimum: 0, maximum: 20, documentation: 'How many alternatives are told for each token; needs logprobs.' },
  ...strictToolParameters,
  { name: 'response_format', type: 'object', nullable: true, documentation: 'The form the answer must have.' },
  { name: 'response_format.type', type: 'string', values: ['text', 'json_object', 'json_schema'], documentation: 'json_schema makes the answer follow a schema where the model supports it.' },
  { name: 'response_format.json_schema', type: 'object', documentation: 'Name, description, schema and strict.' },
  { name: 'separate_reasoning', type: 'boolean', nullable: true, default: false, models: [r1Turbo], documentation: 'Whether reasoning is sent apart from the answer; otherwise it stands inside it.' },
  { name: 'enable_thinking', type: 'boolean', nullable: true, default: true, models: [glm], documentation: 'Whether the model thinks before it answers.' },
];

/** jiekou.ai; its address works with and without /v1 (wire.md §3). */
export const jiekou: ProviderSpec = {
  id: 'jiekou',
  label: 'jiekou.ai',
  baseUrl: 'https://api.jiekou.ai/openai/v1',
  auth: 'bearer',
  keyUrl: 'https://jiekou.ai/settings/key-management',
  topUpUrl: 'https://jiekou.ai/billing',
  models,
  // Its 2,700 for deepseek/deepseek-v3.1 (June 2026) is the $0.27 that models.dev has for it; the same as Novita's, of the same family.
  modelList: { path: '/models', priceUnit: { currency: 'USD', amount: 0.0001 } },
  defaults,
  parameters,
  dialect: { reasoningReplay: 'never', reasoningField: 'reasoning_content', streamUsage: 'ask', continuation: 'instruction', outputLimit: 'max_tokens' },
};
