import { say, type LocalText } from '../../protocol/localText.ts';
import { problemOfKey } from '../keys/keyStore.ts';
import { isModelName } from '../models/readModelList.ts';
import type { ParameterValues } from '../providers/spec.ts';
import { mostFound, type Found, type FoundKey, type FoundModel, type FoundPrompt, type FoundService } from './found.ts';
import { addressOf, knownService, labelOfAddress } from './knownServices.ts';

/** One use of a model, as configurations list them. */
export interface ModelUse {
  /** What the tool calls the service. */
  readonly service: string;
  readonly baseUrl?: string | undefined;
  readonly key?: string | undefined;
  readonly model: string;
  readonly contextTokens?: number | undefined;
  readonly tools?: boolean | undefined;
  readonly defaults?: ParameterValues | undefined;
  /** The tool was last used with it, or begins with it; the first such one counts. */
  readonly isChosen?: boolean;
}

/** Puts what a file has together: one service for each address, whatever number of models it has there. */
export interface Collector {
  use(use: ModelUse): void;
  prompt(prompt: FoundPrompt | undefined): void;
  problem(problem: LocalText): void;
  found(): Found;
}

export function createCollector(): Collector {
  const services = new Map<string, { readonly label: string; readonly models: Map<string, FoundModel>; key: FoundKey | undefined }>();
  const prompts: FoundPrompt[] = [];
  const problems = new Map<string, LocalText>();
  let chosen: Found['chosen'];

  const problem = (text: LocalText): void => {
    if (problems.size < mostFound.entries) problems.set(JSON.stringify(text), text);
  };

  function use({ service, baseUrl: given, key, model, contextTokens, tools, defaults, isChosen }: ModelUse): void {
    const baseUrl = knownService(service) === undefined && given === undefined ? undefined : addressOf(service, given);
    if (baseUrl === undefined) return problem(given === undefined ? say('{0} is reached in a way that Rivulet does not know.', service) : say('The address of {0} is not an http or https address.', service));
    if (!isModelName(model)) return problem(say('A model of {0} has a name that cannot be sent.', service));
    const place = services.get(baseUrl) ?? { label: labelOfAddress(baseUrl), models: new Map<string, FoundModel>(), key: undefined };
    if (services.size >= mostFound.entries || place.models.size >= mostFound.entries) return;
    services.set(baseUrl, place);
    if (isChosen === true) chosen ??= { baseUrl, model };
    if (!place.models.has(model)) {
      place.models.set(model, { id: model, ...(isCount(contextTokens) && { contextTokens }), ...(tools !== undefined && { tools }), ...(defaults !== undefined && Object.keys(defaults).length > 0 && { defaults }) });
    }
    const read = key === undefined ? undefined : readKey(key);
    if (key !== undefined && read === undefined) problem(say('What stands for the key of {0} is none.', place.label));
    if (place.key !== undefined && read !== undefined && JSON.stringify(read) !== JSON.stringify(place.key)) problem(say('There is more than one key for {0}; the first one is offered.', place.label));
    place.key ??= read;
  }

  return {
    use,
    problem,
    prompt(prompt) {
      if (prompt !== undefined && prompts.length < mostFound.entries) prompts.push(prompt);
    },
    found() {
      const all = [...services].map(([baseUrl, { label, models, key }]): FoundService => ({ baseUrl, label, models: [...models.values()], key }));
      return { services: all, prompts, problems: [...problems.values()], ...(chosen !== undefined && { chosen }) };
    },
  };
}

/**
 * A key that is written out, or the name behind a reference: `${{ secrets.NAME }}` (Continue), `${env:NAME}`. What a
 * reference stands for is not looked up here. Undefined for what could not be a key.
 */
function readKey(text: string): FoundKey | undefined {
  const trimmed = text.trim();
  const name = /^\$\{\{\s*(?:secrets|inputs|env)\.([\w./-]+)\s*\}\}$/.exec(trimmed)?.[1] ?? /^\$\{?(?:env:)?([A-Z][A-Z0-9_]{0,99})\}?$/.exec(trimmed)?.[1];
  if (name !== undefined) return /^[A-Z][A-Z0-9_]{0,99}$/.test(name) ? { kind: 'variable', name } : undefined;
  return trimmed.includes('${') || trimmed.length > 1000 || problemOfKey(trimmed) !== undefined ? undefined : { kind: 'written', key: trimmed };
}

function isCount(value: number | undefined): value is number {
  return value !== undefined && Number.isInteger(value) && value > 0;
}
