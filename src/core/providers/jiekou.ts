import { say } from '../../protocol/localText.ts';
import { glm, models, r1Turbo } from './jiekouModels.ts';
import { onlyInStream, onlyWithLogprobs } from './parameterLimits.ts';
import type { ParameterCondition, ParameterLimit, ParameterSpec, ProviderSpec } from './spec.ts';
import { strictToolParameters } from './toolParameters.ts';

/** The page requires the field; too large a value is reduced by the service, not refused. */
const defaults = { max_tokens: 8192 };

/** docs/servers.md §3: which models have this switch; the reference page names none of them. */
const gemini = 'google/gemini.*';
const inSchema: ParameterCondition = { name: 'response_format.type', is: ['json_schema'] };
const onlyWithSchema: readonly ParameterLimit[] = [{ when: { name: 'response_format.type', is: ['text', 'json_object', null] }, allows: [], reason: say('It needs response_format.type json_schema.') }];

const parameters: readonly ParameterSpec[] = [
  { name: 'model', type: 'string', required: true, managed: 'model picker', documentation: say('The model to use.') },
  { name: 'messages', type: 'object list', required: true, managed: 'composer', documentation: say('The conversation so far.') },
  { name: 'messages.content', type: 'string', required: true, managed: 'composer', documentation: say('The text of the message.') },
  { name: 'messages.role', type: 'string', required: true, managed: 'composer', values: ['system', 'user', 'assistant', 'tool'], documentation: say('Who says it.') },
  { name: 'messages.name', type: 'string', documentation: say('A name for you, which helps the model to tell participants of the same role apart; sent with your messages.') },
  { name: 'max_tokens', type: 'integer', required: true, minimum: 1, documentation: say('The most tokens the model may produce; reduced to what fits the context.') },
  { name: 'stream', type: 'boolean', nullable: true, default: false, documentation: say('Whether the answer comes piece by piece. Switched off, it comes as a whole when it is finished.') },
  { name: 'stream_options', type: 'object', nullable: true, documentation: say('Options of the stream.') },
  { name: 'stream_options.include_usage', type: 'boolean', limits: onlyInStream, documentation: say('Whether the count of tokens comes at the end of the stream.') },
  // The page writes 1 < x < 128, which its own default breaks: read as 1 ≤ x < 128.
  { name: 'n', type: 'integer', nullable: true, minimum: 1, below: 128, default: 1, documentation: say('How many answers to produce; each costs its tokens.') },
  { name: 'seed', type: 'integer', nullable: true, documentation: say('The same seed and parameters should give the same answer.') },
  { name: 'frequency_penalty', type: 'number', nullable: true, above: -2, below: 2, default: 0, documentation: say('Above zero, tokens are penalised by how often they have appeared, so that the model repeats itself less.') },
  { name: 'presence_penalty', type: 'number', nullable: true, above: -2, below: 2, default: 0, documentation: say('Above zero, tokens that have appeared at all are penalised, so that the model turns to new subjects.') },
  { name: 'repetition_penalty', type: 'number', nullable: true, above: 0, below: 2, documentation: say('Above 1 repetition is penalised, below 1 rewarded; counts the prompt too.') },
  { name: 'stop', type: 'string or list', nullable: true, longest: 4, documentation: say('Up to 4 strings at which the answer ends; the answer includes them.') },
  { name: 'temperature', type: 'number', nullable: true, above: 0, below: 2, default: 1, documentation: say('Higher values make the answer more random. Change this or top_p, not both.') },
  { name: 'top_p', type: 'number', nullable: true, above: 0, maximum: 1, documentation: say('Only the most likely tokens that together have this probability are considered.') },
  { name: 'top_k', type: 'integer', nullable: true, above: 1, below: 128, documentation: say('Only this many of the most likely tokens are considered.') },
  { name: 'min_p', type: 'number', nullable: true, minimum: 0, maximum: 1, documentation: say('Tokens less likely than this, measured against the likeliest, are left out.') },
  { name: 'logit_bias', type: 'integer map', nullable: true, minimum: -100, maximum: 100, documentation: say('Makes tokens more or less likely: a JSON object from token ids to whole numbers, for instance {"1024": 6}.') },
  { name: 'logprobs', type: 'boolean', nullable: true, default: false, documentation: say('Whether the log-probability of each token is sent along.') },
  { name: 'top_logprobs', type: 'integer', nullable: true, minimum: 0, maximum: 20, limits: onlyWithLogprobs, documentation: say('How many alternatives are told for each token.') },
  ...strictToolParameters,
  { name: 'response_format', type: 'object', nullable: true, documentation: say('The form the answer must have.') },
  { name: 'response_format.type', type: 'string', required: true, values: ['text', 'json_object', 'json_schema'], documentation: say('json_object makes the answer valid JSON, json_schema makes it follow a schema where the model supports that.') },
  { name: 'response_format.json_schema', type: 'object', documentation: say('The schema of the answer and what it is called.') },
  { name: 'response_format.json_schema.name', type: 'string', requiredWhen: inSchema, limits: onlyWithSchema, documentation: say('What the schema is called.') },
  { name: 'response_format.json_schema.description', type: 'string', nullable: true, limits: onlyWithSchema, documentation: say('What the schema is for.') },
  { name: 'response_format.json_schema.schema', type: 'object', nullable: true, limits: onlyWithSchema, documentation: say('The schema itself: a JSON Schema object.') },
  { name: 'response_format.json_schema.strict', type: 'boolean', nullable: true, limits: onlyWithSchema, documentation: say('Whether the answer must follow the schema exactly. Schemas that the service cannot follow are then an error.') },
  { name: 'separate_reasoning', type: 'boolean', nullable: true, default: false, models: [r1Turbo], documentation: say('Whether reasoning is sent apart from the answer; otherwise it stands inside it.') },
  { name: 'enable_thinking', type: 'boolean', nullable: true, default: true, models: [glm], documentation: say('Whether the model thinks before it answers.') },
  { name: 'reasoning_effort', type: 'string', nullable: true, values: ['disable', 'none', 'low', 'medium', 'high'], modelPattern: gemini, documentation: say('Gemini models: how much they think. disable and none are 0 tokens, low 1024, medium 2048, high 4096.') },
];

/** jiekou.ai; its address works with and without /v1 (docs/servers.md §3). */
export const jiekou: ProviderSpec = {
  id: 'jiekou',
  label: 'jiekou.ai',
  baseUrl: 'https://api.jiekou.ai/openai/v1',
  auth: 'bearer',
  keyUrl: 'https://jiekou.ai/settings/key-management',
  keyVariable: 'JIEKOU_API_KEY',
  topUpUrl: 'https://jiekou.ai/billing',
  pageUrl: 'https://docs.jiekou.ai/docs/models/reference-llm-create-chat-completion',
  models,
  // Its 2,700 for deepseek/deepseek-v3.1 (June 2026) is the $0.27 that models.dev has for it; the same as Novita's, of the same family.
  modelList: { path: '/models', priceUnit: { currency: 'USD', amount: 0.0001 } },
  defaults,
  parameters,
  // It resells models of many makers: those that think between tool calls want their reasoning back with the calls (docs/servers.md §0.3, §4).
  dialect: { reasoningReplay: 'tool-calls', reasoningField: 'reasoning_content', streamUsage: 'ask', continuation: 'instruction', outputLimit: 'max_tokens', stopSequence: 'included' },
};
