import { say } from '../../protocol/localText.ts';
import { asNumber, asObject, asText, parseJson, type JsonObject } from '../json.ts';
import { createCollector, type Collector } from './collect.ts';
import { mostFound, type Found } from './found.ts';

/*
 * Cline keeps its settings in `~/.cline/data`: `globalState.json` and `secrets.json` (github.com/cline/cline
 * src/shared/storage/{storage-context,state-keys,provider-keys}.ts), the newest also `settings/providers.json`
 * (its SDK's ProviderSettingsManager); both read 2026-11-22.
 */

/** How the members of the state that belong to a service begin, and how those that name its model end. */
const members: Readonly<Record<string, { readonly prefix: string; readonly model: string }>> = {
  openai: { prefix: 'openAi', model: 'OpenAiModelId' },
  'openai-native': { prefix: 'openAiNative', model: 'ApiModelId' },
  openrouter: { prefix: 'openRouter', model: 'OpenRouterModelId' },
  deepseek: { prefix: 'deepSeek', model: 'ApiModelId' },
  ollama: { prefix: 'ollama', model: 'OllamaModelId' },
  lmstudio: { prefix: 'lmStudio', model: 'LmStudioModelId' },
  together: { prefix: 'together', model: 'TogetherModelId' },
  fireworks: { prefix: 'fireworks', model: 'FireworksModelId' },
  groq: { prefix: 'groq', model: 'GroqModelId' },
};

/** What Cline's `globalState.json` says, with the keys of its `secrets.json`; whatever texts they are. */
export function readClineState(state: string, secrets: string | undefined): Found {
  const collector = createCollector();
  const values = objectIn(state);
  if (values === undefined) collector.problem(say('The file is not JSON, or is too long.'));
  const keys = secrets === undefined ? undefined : objectIn(secrets);
  // The mode that acts is the one that people work in: it is the chosen one.
  for (const mode of ['actMode', 'planMode'] as const) useMode(collector, mode, { values: values ?? {}, keys: keys ?? {} });
  return collector.found();
}

function useMode(collector: Collector, mode: 'actMode' | 'planMode', { values, keys }: { readonly values: JsonObject; readonly keys: JsonObject }): void {
  const service = asText(values[`${mode}ApiProvider`]);
  if (service === undefined) return;
  const { prefix, model: suffix } = (Object.hasOwn(members, service) ? members[service] : undefined) ?? { prefix: service, model: 'ApiModelId' };
  const model = asText(values[`${mode}${suffix}`]);
  if (model === undefined) return collector.problem(say('{0} is reached in a way that Rivulet does not know.', service));
  const info = asObject(values[`${mode}OpenAiModelInfo`]);
  collector.use({
    service,
    model,
    baseUrl: asText(values[`${prefix}BaseUrl`]),
    key: asText(keys[`${prefix}ApiKey`]),
    contextTokens: service === 'openai' ? asNumber(info?.['contextWindow']) : undefined,
    isChosen: mode === 'actMode',
  });
}

/** What Cline's `settings/providers.json` says; whatever text it is. */
export function readClineProviders(text: string): Found {
  const collector = createCollector();
  const file = objectIn(text);
  if (file === undefined) collector.problem(say('The file is not JSON, or is too long.'));
  for (const [name, entry] of Object.entries(asObject(file?.['providers']) ?? {}).slice(0, mostFound.entries)) {
    const settings = asObject(asObject(entry)?.['settings']);
    const model = asText(settings?.['model']);
    if (model === undefined) continue;
    const service = asText(settings?.['provider']) ?? name;
    collector.use({ service: service === 'openai-compatible' ? 'openai' : service, model, baseUrl: asText(settings?.['baseUrl']), key: asText(settings?.['apiKey']), isChosen: file?.['lastUsedProvider'] === name });
  }
  return collector.found();
}

function objectIn(text: string): JsonObject | undefined {
  return text.length > mostFound.characters ? undefined : asObject(parseJson(text));
}
