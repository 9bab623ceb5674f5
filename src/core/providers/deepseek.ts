import { models, retiredModels, thinkingModels } from './deepseekModels.ts';
import type { ParameterSpec, ProviderSpec } from './spec.ts';
import { toolParameters } from './toolParameters.ts';

/** The old reasoner answers an error to these (wire.md §2.1). */
const withLogprobs = models.map((model) => model.id).filter((id) => id !== 'deepseek-reasoner');

/** From the reference page (early 2025); rows marked V4 are from wire.md §2.1, which also widens `max_tokens`. */
const parameters: readonly ParameterSpec[] = [
  { name: 'messages', type: 'object list', required: true, managed: true, documentation: 'The conversation so far, at least one message.' },
  { name: 'model', type: 'string', required: true, managed: true, documentation: 'The model to use.' },
  { name: 'frequency_penalty', type: 'number', nullable: true, minimum: -2, maximum: 2, default: 0, documentation: 'Above zero, tokens are penalised by how often they have appeared, so that the model repeats itself less.' },
  { name: 'max_tokens', type: 'integer', nullable: true, minimum: 1, maximum: 8192, default: 4096, models: retiredModels, documentation: 'The most tokens the model may produce.' },
  { name: 'max_tokens', type: 'integer', nullable: true, minimum: 1, maximum: 393216, models: thinkingModels, documentation: 'V4: the most tokens the model may produce, reasoning included.' },
  { name: 'presence_penalty', type: 'number', nullable: true, minimum: -2, maximum: 2, default: 0, documentation: 'Above zero, tokens that have appeared at all are penalised, so that the model turns to new subjects.' },
  { name: 'response_format', type: 'object', nullable: true, documentation: 'The form the answer must have.' },
  { name: 'response_format.type', type: 'string', values: ['text', 'json_object'], default: 'text', documentation: 'With json_object the prompt must ask for JSON too, or the model may send white space without end.' },
  { name: 'stop', type: 'string or list', nullable: true, longest: 16, documentation: 'Up to 16 strings at which the answer ends.' },
  { name: 'stream', type: 'boolean', nullable: true, managed: true, documentation: 'Whether the answer is sent piece by piece as server-sent events, ended by [DONE].' },
  { name: 'stream_options', type: 'object', nullable: true, managed: true, documentation: 'Options of the stream; only with stream.' },
  { name: 'stream_options.include_usage', type: 'boolean', managed: true, documentation: 'Whether a last chunk tells the token counts.' },
  { name: 'temperature', type: 'number', nullable: true, minimum: 0, maximum: 2, default: 1, documentation: 'Higher values make the answer more random. Change this or top_p, not both.' },
  { name: 'top_p', type: 'number', nullable: true, minimum: 0, maximum: 1, default: 1, documentation: 'Only the most likely tokens that together have this probability are considered.' },
  ...toolParameters,
  { name: 'tool_choice', type: 'string or object', nullable: true, values: ['none', 'auto', 'required'], documentation: 'Whether the model may, must or must not call a tool, or which one. Thinking models take none and auto only.' },
  { name: 'logprobs', type: 'boolean', nullable: true, models: withLogprobs, documentation: 'Whether the log-probability of each token is sent along.' },
  { name: 'top_logprobs', type: 'integer', nullable: true, minimum: 0, maximum: 20, models: withLogprobs, documentation: 'How many alternatives are told for each token; needs logprobs.' },
  { name: 'thinking', type: 'object', nullable: true, models: thinkingModels, documentation: 'V4: the switch for thinking.' },
  { name: 'thinking.type', type: 'string', values: ['enabled', 'disabled', 'adaptive'], default: 'enabled', models: thinkingModels, documentation: 'V4: whether the model thinks before it answers.' },
  { name: 'reasoning_effort', type: 'string', nullable: true, values: ['minimal', 'low', 'medium', 'high', 'xhigh', 'max', 'ultra'], default: 'high', models: thinkingModels, documentation: 'V4: how much it thinks. minimal counts as low, medium and xhigh as high, ultra as max.' },
  { name: 'user_id', type: 'string', nullable: true, longest: 512, models: thinkingModels, documentation: 'V4: keeps the caches of different users apart.' },
];

/** DeepSeek's own service. */
export const deepseek: ProviderSpec = {
  id: 'deepseek',
  label: 'DeepSeek',
  baseUrl: 'https://api.deepseek.com',
  auth: 'bearer',
  keyUrl: 'https://platform.deepseek.com/api_keys',
  topUpUrl: 'https://platform.deepseek.com/top_up',
  statusUrl: 'https://status.deepseek.com',
  models,
  modelList: { path: '/models' },
  balancePath: '/user/balance',
  parameters,
  dialect: { reasoningReplay: 'every-turn', reasoningField: 'reasoning_content', streamUsage: 'ask', continuation: 'prefix-on-beta', outputLimit: 'max_tokens' },
};
