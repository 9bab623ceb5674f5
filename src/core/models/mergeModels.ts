import type { ModelSpec, ProviderSpec } from '../providers/spec.ts';

/**
 * The models of the table, in its order, with what the service's own list says of them over what the table says, and
 * behind them those that only the list has, marked. One that the list does not have stays, marked: an account, or a name that
 * is an alias, may still reach it. Without a list the table is all there is.
 */
export function mergeModels(table: readonly ModelSpec[], listed: readonly ModelSpec[] | undefined): readonly ModelSpec[] {
  if (listed === undefined) return table;
  const offered = new Map(listed.map((model) => [model.id, model]));
  const known = new Set(table.map(({ id }) => id));
  return [
    ...table.map((model): ModelSpec => {
      const live = offered.get(model.id);
      return live === undefined ? { ...model, isUnlisted: true } : { ...model, ...live };
    }),
    ...listed.filter(({ id }) => !known.has(id)).map((model): ModelSpec => ({ ...model, isFromList: true })),
  ];
}

/** The service with its models as {@link mergeModels} makes them. */
export function withListed(provider: ProviderSpec, listed: readonly ModelSpec[] | undefined): ProviderSpec {
  return listed === undefined ? provider : { ...provider, models: mergeModels(provider.models, listed) };
}
