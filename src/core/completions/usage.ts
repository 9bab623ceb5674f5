import { asNumber, asObject, type JsonObject } from '../json.ts';
import type { Usage } from './completion.ts';

/** Usage where chunks have it: in the chunk, in its choice (Moonshot), or under `x_groq` (docs/servers.md C10). Later ones count more. */
export function usageIn(chunk: JsonObject, choice: JsonObject | undefined): Usage | undefined {
  return readUsage(chunk['usage']) ?? readUsage(choice?.['usage']) ?? readUsage(asObject(chunk['x_groq'])?.['usage']);
}

/**
 * Reads a `usage` object. Cached tokens stand under `prompt_tokens_details.cached_tokens` (OpenAI), under
 * `prompt_cache_hit_tokens` (DeepSeek, which sends both: they are the same tokens and are never added) or under
 * `cached_tokens` (Moonshot). Undefined when it holds no counts.
 */
export function readUsage(value: unknown): Usage | undefined {
  if (value === null || value === undefined) return undefined;
  const usage = asObject(value);
  if (usage === undefined) return undefined;
  const promptTokens = asNumber(usage['prompt_tokens']);
  const completionTokens = asNumber(usage['completion_tokens']);
  if (promptTokens === undefined && completionTokens === undefined) return undefined;
  const totalTokens = asNumber(usage['total_tokens']);
  const missedTokens = asNumber(usage['prompt_cache_miss_tokens']);
  return {
    promptTokens: promptTokens ?? 0,
    completionTokens: completionTokens ?? 0,
    cachedTokens:
      asNumber(details(usage, 'prompt_tokens_details')['cached_tokens']) ??
      asNumber(usage['prompt_cache_hit_tokens']) ??
      asNumber(usage['cached_tokens']),
    reasoningTokens: asNumber(details(usage, 'completion_tokens_details')['reasoning_tokens']),
    ...(missedTokens !== undefined && { missedTokens }),
    ...(totalTokens !== undefined && { totalTokens }),
  };
}

function details(usage: JsonObject, name: string): JsonObject {
  return asObject(usage[name]) ?? {};
}
