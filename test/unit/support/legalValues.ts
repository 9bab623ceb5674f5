import type { Json } from '../../../src/core/json.ts';

/** A value that a service's page allows for a parameter, and what has to be set before it can be. */
export interface LegalValue {
  readonly value: Json;
  readonly model?: string;
  readonly first?: { readonly [name: string]: Json };
  /** What goes out, where that is not the value itself. */
  readonly sent?: Json;
}

/** Values just outside what a page allows, and the words that a refusal must say of it. */
export interface Outside {
  readonly says: string;
  readonly values: readonly Json[];
  readonly model?: string;
  readonly first?: { readonly [name: string]: Json };
}

const noThinking = { 'thinking.type': 'disabled' };
const asSchema = { 'response_format.type': 'json_schema', 'response_format.json_schema.name': 'city' };

/** Models that each service's tests set parameters for. */
export const usualModels: { readonly [provider: string]: string } = { deepseek: 'deepseek-v4-pro', iflow: 'deepseek-r1', jiekou: 'zai-org/glm-4.5' };

/** One legal value of every parameter that a person can set, by service, read off the pages and docs/servers.md by hand. */
export const legalValues: { readonly [provider: string]: { readonly [name: string]: LegalValue } } = {
  deepseek: {
    'messages.name': { value: 'Ann' },
    frequency_penalty: { value: -2, first: noThinking },
    presence_penalty: { value: 2, first: noThinking },
    max_tokens: { value: 393_216 },
    'response_format.type': { value: 'json_object' },
    stop: { value: ['END', '\n\n'] },
    stream: { value: false },
    'stream_options.include_usage': { value: false },
    temperature: { value: 2, first: noThinking },
    top_p: { value: 0.1, first: noThinking },
    tool_choice: { value: { type: 'function', function: { name: 'read_file' } }, first: noThinking },
    logprobs: { value: true },
    top_logprobs: { value: 20, first: { logprobs: true } },
    'thinking.type': { value: 'adaptive' },
    reasoning_effort: { value: 'xhigh' },
    user_id: { value: 'team_7-A' },
  },
  iflow: {
    frequency_penalty: { value: 0.1 },
    max_tokens: { value: 2 },
    n: { value: 2 },
    'response_format.type': { value: 'text' },
    stop: { value: ['END'] },
    stream: { value: false },
    temperature: { value: 0.2 },
    'tools.function.strict': { value: true },
    top_k: { value: 20 },
    top_p: { value: 0.5 },
    'stream_options.include_usage': { value: false },
    seed: { value: 7 },
    'chat_template_kwargs.enable_thinking': { value: false, model: 'glm-4.6' },
    'chat_template_kwargs.clear_thinking': { value: false, model: 'glm-4.6' },
    reasoning_split: { value: true, model: 'minimax-m2' },
    'thinking.type': { value: 'disabled', model: 'kimi-k2.5' },
  },
  jiekou: {
    'messages.name': { value: 'Ann' },
    max_tokens: { value: 1 },
    stream: { value: false },
    'stream_options.include_usage': { value: false },
    n: { value: 127 },
    seed: { value: 0 },
    frequency_penalty: { value: -1.99 },
    presence_penalty: { value: 1.99 },
    repetition_penalty: { value: 1.2 },
    stop: { value: ['END'], sent: 'END' },
    temperature: { value: 0.01 },
    top_p: { value: 1 },
    top_k: { value: 2 },
    min_p: { value: 0 },
    logit_bias: { value: { '1024': 6, '7': -100 } },
    logprobs: { value: true },
    top_logprobs: { value: 0, first: { logprobs: true } },
    'tools.function.strict': { value: true },
    'response_format.type': { value: 'json_object' },
    'response_format.json_schema.name': { value: 'town', first: { 'response_format.type': 'json_schema' } },
    'response_format.json_schema.description': { value: 'A town', first: asSchema },
    'response_format.json_schema.schema': { value: { type: 'object', properties: { name: { type: 'string' } } }, first: asSchema },
    'response_format.json_schema.strict': { value: true, first: { ...asSchema, 'response_format.json_schema.schema': { type: 'object' } } },
    separate_reasoning: { value: true, model: 'deepseek/deepseek-r1-turbo' },
    enable_thinking: { value: false },
    reasoning_effort: { value: 'low', model: 'google/gemini-2.5-flash' },
  },
};

/** Every range, list of values and length that the pages give, by service. */
export const outsideValues: { readonly [provider: string]: { readonly [name: string]: Outside } } = {
  deepseek: {
    frequency_penalty: { says: '≥ -2, ≤ 2', values: [-2.01, 2.01, 'much'], first: noThinking },
    presence_penalty: { says: '≥ -2, ≤ 2', values: [-2.01, 2.01], first: noThinking },
    max_tokens: { says: '≥ 1, ≤ 393216', values: [0, 393_217, 1.5, '8'] },
    'response_format.type': { says: 'text, json_object', values: ['json_schema', 'xml'] },
    stop: { says: '16', values: [Array.from({ length: 17 }, (_, index) => `s${index}`)] },
    temperature: { says: '≥ 0, ≤ 2', values: [-0.01, 2.01, 'warm'], first: noThinking },
    top_p: { says: '≥ 0, ≤ 1', values: [-0.01, 1.01], first: noThinking },
    tool_choice: { says: 'none, auto, required', values: ['maybe'], first: noThinking },
    top_logprobs: { says: '≥ 0, ≤ 20', values: [-1, 21, 0.5], first: { logprobs: true } },
    'thinking.type': { says: 'enabled, disabled, adaptive', values: ['on', ''] },
    reasoning_effort: { says: 'minimal, low, medium, high, xhigh, max, ultra', values: ['extreme'] },
    user_id: { says: '512', values: ['x'.repeat(513)] },
  },
  iflow: {
    max_tokens: { says: '> 1, < 8192', values: [1, 8192] },
  },
  jiekou: {
    max_tokens: { says: '≥ 1', values: [0] },
    n: { says: '≥ 1, < 128', values: [0, 128] },
    frequency_penalty: { says: '> -2, < 2', values: [-2, 2] },
    presence_penalty: { says: '> -2, < 2', values: [-2, 2] },
    repetition_penalty: { says: '> 0, < 2', values: [0, 2] },
    stop: { says: '4', values: [['a', 'b', 'c', 'd', 'e']] },
    temperature: { says: '> 0, < 2', values: [0, 2] },
    top_p: { says: '> 0, ≤ 1', values: [0, 1.01] },
    top_k: { says: '> 1, < 128', values: [1, 128] },
    min_p: { says: '≥ 0, ≤ 1', values: [-0.01, 1.01] },
    logit_bias: { says: '≥ -100, ≤ 100', values: [{ '1': 101 }, { '1': -101 }, { '1': 0.5 }] },
    top_logprobs: { says: '≥ 0, ≤ 20', values: [-1, 21], first: { logprobs: true } },
    'response_format.type': { says: 'text, json_object, json_schema', values: ['yaml'] },
  },
};
