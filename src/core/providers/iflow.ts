import { say } from '../../protocol/localText.ts';
import { models } from './iflowModels.ts';
import type { ParameterSpec, ProviderSpec } from './spec.ts';
import { strictToolParameters } from './toolParameters.ts';

/** Always sent: left out, the page's default of 512 cuts most answers short; 8,191 is the most the page allows. */
const defaults = { max_tokens: 8191 };

/** The two pages differ in the default model and in how `stop` is typed; the newer (Traditional Chinese) one is followed. */
const parameters: readonly ParameterSpec[] = [
  { name: 'messages', type: 'object list', required: true, managed: true, documentation: 'The conversation so far.' },
  { name: 'messages.content', type: 'string', required: true, managed: true, documentation: 'The text of the message.' },
  { name: 'messages.role', type: 'string', required: true, managed: true, values: ['user', 'assistant', 'system', 'tool'], default: 'user', documentation: 'Who says it; the page leaves tool out, the service takes it.' },
  { name: 'model', type: 'string', required: true, managed: true, default: 'deepseek-r1', documentation: 'The model to use.' },
  { name: 'frequency_penalty', type: 'number', default: 0.5, documentation: 'Penalises tokens by how often they have appeared, so that the model repeats itself less.' },
  { name: 'max_tokens', type: 'integer', above: 1, below: 8192, default: 512, documentation: 'The most tokens the model may produce.' },
  { name: 'n', type: 'integer', minimum: 1, default: 1, documentation: 'How many answers to produce.' },
  { name: 'response_format', type: 'object', documentation: 'The form the answer must have.' },
  { name: 'response_format.type', type: 'string', documentation: 'Its kind, for instance text.' },
  { name: 'stop', type: 'string list', nullable: true, documentation: 'Strings at which the answer ends.' },
  { name: 'stream', type: 'boolean', default: false, managed: true, documentation: 'Whether the answer is sent piece by piece as server-sent events.' },
  { name: 'stream_options', type: 'object', managed: true, documentation: 'Not on the page, but accepted (wire.md §1.1).' },
  { name: 'stream_options.include_usage', type: 'boolean', managed: true, documentation: 'Whether a last chunk tells the token counts.' },
  { name: 'temperature', type: 'number', minimum: 0, maximum: 2, default: 0.7, documentation: 'Lower values make the answer more certain, higher ones more random.' },
  ...strictToolParameters,
  { name: 'top_k', type: 'number', minimum: 1, default: 50, documentation: 'Only this many of the most likely tokens are considered.' },
  { name: 'top_p', type: 'number', minimum: 0, maximum: 1, default: 0.7, documentation: 'Only the most likely tokens that together have this probability are considered.' },
];

/** iFlow, whose product was announced discontinued on 2026-04-17 (wire.md §0.4); its address still answered in September 2026. */
export const iflow: ProviderSpec = {
  id: 'iflow',
  label: 'iFlow',
  baseUrl: 'https://apis.iflow.cn/v1',
  auth: 'bearer',
  keyUrl: 'https://iflow.cn/',
  notice: say('iFlow was announced discontinued in April 2026. It may stop answering at any time.'),
  models,
  // The page types the content of a message as a string, without parts.
  media: [],
  defaults,
  parameters,
  dialect: { reasoningReplay: 'never', reasoningField: 'reasoning_content', streamUsage: 'ask', continuation: 'instruction', outputLimit: 'max_tokens' },
};
