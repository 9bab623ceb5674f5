import { say, type LocalText } from '../../protocol/localText.ts';
import { isLoopback, originOf } from '../completions/endpoint.ts';
import { findCommand } from '../context/slashCommands.ts';
import { asObject } from '../json.ts';
import { checkParameters } from '../parameters/checkParameters.ts';
import { findRow } from '../parameters/table.ts';
import { readEndpoint } from '../providers/endpoint.ts';
import { providers as builtIn } from '../providers/providers.ts';
import type { ParameterValues, ProviderSpec } from '../providers/spec.ts';
import { isSameAddress, type Found, type FoundPrompt, type FoundService } from './found.ts';

/** Something that can be taken over, each by itself. None overwrites anything but `model`, which says what it replaces. */
export type Step =
  /** An entry for `rivulet.endpoints`. */
  | { readonly kind: 'service'; readonly provider: ProviderSpec; readonly entry: { readonly id: string; readonly [name: string]: unknown } }
  /** A key for the key store, bound to the origin of its service. */
  | { readonly kind: 'key'; readonly provider: ProviderSpec; readonly origin: string; readonly key: string }
  | { readonly kind: 'model'; readonly provider: ProviderSpec; readonly model: string }
  /** An entry for `rivulet.parameters`, of a model for which there is none. */
  | { readonly kind: 'parameters'; readonly name: string; readonly values: ParameterValues }
  /** A file in the folder of prompts. */
  | { readonly kind: 'prompt'; readonly prompt: FoundPrompt };

/** What can be done with what was found, in the order in which it is to be done, and what cannot. */
export interface Plan {
  readonly steps: readonly Step[];
  readonly problems: readonly LocalText[];
}

/** What there is already. */
export interface Present {
  readonly providers: readonly ProviderSpec[];
  /** Whether a key is kept for the service, be it one that is only to be made. */
  readonly hasKey: (provider: ProviderSpec) => Promise<boolean>;
  /** The setting `rivulet.parameters`. */
  readonly parameters: unknown;
  /** The text of each prompt by its name in lower case. */
  readonly prompts: ReadonlyMap<string, string>;
}

/** What of the found can be taken over beside what is there. A service whose address is known keeps its entry as it is. */
export async function planImport({ services, prompts, chosen, problems }: Found, present: Present): Promise<Plan> {
  const steps: Step[] = [];
  const said: LocalText[] = [...problems];
  const ids = new Set(present.providers.map(({ id }) => id));
  const serving: { readonly found: FoundService; readonly provider: ProviderSpec }[] = [];
  for (const found of services) {
    const known = providerAt(found.baseUrl, present.providers);
    if (known !== undefined) {
      serving.push({ found, provider: known });
      said.push(say('{0} is among your services already; its entry stays as it is.', known.label));
      continue;
    }
    const entry = entryOf(found, ids);
    const read = readEndpoint(entry);
    if ('problem' in read) {
      said.push(say('{0} cannot be a service: {1}', found.label, read.problem));
      continue;
    }
    ids.add(entry.id);
    serving.push({ found, provider: read.provider });
    steps.push({ kind: 'service', provider: read.provider, entry });
  }
  for (const each of serving) await addKey(each, present, { steps, said });
  for (const each of serving) addParameters(each, present, { steps, said });
  const model = serving.find(({ found }) => found.baseUrl === chosen?.baseUrl);
  if (model !== undefined && chosen !== undefined) steps.push({ kind: 'model', provider: model.provider, model: chosen.model });
  addPrompts(prompts, present, { steps, said });
  return { steps, problems: said };
}

interface Making {
  readonly steps: Step[];
  readonly said: LocalText[];
}

/** A built-in service answers at its whole origin, so that its key has one home; one of the person's own at its address. */
function providerAt(baseUrl: string, providers: readonly ProviderSpec[]): ProviderSpec | undefined {
  return providers.find((provider) => isSameAddress(provider.baseUrl, baseUrl)) ?? providers.find((provider) => builtIn.some(({ id }) => id === provider.id) && originOf(provider.baseUrl) === originOf(baseUrl));
}

/** The id is made of the host: what a file calls a service is not asked. */
function entryOf({ baseUrl, label, models, key }: FoundService, taken: ReadonlySet<string>): { readonly id: string; readonly [name: string]: unknown } {
  const base = (/^[\w .-]+$/.test(label) ? label : new URL(baseUrl).host).toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 36) || 'service';
  let id = base;
  for (let number = 2; taken.has(id); number += 1) id = `${base}-${number}`;
  return { id, label, baseUrl, auth: key === undefined && isLoopback(new URL(baseUrl).origin) ? 'none' : 'bearer', ...(key?.kind === 'variable' && { keyVariable: key.name }), models: models.map(({ id: model, ...facts }) => ({ id: model, ...facts })) };
}

async function addKey({ found: { key }, provider }: { readonly found: FoundService; readonly provider: ProviderSpec }, { hasKey }: Present, { steps, said }: Making): Promise<void> {
  if (key === undefined) return;
  if (key.kind === 'variable') said.push(say('The key of {0} is in the variable {1}; Rivulet offers to use it where you choose a model.', provider.label, key.name));
  else if (provider.auth === 'none') said.push(say('{0} needs no key here; the one that was found stays where it is.', provider.label));
  else if (await hasKey(provider)) said.push(say('There is a key for {0} already; it stays.', provider.label));
  else steps.push({ kind: 'key', provider, origin: originOf(provider.baseUrl) ?? '', key: key.key });
}

/** Of a service that is there already: what its models are sent goes to the setting; a new one has it in its entry. */
function addParameters({ found, provider }: { readonly found: FoundService; readonly provider: ProviderSpec }, { providers, parameters }: Present, { steps, said }: Making): void {
  if (!providers.includes(provider)) return;
  for (const { id, defaults } of found.models) {
    const name = `${provider.id}/${id}`;
    const values = Object.fromEntries(Object.entries(defaults ?? {}).filter(([parameter]) => findRow(provider, id, parameter) !== undefined));
    if (Object.keys(values).length === 0 || checkParameters(provider, id, values).length > 0) continue;
    const isSet = Object.hasOwn(asObject(parameters) ?? {}, name);
    if (isSet) said.push(say('There are parameters for {0} already; they stay.', name));
    else steps.push({ kind: 'parameters', name, values });
  }
}

function addPrompts(prompts: readonly FoundPrompt[], present: Present, { steps, said }: Making): void {
  const taken = new Map(present.prompts);
  for (const prompt of prompts) {
    let name = prompt.name;
    for (let number = 2; findCommand(name) !== undefined || (taken.has(name.toLowerCase()) && taken.get(name.toLowerCase()) !== prompt.text); number += 1) name = `${prompt.name}-${number}`;
    if (taken.has(name.toLowerCase())) {
      said.push(say('The prompt /{0} is there already.', name));
      continue;
    }
    taken.set(name.toLowerCase(), prompt.text);
    steps.push({ kind: 'prompt', prompt: { ...prompt, name } });
  }
}
