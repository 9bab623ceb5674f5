import { showHidden } from '../../protocol/hiddenCharacters.ts';
import { asArray, asNumber, asObject, asObjects, asText, type JsonObject } from '../json.ts';
import type { ModelList, ModelSpec, Prices } from '../providers/spec.ts';

/** More than any service has (OpenRouter: some 500); the rest of a longer list is left out. */
const mostModels = 2000;

/** What is known of a list beside its contents. */
export interface ListOrigin {
  readonly list: ModelList;
  /** Where it came from, and on which day (`2026-11-01`): the prices in it are dated with that. */
  readonly source: string;
  readonly asOf: string;
}

/**
 * The chat models in an answer to `GET /models`, with what it tells of each. Fields of OpenAI's shape and of jiekou.ai's
 * family (`context_size`, `features`, `input_modalities`, prices; docs/servers.md §3), and `max_model_len` of vLLM. Undefined
 * when there is no model in it.
 */
export function readModelList(value: unknown, origin: ListOrigin): readonly ModelSpec[] | undefined {
  const entries = asObjects(Array.isArray(value) ? value : asObject(value)?.['data']);
  const models = new Map<string, ModelSpec>();
  for (const entry of entries.slice(0, mostModels)) {
    const id = asText(entry['id']);
    if (id !== undefined && isModelName(id) && isForChat(entry)) models.set(id, { id, ...factsIn(entry), ...pricesIn(entry, origin) });
  }
  return models.size === 0 ? undefined : [...models.values()];
}

/** Whether a setting and a line in a list can hold the name, and show all of it. */
export function isModelName(id: string): boolean {
  return id.length <= 200 && id === id.trim() && !/\p{Cc}|\p{Cf}/u.test(id) && showHidden(id) === id;
}

/** jiekou.ai's list also has models for embedding and for drawing, some of OpenAI's Responses API only (docs/servers.md §3), and, by `status`, some that are off. */
function isForChat(entry: JsonObject): boolean {
  const type = asText(entry['model_type']);
  const endpoints = asArray(entry['endpoints']);
  const status = asNumber(entry['status']);
  return (type === undefined || type === 'chat') && (endpoints.length === 0 || endpoints.includes('chat/completions')) && (status === undefined || status === 1);
}

function factsIn(entry: JsonObject): Omit<ModelSpec, 'id'> {
  const contextTokens = tokensIn(entry, ['context_size', 'context_length', 'max_model_len']);
  const outputTokens = tokensIn(entry, ['max_output_tokens']);
  const features = entry['features'];
  const modalities = entry['input_modalities'];
  return {
    ...(contextTokens !== undefined && { contextTokens }),
    ...(outputTokens !== undefined && { outputTokens }),
    ...(Array.isArray(features) && { tools: features.includes('function-calling') }),
    ...(Array.isArray(features) && !features.includes('reasoning') && { thinking: 'never' }),
    ...(Array.isArray(modalities) && { media: (['image', 'video'] as const).filter((kind) => modalities.includes(kind)) }),
  };
}

function tokensIn(entry: JsonObject, names: readonly string[]): number | undefined {
  return names.map((name) => asNumber(entry[name])).find((count) => count !== undefined && count > 0 && Number.isInteger(count));
}

/** The list has 0 where a price is not one number (jiekou.ai's qwen3.5-plus): that is unknown, not for nothing. */
function pricesIn(entry: JsonObject, { list, source, asOf }: ListOrigin): { readonly prices?: Prices } {
  if (list.priceUnit === undefined) return {};
  const { currency, amount } = list.priceUnit;
  // Twelve digits: 2,700 ten-thousandths are 0.27, not 0.27000000000000002.
  const price = (value: unknown): number | undefined => {
    const count = asNumber(value) ?? asNumber(Number(asText(value)));
    return count !== undefined && count > 0 ? Number((count * amount).toPrecision(12)) : undefined;
  };
  const input = price(entry['input_token_price_per_m']);
  const output = price(entry['output_token_price_per_m']);
  if (input === undefined || output === undefined) return {};
  const cachedInput = price(asObject(asObject(entry['pricing'])?.['input_cache_read'])?.['price_per_m']);
  return { prices: { currency, input, output, ...(cachedInput !== undefined && { cachedInput }), asOf, source } };
}
