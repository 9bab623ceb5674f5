import type { WelcomeChoice } from '../../protocol/welcomeView.ts';
import { findModel, type ProviderSpec } from '../providers/spec.ts';
import { problemOfKey, type KeyStore } from './keyStore.ts';

/** What choices are looked for in. */
export interface ChoiceSources {
  readonly providers: readonly ProviderSpec[];
  /** The service that is chosen already, and its model. */
  readonly chosen: { readonly service: string; readonly model: string };
  readonly keys: KeyStore;
  /** A variable of the environment; always undefined in a window that is not trusted. */
  readonly variable: (name: string) => string | undefined;
}

/** Models that can be asked at once, and those whose key seems to lie in the environment: the chosen service first, then as the catalogue has them. */
export async function findChoices({ providers, chosen, keys, variable }: ChoiceSources): Promise<readonly WelcomeChoice[]> {
  const found = await Promise.all(
    providers.map(async (provider): Promise<WelcomeChoice | undefined> => {
      const { id, label: serviceLabel, keyVariable } = provider;
      const model = id === chosen.service ? chosen.model : firstModel(provider);
      const state = await keys.state(provider);
      if (state.kind === 'key') return { id: `stored:${id}`, kind: 'stored', serviceLabel, model, detail: undefined };
      if (state.kind === 'not-needed') return { id: `keyless:${id}`, kind: 'keyless', serviceLabel, model, detail: undefined };
      if (keyVariable === undefined || !isKey(variable(keyVariable))) return undefined;
      return { id: `variable:${id}`, kind: 'variable', serviceLabel, model, detail: keyVariable };
    }),
  );
  const choices = found.filter((choice) => choice !== undefined);
  const isChosen = ({ id }: WelcomeChoice): boolean => id.endsWith(`:${chosen.service}`);
  return [...choices.filter(isChosen), ...choices.filter((choice) => !isChosen(choice))];
}

/** The model of a service that is taken when none is named. */
function firstModel(provider: ProviderSpec): string {
  const { models } = provider;
  return (models.find(({ id }) => findModel(provider, id).retired === undefined) ?? models[0])?.id ?? '';
}

function isKey(value: string | undefined): boolean {
  return value !== undefined && problemOfKey(value) === undefined;
}
