import { mediaTaken } from '../conversation/media.ts';
import type { KeyState } from '../keys/keyStore.ts';
import type { ModelChoice } from '../providers/catalogue.ts';
import { findModel, type ModelSpec, type ProviderSpec } from '../providers/spec.ts';

/** A model as VS Code lists it. */
export interface OfferedModel {
  /** `service/model`, as in the setting `rivulet.model`. */
  readonly id: string;
  readonly provider: ProviderSpec;
  readonly model: string;
  readonly spec: ModelSpec;
  readonly maxInputTokens: number;
  readonly maxOutputTokens: number;
  readonly takesImages: boolean;
  /** The most tools that a request may have; 0 when the model cannot call any. */
  readonly tools: number;
}

/** VS Code wants numbers; where a service says none these are taken, rather too small than too large. */
const unknown = { contextTokens: 65_536, outputTokens: 8192, tools: 128 } as const;

/**
 * The models that can be asked now: those of every service with a key or without need of one, and the one that is chosen
 * in the panel. Retired ones are left out, unless one of them is chosen.
 */
export function offeredModels(services: readonly { readonly provider: ProviderSpec; readonly key: KeyState }[], chosen: ModelChoice): readonly OfferedModel[] {
  return services.flatMap(({ provider, key }) => {
    if (key.kind !== 'key' && key.kind !== 'not-needed') return [];
    const isChosen = (id: string): boolean => chosen.unknownService === undefined && chosen.provider.id === provider.id && chosen.model === id;
    const listed = provider.models.filter(({ id, retired }) => retired === undefined || isChosen(id));
    const isMissing = chosen.unknownService === undefined && chosen.provider.id === provider.id && chosen.model !== '' && !listed.some(({ id }) => isChosen(id));
    return [...listed, ...(isMissing ? [findModel(provider, chosen.model)] : [])].map((spec) => offered(provider, spec));
  });
}

/** The service and the model of an id; undefined when the service is no longer there. */
export function findOffered(providers: readonly ProviderSpec[], id: string): ModelChoice | undefined {
  const slash = id.indexOf('/');
  const provider = providers.find((each) => each.id === id.slice(0, slash));
  return slash === -1 || provider === undefined ? undefined : { provider, model: id.slice(slash + 1) };
}

function offered(provider: ProviderSpec, spec: ModelSpec): OfferedModel {
  const { contextTokens = unknown.contextTokens } = spec;
  // Question and answer share the window: what the answer may take at most is not for the question.
  const maxOutputTokens = Math.min(spec.outputTokens ?? unknown.outputTokens, Math.floor(contextTokens / 2));
  return {
    id: `${provider.id}/${spec.id}`,
    provider,
    model: spec.id,
    spec,
    maxOutputTokens,
    maxInputTokens: contextTokens - maxOutputTokens,
    takesImages: mediaTaken(provider, spec.id)?.includes('image') === true,
    tools: spec.tools === false ? 0 : toolLimitOf(provider),
  };
}

/** How many tools the service takes at most, by its page. */
export function toolLimitOf(provider: ProviderSpec): number {
  return provider.parameters.find(({ name }) => name === 'tools')?.longest ?? unknown.tools;
}
