import type { Found, FoundModel, FoundPrompt, FoundService } from './found.ts';
import { readClineProviders, readClineState } from './cline.ts';
import { readContinueJson, readContinueYaml } from './continueDev.ts';
import { readPromptFile } from './promptFile.ts';
import { readRooCode } from './rooCode.ts';
import { asObject, parseJson } from '../json.ts';

/** What several files of a tool say together: of one service all models, and the first key. */
export function mergeFound(all: readonly Found[]): Found {
  const services = new Map<string, FoundService>();
  for (const service of all.flatMap((found) => found.services)) {
    const earlier = services.get(service.baseUrl);
    const models = new Map<string, FoundModel>([...service.models, ...(earlier?.models ?? [])].map((model) => [model.id, model]));
    services.set(service.baseUrl, { ...service, models: [...models.values()], key: earlier?.key ?? service.key });
  }
  const chosen = all.find((found) => found.chosen !== undefined)?.chosen;
  return { services: [...services.values()], prompts: all.flatMap(({ prompts }) => prompts), problems: all.flatMap(({ problems }) => problems), ...(chosen !== undefined && { chosen }) };
}

/** Found prompts alone. */
export function foundPrompts(prompts: readonly (FoundPrompt | undefined)[]): Found {
  return { services: [], prompts: prompts.filter((prompt) => prompt !== undefined), problems: [] };
}

/** What a file says that the person chose, by what stands in it: whose it is need not be told. */
export function readChosenFile(name: string, text: string): Found {
  if (/\.(md|prompt|txt)$/i.test(name)) return foundPrompts([readPromptFile(name, text, 'prompt')]);
  if (/\.ya?ml$/i.test(name)) return readContinueYaml(text);
  const file = asObject(parseJson(text));
  if (file?.['providerProfiles'] !== undefined) return readRooCode(text);
  if (file?.['providers'] !== undefined) return readClineProviders(text);
  if (file?.['actModeApiProvider'] !== undefined || file?.['planModeApiProvider'] !== undefined) return readClineState(text, undefined);
  return readContinueJson(text);
}
