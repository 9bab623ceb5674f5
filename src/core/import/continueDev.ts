import { say } from '../../protocol/localText.ts';
import { asArray, asNumber, asObject, asObjects, asText, parseJson, type JsonObject } from '../json.ts';
import type { ParameterValues } from '../providers/spec.ts';
import { createCollector, type Collector } from './collect.ts';
import { mostFound, type Found } from './found.ts';
import { makePrompt } from './promptFile.ts';
import { readSampling, readStop, type Renaming } from './sampling.ts';
import { parseYaml } from './yaml.ts';

/*
 * Continue: `~/.continue/config.yaml`, and the same in `assistants` and `models`
 * (github.com/continuedev/continue packages/config-yaml/src/schemas/{index,models}.ts and
 * docs.continue.dev/reference, read 2026-11-22); before 2025 `~/.continue/config.json`
 * (docs.continue.dev/yaml-migration, the same day).
 */

const renamings: readonly Renaming[] = [
  { from: 'temperature', to: 'temperature' },
  { from: 'topP', to: 'top_p' },
  { from: 'maxTokens', to: 'max_tokens' },
  { from: 'presencePenalty', to: 'presence_penalty' },
  { from: 'frequencyPenalty', to: 'frequency_penalty' },
];

/** What a `config.yaml` of Continue says; whatever text it is. */
export function readContinueYaml(text: string): Found {
  const collector = createCollector();
  const config = asObject(text.length > mostFound.characters ? undefined : parseYaml(text));
  if (config === undefined) collector.problem(say('The file is not YAML, or is too long.'));
  for (const model of entries(config?.['models'])) {
    const roles = asArray(model['roles']);
    if (roles.length === 0 || roles.includes('chat')) useModel(collector, model, asObject(model['defaultCompletionOptions']));
  }
  for (const prompt of entries(config?.['prompts'])) addPrompt(collector, prompt);
  addRules(collector, config?.['rules']);
  return collector.found();
}

/** What a `config.json` of Continue says, comments and all; whatever text it is. */
export function readContinueJson(text: string): Found {
  const collector = createCollector();
  // People write comments into it, which YAML's JSON does not take either.
  const config = asObject(text.length > mostFound.characters ? undefined : parseJson(withoutComments(text)));
  if (config === undefined) collector.problem(say('The file is not JSON, or is too long.'));
  for (const model of entries(config?.['models'])) {
    useModel(collector, model, { ...asObject(config?.['completionOptions']), ...asObject(model['completionOptions']) });
  }
  for (const prompt of entries(config?.['customCommands'])) addPrompt(collector, prompt);
  addRules(collector, [config?.['systemMessage']]);
  return collector.found();
}

/** Line by line, and by no expression: one that may pass over line ends begins anew at each of a file of blank lines. */
function withoutComments(text: string): string {
  return text.split('\n').filter((line) => !line.trimStart().startsWith('//')).join('\n');
}

function useModel(collector: Collector, model: JsonObject, options: JsonObject | undefined): void {
  const block = asText(model['uses']);
  if (block !== undefined) return collector.problem(say('{0} is kept by the hub of Continue and not in the file.', block));
  const service = asText(model['provider']);
  const id = asText(model['model']);
  if (service === undefined || id === undefined) return collector.problem(say('An entry names no model or no service.'));
  if (asObject(asObject(model['requestOptions'])?.['headers']) !== undefined) collector.problem(say('The headers that Continue sends to {0} are not taken over.', service));
  const capabilities = model['capabilities'];
  const values: ParameterValues = { ...readSampling(options, renamings), ...readStop(options?.['stop']) };
  collector.use({
    service,
    model: id,
    baseUrl: asText(model['apiBase']),
    key: asText(model['apiKey']),
    contextTokens: asNumber(model['contextLength']) ?? asNumber(options?.['contextLength']),
    tools: Array.isArray(capabilities) && capabilities.includes('tool_use') ? true : undefined,
    defaults: values,
    // Which model was last chosen there stands elsewhere; it begins with the first.
    isChosen: true,
  });
}

function addPrompt(collector: Collector, { name, prompt, description }: JsonObject): void {
  const text = asText(prompt);
  if (text !== undefined) collector.prompt(makePrompt({ name: asText(name) ?? 'prompt', text, description: asText(description), kind: 'prompt' }));
}

/** Rules stand as texts, or as objects with a name. */
function addRules(collector: Collector, rules: unknown): void {
  for (const rule of asArray(rules).slice(0, mostFound.entries)) {
    const object = asObject(rule);
    const text = asText(rule) ?? asText(object?.['rule']);
    if (text !== undefined) collector.prompt(makePrompt({ name: asText(object?.['name']) ?? 'continue-rule', text, kind: 'rule' }));
  }
}

function entries(value: unknown): readonly JsonObject[] {
  return asObjects(value).slice(0, mostFound.entries);
}
