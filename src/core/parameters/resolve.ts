import { asObject, type Json } from '../json.ts';
import { dialectOf, findModel, type ParameterValues, type ProviderSpec } from '../providers/spec.ts';
import { limitOf } from './limits.ts';
import { containersOf, namesOf, parentOf, valueAt } from './table.ts';

/** What is to be sent and to whom. */
export interface ParameterChoice {
  readonly provider: ProviderSpec;
  readonly model: string;
  /** What the person set, nested as in the body; null: nothing is sent, not even what Rivulet sends of itself. */
  readonly parameters: ParameterValues;
  /** Whether a stream is asked for unless the person says otherwise. */
  readonly stream: boolean;
}

/**
 * The parameters that go out, nested as in the body: what the person set over what the model's record, its service's and
 * Rivulet send of themselves. Left out is what has no effect on this model as things stand. Nothing is checked.
 */
export function sentParameters(choice: ParameterChoice): ParameterValues {
  const { provider, model } = choice;
  const values = chosenValues(choice);
  return namesOf(provider).reduce((sent, name) => {
    if (valueAt(sent, name) === undefined) return sent;
    return limitOf({ provider, model, values: sent }, name)?.allows.length === 0 ? without(sent, name) : sent;
  }, withoutNulls(provider, values));
}

/** The same with nothing left out. */
export function chosenValues({ provider, model, parameters, stream }: ParameterChoice): ParameterValues {
  const values = [ownValues(provider, model), parameters].reduce((lower, upper) => mergeParameters(provider, lower, upper), { stream });
  // Servers refuse stream_options without a stream.
  return values['stream'] === true ? mergeParameters(provider, usageInStream(provider, model), values) : values;
}

/** What is sent to a model if the person has set nothing. */
function ownValues(provider: ProviderSpec, model: string): ParameterValues {
  return mergeParameters(provider, provider.defaults ?? {}, findModel(provider, model).defaults ?? {});
}

function usageInStream(provider: ProviderSpec, model: string): ParameterValues {
  return dialectOf(provider, findModel(provider, model)).streamUsage === 'ask' ? { stream_options: { include_usage: true } } : {};
}

/** One set of values over another: a parameter that consists of others is merged part by part, any other is replaced. */
export function mergeParameters(provider: ProviderSpec, lower: ParameterValues, upper: ParameterValues): ParameterValues {
  return merge(containersOf(provider), '', lower, upper);
}

function merge(containers: ReadonlySet<string>, within: string, lower: ParameterValues, upper: ParameterValues): ParameterValues {
  const merged = new Map(Object.entries(lower));
  for (const [name, value] of Object.entries(upper)) {
    if (value === undefined) continue;
    const path = `${within}${name}`;
    const before = asObject(merged.get(name));
    const after = asObject(value);
    const isInParts = containers.has(path) && before !== undefined && after !== undefined;
    merged.set(name, isInParts ? merge(containers, `${path}.`, before as ParameterValues, after as ParameterValues) : value);
  }
  return Object.fromEntries(merged);
}

function withoutNulls(provider: ProviderSpec, values: ParameterValues): ParameterValues {
  const containers = containersOf(provider);
  const prune = (object: ParameterValues, within: string): ParameterValues =>
    Object.fromEntries(
      Object.entries(object).flatMap(([name, value]) => {
        if (value === null) return [];
        const inner = containers.has(`${within}${name}`) ? asObject(value) : undefined;
        if (inner === undefined) return [[name, value]];
        const pruned = prune(inner as ParameterValues, `${within}${name}.`);
        return Object.keys(pruned).length === 0 ? [] : [[name, pruned]];
      }),
    );
  return prune(values, '');
}

/** The values without the one at a place, and without what consisted of that one alone. */
export function without(values: ParameterValues, name: string): ParameterValues {
  const parent = parentOf(name);
  const last = name.slice((parent?.length ?? -1) + 1);
  const object = parent === undefined ? values : asObject(valueAt(values, parent));
  if (object === undefined || !Object.hasOwn(object, last)) return values;
  const rest = Object.fromEntries(Object.entries(object).filter(([key]) => key !== last)) as ParameterValues;
  if (parent === undefined) return rest;
  return Object.keys(rest).length === 0 ? without(values, parent) : withValue(values, parent, rest);
}

/** The values with one more at a place. */
export function withValue(values: ParameterValues, name: string, value: Json): ParameterValues {
  const [first = '', ...rest] = name.split('.');
  if (rest.length === 0) return Object.fromEntries([...Object.entries(values).filter(([key]) => key !== first), [first, value]]);
  const inner = (asObject(Object.hasOwn(values, first) ? values[first] : undefined) ?? {}) as ParameterValues;
  return withValue(values, first, withValue(inner, rest.join('.'), value));
}
