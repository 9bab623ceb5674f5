import { say } from '../../protocol/localText.ts';
import { models } from './iflowModels.ts';
import { onlyInStream } from './parameterLimits.ts';
import type { ParameterSpec, ProviderSpec } from './spec.ts';
import { strictToolParameters } from './toolParameters.ts';

/** Always sent: left out, the page's default of 512 cuts most answers short; 8,191 is the most the page allows. */
const defaults = { max_tokens: 8191 };

/** Which models have which switch for thinking (docs/servers.md §1.1), by their names; the reference pages name none of them. */
const templated = 'glm.*|deepseek-v3\\.[12].*';
const glm = 'glm.*';
const minimax = 'minimax.*';
const kimi = 'kimi-k2\\.5.*';

/** The two pages differ in the default model and in how `stop` is typed; the newer (Traditional Chinese) one is followed. */
const parameters: readonly ParameterSpec[] = [
  { name: 'messages', type: 'object list', required: true, managed: 'composer', documentation: say('The conversation so far.') },
  { name: 'messages.content', type: 'string', required: true, managed: 'composer', documentation: say('The text of the message.') },
  // The page leaves `tool` out, the service takes it (docs/servers.md §1.1).
  { name: 'messages.role', type: 'string', required: true, managed: 'composer', values: ['user', 'assistant', 'system', 'tool'], default: 'user', documentation: say('Who says it.') },
  { name: 'model', type: 'string', required: true, managed: 'model picker', default: 'deepseek-r1', documentation: say('The model to use.') },
  { name: 'frequency_penalty', type: 'number', default: 0.5, documentation: say('Above zero, tokens are penalised by how often they have appeared, so that the model repeats itself less.') },
  { name: 'max_tokens', type: 'integer', above: 1, below: 8192, default: 512, documentation: say('The most tokens the model may produce.') },
  { name: 'n', type: 'integer', default: 1, documentation: say('How many answers to produce; each costs its tokens.') },
  { name: 'response_format', type: 'object', documentation: say('The form the answer must have.') },
  { name: 'response_format.type', type: 'string', documentation: say('The kind of form, for instance text.') },
  { name: 'stop', type: 'string list', nullable: true, documentation: say('Strings at which the answer ends.') },
  { name: 'stream', type: 'boolean', default: false, documentation: say('Whether the answer comes piece by piece. Switched off, it comes as a whole when it is finished.') },
  // Not on the page, but accepted (docs/servers.md §1.1).
  { name: 'stream_options', type: 'object', documentation: say('Options of the stream.') },
  { name: 'stream_options.include_usage', type: 'boolean', limits: onlyInStream, documentation: say('Whether the count of tokens comes at the end of the stream.') },
  // The page speaks of it where it explains system_fingerprint.
  { name: 'seed', type: 'integer', documentation: say('The same seed and parameters should give the same answer.') },
  { name: 'temperature', type: 'number', default: 0.7, documentation: say('Lower values make the answer more certain, higher ones more random.') },
  ...strictToolParameters,
  { name: 'top_k', type: 'number', default: 50, documentation: say('Only this many of the most likely tokens are considered.') },
  { name: 'top_p', type: 'number', default: 0.7, documentation: say('Only the most likely tokens that together have this probability are considered.') },
  { name: 'chat_template_kwargs', type: 'object', modelPattern: templated, documentation: say('What is handed to the template of the model.') },
  { name: 'chat_template_kwargs.enable_thinking', type: 'boolean', modelPattern: templated, documentation: say('GLM and DeepSeek V3.1 and V3.2: whether the model thinks before it answers.') },
  { name: 'chat_template_kwargs.clear_thinking', type: 'boolean', modelPattern: glm, documentation: say('GLM: whether the reasoning of earlier answers is dropped.') },
  { name: 'reasoning_split', type: 'boolean', modelPattern: minimax, documentation: say('MiniMax: whether reasoning is sent apart from the answer; otherwise it stands inside it.') },
  { name: 'thinking', type: 'object', modelPattern: kimi, documentation: say('The switch for thinking.') },
  { name: 'thinking.type', type: 'string', required: true, values: ['enabled', 'disabled'], modelPattern: kimi, documentation: say('Kimi K2.5: whether the model thinks before it answers.') },
];

/** iFlow, whose product was announced discontinued on 2026-04-17 (docs/servers.md §0.4); its address still answered in September 2026. */
export const iflow: ProviderSpec = {
  id: 'iflow',
  label: 'iFlow',
  baseUrl: 'https://apis.iflow.cn/v1',
  auth: 'bearer',
  keyUrl: 'https://iflow.cn/',
  keyVariable: 'IFLOW_API_KEY',
  pageUrl: 'https://platform.iflow.cn/docs/api-reference',
  notice: say('iFlow was announced discontinued in April 2026. It may stop answering at any time.'),
  models,
  // The page types the content of a message as a string, without parts.
  media: [],
  defaults,
  parameters,
  dialect: { reasoningReplay: 'never', reasoningField: 'reasoning_content', streamUsage: 'ask', continuation: 'instruction', outputLimit: 'max_tokens' },
};
