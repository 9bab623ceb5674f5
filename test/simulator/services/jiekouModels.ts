import type { JsonObject } from '../json.ts';

/** Ten-thousandths of a dollar for a million tokens, as the real list counts: input, output. */
const prices: Readonly<Record<string, readonly [number, number]>> = {
  'zai-org/glm-4.5': [6000, 22_000],
  'deepseek/deepseek-v3.2': [2690, 4000],
  // A price that is not one number stands as 0.
  'google/gemini-2.5-flash': [0, 0],
  'anthropic/claude-sonnet-4': [30_000, 150_000],
};

const seeing = ['google/gemini-2.5-flash', 'anthropic/claude-sonnet-4'];

/**
 * What `GET /models` answers: the fields of docs/servers.md §3 and of a public copy of the real list of June 2026. Beside the
 * models that can be asked it has one for embedding and one that only OpenAI's Responses API reaches.
 */
export function jiekouModels(ids: readonly string[]): JsonObject {
  return {
    data: [
      ...ids.map((id) => entry(id, prices[id] ?? [7000, 25_000], seeing.includes(id) ? ['text', 'image'] : ['text'])),
      { ...entry('baai/bge-m3', [100, 100], ['text']), model_type: 'embedding', endpoints: ['embeddings'] },
      { ...entry('gpt-5-codex', [11_875, 95_000], ['text']), endpoints: ['responses'] },
    ],
  };
}

function entry(id: string, [input, output]: readonly [number, number], modalities: readonly string[]): JsonObject {
  return {
    id,
    object: 'model',
    created: 1_700_000_000,
    input_token_price_per_m: input,
    output_token_price_per_m: output,
    title: id,
    description: 'A model of the local simulator.',
    context_size: 131_072,
    max_output_tokens: 32_768,
    features: ['function-calling', 'structured-outputs', 'reasoning', 'serverless'],
    input_modalities: modalities,
    output_modalities: ['text'],
    endpoints: ['chat/completions', 'completions'],
    model_type: 'chat',
    status: 1,
    tags: [],
  };
}
