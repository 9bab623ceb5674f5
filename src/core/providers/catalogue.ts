import { say, type LocalText } from '../../protocol/localText.ts';
import { originOf } from '../completions/endpoint.ts';
import { readEndpoint } from './endpoint.ts';
import { providers } from './providers.ts';
import { findModel, type ProviderSpec } from './spec.ts';

/** What the settings say of services; none of it has been checked. */
export interface ServiceSettings {
  readonly endpoints: unknown;
  /** Another address for a built-in service, by its id: a company's gateway, a mirror. */
  readonly baseUrls: unknown;
}

/** All services that can be chosen, and what is wrong with the settings that name more. */
export interface Catalogue {
  readonly providers: readonly ProviderSpec[];
  readonly problems: readonly LocalText[];
}

/** The built-in services and the person's own. A setting that cannot be used is left out and said, never guessed at. */
export function buildCatalogue({ endpoints, baseUrls }: ServiceSettings): Catalogue {
  const problems: LocalText[] = [];
  const all = providers.map((provider) => withBaseUrl(provider, baseUrls, problems));
  for (const [index, entry] of (Array.isArray(endpoints) ? (endpoints as unknown[]) : []).entries()) {
    const read = readEndpoint(entry);
    if ('problem' in read) problems.push(say('Entry {0} of the setting rivulet.endpoints is not used: {1}', index + 1, read.problem));
    else if (all.some(({ id }) => id === read.provider.id)) problems.push(say('Entry {0} of the setting rivulet.endpoints is not used: the id "{1}" is taken.', index + 1, read.provider.id));
    else all.push(read.provider);
  }
  return { providers: all, problems };
}

function withBaseUrl(provider: ProviderSpec, baseUrls: unknown, problems: LocalText[]): ProviderSpec {
  const baseUrl: unknown = typeof baseUrls === 'object' && baseUrls !== null && Object.hasOwn(baseUrls, provider.id) ? (baseUrls as Record<string, unknown>)[provider.id] : undefined;
  if (baseUrl === undefined || baseUrl === '') return provider;
  if (typeof baseUrl === 'string' && originOf(baseUrl) !== undefined) return { ...provider, baseUrl };
  problems.push(say('The address of {0} in the setting rivulet.baseUrls is not an http or https address and is not used.', provider.label));
  return provider;
}

/** A service and one of its models. */
export interface ModelChoice {
  readonly provider: ProviderSpec;
  readonly model: string;
  /** The id of the service that was asked for, where there is no such service: nothing may be sent then. */
  readonly unknownService?: string;
}

/**
 * The model that a text `service/model` names; the part behind the first slash goes over the wire as it is, whether or
 * not it is listed. An empty text means the first model of the first service. A service that does not exist is never
 * replaced by another: questions meant for a machine of one's own must not go to a company.
 */
export function chooseModel(all: readonly ProviderSpec[], text: string): ModelChoice {
  const slash = text.indexOf('/');
  const service = slash === -1 ? text : text.slice(0, slash);
  const named = all.find(({ id }) => id === service);
  const provider = named ?? all[0];
  if (provider === undefined) throw new Error('There is no service at all.');
  const model = slash === -1 ? '' : text.slice(slash + 1).trim();
  if (named === undefined && service !== '') return { provider, model, unknownService: service };
  return { provider, model: model === '' ? (provider.models[0]?.id ?? '') : model };
}

/** What a person should know before they ask this model: discontinued, retired, gone from the service's list. */
export function noticeOf({ provider, model, unknownService }: ModelChoice): LocalText | undefined {
  if (unknownService !== undefined) return say('There is no service named {0}.', unknownService);
  const { retired, isUnlisted } = findModel(provider, model);
  if (retired !== undefined) return say('{0} is retired. Choose {1} instead.', model, retired.replacedBy);
  return isUnlisted === true ? say('{0} does not list {1} among its models.', provider.label, model) : provider.notice;
}
