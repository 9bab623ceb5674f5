import { asObject } from '../json.ts';
import type { ParameterSpec, ParameterValues, ProviderSpec } from '../providers/spec.ts';

/** The row of a parameter for one model. */
export interface FoundRow {
  readonly row: ParameterSpec;
  /**
   * False for a model that is not in the service's table and a row for other models only: the model may be newer than the
   * table, whether it was typed in or came from the service's list, so nothing is held against it.
   */
  readonly isCertain: boolean;
}

/** The row that holds for a model; undefined when the model does not take the parameter, or nobody does. */
export function findRow(provider: ProviderSpec, model: string, name: string): FoundRow | undefined {
  const same = provider.parameters.filter((row) => row.name === name);
  const row = same.find((each) => isFor(each, model));
  if (row !== undefined) return { row, isCertain: true };
  const last = same.at(-1);
  const isInTable = provider.models.some(({ id, isFromList }) => id === model && isFromList !== true);
  return last === undefined || isInTable ? undefined : { row: last, isCertain: false };
}

function isFor({ models, modelPattern }: ParameterSpec, model: string): boolean {
  if (models === undefined && modelPattern === undefined) return true;
  return models?.includes(model) === true || (modelPattern !== undefined && new RegExp(`^(?:${modelPattern})$`).test(model));
}

/** The names of the table, each once, in its order. */
export function namesOf(provider: ProviderSpec): readonly string[] {
  return [...new Set(provider.parameters.map(({ name }) => name))];
}

/** The names of the parameters that consist of others: `thinking` of `thinking.type`. */
export function containersOf(provider: ProviderSpec): ReadonlySet<string> {
  return new Set(provider.parameters.flatMap(({ name }) => parentOf(name) ?? []));
}

/** The name of the parameter that this one is a part of. */
export function parentOf(name: string): string | undefined {
  const dot = name.lastIndexOf('.');
  return dot === -1 ? undefined : name.slice(0, dot);
}

/** The value at a place in the body: undefined where nothing is said, null where it or what it is a part of is null. */
export function valueAt(values: ParameterValues, name: string): unknown {
  let value: unknown = values;
  for (const part of name.split('.')) {
    if (value === null) return null;
    const object = asObject(value);
    value = object !== undefined && Object.hasOwn(object, part) ? object[part] : undefined;
  }
  return value;
}

/** The names that a person can set: not what Rivulet fills in, and the parts instead of the whole. */
export function settableNames(provider: ProviderSpec): readonly string[] {
  const containers = containersOf(provider);
  return namesOf(provider).filter((name) => !containers.has(name) && provider.parameters.every((row) => row.name !== name || row.managed === undefined));
}
