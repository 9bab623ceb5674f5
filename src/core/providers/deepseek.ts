import { flashModels, models, proModels, retiredModels, thinkingModels } from './deepseekModels.ts';
import { say } from '../../protocol/localText.ts';
import { onlyInStream, onlyWithLogprobs } from './parameterLimits.ts';
import type { ParameterCondition, ParameterLimit, ParameterSpec, ProviderSpec } from './spec.ts';
import { toolParameters } from './toolParameters.ts';

/** The old reasoner answers an error to these (docs/servers.md §2.1). */
const withLogprobs = models.map((model) => model.id).filter((id) => id !== 'deepseek-reasoner');

const thinks: ParameterCondition = { name: 'thinking.type', is: ['enabled', 'adaptive'] };
/** docs/servers.md §2.1: without effect and without an error, so sending them would only pretend. */
const withoutEffect: readonly ParameterLimit[] = [{ when: thinks, allows: [], reason: say('It has no effect while the model thinks, so it is not sent. Switch thinking off to use it.') }];
/** docs/servers.md §2.1: the service takes 1 then, whatever is sent. */
const fixedWithoutThinking: readonly ParameterLimit[] = [{ when: { name: 'thinking.type', is: ['disabled'] }, allows: [], reason: say('It is always 1 while the model does not think, so it is not sent. Switch thinking on to use it.') }];
/** The range and the default of the reference page; a row for each kind of model, for it takes effect in different situations. */
const topP = { name: 'top_p', type: 'number', nullable: true, minimum: 0, maximum: 1, default: 1 } as const;

/** From the reference page (early 2025); rows marked V4 are from docs/servers.md §2.1, which also widens `max_tokens`. */
const parameters: readonly ParameterSpec[] = [
  { name: 'messages', type: 'object list', required: true, managed: 'composer', documentation: say('The conversation so far.') },
  { name: 'messages.content', type: 'string', required: true, managed: 'composer', documentation: say('The text of the message.') },
  { name: 'messages.role', type: 'string', required: true, managed: 'composer', values: ['system', 'user', 'assistant', 'tool'], documentation: say('Who says it.') },
  { name: 'messages.name', type: 'string', documentation: say('A name for you, which helps the model to tell participants of the same role apart; sent with your messages.') },
  { name: 'model', type: 'string', required: true, managed: 'model picker', documentation: say('The model to use.') },
  { name: 'frequency_penalty', type: 'number', nullable: true, minimum: -2, maximum: 2, default: 0, limits: withoutEffect, documentation: say('Above zero, tokens are penalised by how often they have appeared, so that the model repeats itself less.') },
  { name: 'max_tokens', type: 'integer', nullable: true, minimum: 1, maximum: 8192, default: 4096, models: retiredModels, documentation: say('The most tokens the model may produce.') },
  // V4
  { name: 'max_tokens', type: 'integer', nullable: true, minimum: 1, maximum: 393216, models: thinkingModels, documentation: say('The most tokens the model may produce, reasoning included.') },
  { name: 'presence_penalty', type: 'number', nullable: true, minimum: -2, maximum: 2, default: 0, limits: withoutEffect, documentation: say('Above zero, tokens that have appeared at all are penalised, so that the model turns to new subjects.') },
  { name: 'response_format', type: 'object', nullable: true, documentation: say('The form the answer must have.') },
  { name: 'response_format.type', type: 'string', values: ['text', 'json_object'], default: 'text', documentation: say('json_object makes the answer valid JSON. Your question must then ask for JSON by that word, or the model may send white space without end.') },
  { name: 'stop', type: 'string or list', nullable: true, longest: 16, documentation: say('Up to 16 strings at which the answer ends.') },
  { name: 'stream', type: 'boolean', nullable: true, documentation: say('Whether the answer comes piece by piece. Switched off, it comes as a whole when it is finished.') },
  { name: 'stream_options', type: 'object', nullable: true, documentation: say('Options of the stream.') },
  { name: 'stream_options.include_usage', type: 'boolean', limits: onlyInStream, documentation: say('Whether the count of tokens comes at the end of the stream.') },
  { name: 'temperature', type: 'number', nullable: true, minimum: 0, maximum: 2, default: 1, limits: withoutEffect, documentation: say('Higher values make the answer more random. Change this or top_p, not both.') },
  { ...topP, models: flashModels, limits: fixedWithoutThinking, documentation: say('Only the most likely tokens that together have this probability are considered. Values below 0.95 count as 0.95.') },
  { ...topP, models: proModels, limits: withoutEffect, documentation: say('Only the most likely tokens that together have this probability are considered.') },
  { ...topP, models: retiredModels, documentation: say('Only the most likely tokens that together have this probability are considered.') },
  ...toolParameters,
  {
    name: 'tool_choice',
    type: 'string or object',
    nullable: true,
    values: ['none', 'auto', 'required'],
    // The service answers 400 to the others (docs/servers.md §2.1).
    limits: [{ when: thinks, allows: ['none', 'auto'], reason: say('While the model thinks, tool_choice may only be none or auto. Switch thinking off for the others.') }],
    documentation: say('Whether the model may, must or must not call a tool, or which one; sent along with tools only.'),
  },
  { name: 'logprobs', type: 'boolean', nullable: true, models: withLogprobs, documentation: say('Whether the log-probability of each token is sent along.') },
  { name: 'top_logprobs', type: 'integer', nullable: true, minimum: 0, maximum: 20, models: withLogprobs, limits: onlyWithLogprobs, documentation: say('How many alternatives are told for each token.') },
  // V4
  { name: 'thinking', type: 'object', nullable: true, models: thinkingModels, documentation: say('The switch for thinking.') },
  { name: 'thinking.type', type: 'string', required: true, values: ['enabled', 'disabled', 'adaptive'], default: 'enabled', models: thinkingModels, documentation: say('Whether the model thinks before it answers.') },
  {
    name: 'reasoning_effort',
    type: 'string',
    nullable: true,
    values: ['minimal', 'low', 'medium', 'high', 'xhigh', 'max', 'ultra'],
    default: 'high',
    models: thinkingModels,
    limits: [{ when: { name: 'thinking.type', is: ['disabled'] }, allows: [], reason: say('Thinking is switched off.') }],
    documentation: say('How much it thinks. minimal counts as low, medium and xhigh as high, ultra as max.'),
  },
  { name: 'user_id', type: 'string', nullable: true, longest: 512, pattern: '[a-zA-Z0-9_-]+', models: thinkingModels, documentation: say('Keeps the caches of different users of one account apart.') },
];

/** DeepSeek's own service. */
export const deepseek: ProviderSpec = {
  id: 'deepseek',
  label: 'DeepSeek',
  baseUrl: 'https://api.deepseek.com',
  auth: 'bearer',
  keyUrl: 'https://platform.deepseek.com/api_keys',
  keyVariable: 'DEEPSEEK_API_KEY',
  topUpUrl: 'https://platform.deepseek.com/top_up',
  statusUrl: 'https://status.deepseek.com',
  pageUrl: 'https://api-docs.deepseek.com/zh-cn/api/create-chat-completion',
  models,
  modelList: { path: '/models' },
  balancePath: '/user/balance',
  parameters,
  dialect: { reasoningReplay: 'every-turn', reasoningField: 'reasoning_content', streamUsage: 'ask', continuation: 'prefix-on-beta', outputLimit: 'max_tokens' },
};
