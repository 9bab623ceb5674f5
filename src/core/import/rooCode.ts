import { say } from '../../protocol/localText.ts';
import { asNumber, asObject, asText, parseJson, type JsonObject } from '../json.ts';
import { createCollector, type Collector } from './collect.ts';
import { mostFound, type Found } from './found.ts';
import { makePrompt } from './promptFile.ts';
import { readSampling } from './sampling.ts';

/*
 * Roo Code keeps its services in the editor's secret storage, where nobody else can read; its own export,
 * `roo-code-settings.json`, has them: github.com/RooCodeInc/Roo-Code src/core/config/importExport.ts and
 * packages/types/src/provider-settings.ts (read 2026-11-22).
 */

/** What the members of a profile are called that belong to a service, by its `apiProvider`; others end in `ApiKey`, `BaseUrl` and `ModelId` behind the name. */
const prefixes: Readonly<Record<string, string>> = { openai: 'openAi', 'openai-native': 'openAiNative', deepseek: 'deepSeek', openrouter: 'openRouter', lmstudio: 'lmStudio', sambanova: 'sambaNova', deepinfra: 'deepInfra' };

/** What an export of Roo Code's settings says; whatever text it is. */
export function readRooCode(text: string): Found {
  const collector = createCollector();
  const file = asObject(text.length > mostFound.characters ? undefined : parseJson(text));
  const profiles = asObject(file?.['providerProfiles']);
  const configs = Object.entries(asObject(profiles?.['apiConfigs']) ?? {}).slice(0, mostFound.entries);
  if (profiles === undefined) collector.problem(say('The file is no export of the settings of Roo Code.'));
  for (const [name, value] of configs) {
    const config = asObject(value);
    if (config !== undefined) useProfile(collector, config, name === profiles?.['currentApiConfigName']);
  }
  const settings = asObject(file?.['globalSettings']);
  const instructions = asText(settings?.['customInstructions']);
  if (instructions !== undefined) collector.prompt(makePrompt({ name: 'roo-instructions', text: instructions, kind: 'rule' }));
  return collector.found();
}

function useProfile(collector: Collector, config: JsonObject, isChosen: boolean): void {
  const service = asText(config['apiProvider']);
  if (service === undefined) return;
  const prefix = Object.hasOwn(prefixes, service) ? (prefixes[service] ?? service) : service;
  const model = asText(config[`${prefix}ModelId`]) ?? asText(config['apiModelId']);
  if (model === undefined) return collector.problem(say('{0} is reached in a way that Rivulet does not know.', service));
  if (config['openAiUseAzure'] === true) return collector.problem(say('{0} is reached in a way that Rivulet does not know.', 'Azure'));
  const info = asObject(config['openAiCustomModelInfo']);
  collector.use({
    service,
    model,
    baseUrl: asText(config[`${prefix}BaseUrl`]),
    key: asText(config[`${prefix}ApiKey`]),
    contextTokens: service === 'openai' ? asNumber(info?.['contextWindow']) : undefined,
    defaults: readSampling(config, [{ from: 'modelTemperature', to: 'temperature' }, ...(config['includeMaxTokens'] === true ? [{ from: 'modelMaxTokens', to: 'max_tokens' } as const] : [])]),
    isChosen,
  });
}
