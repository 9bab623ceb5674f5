import { asObject, type Json } from '../json.ts';
import type { ParameterValues, ProviderSpec } from '../providers/spec.ts';
import { mergeParameters, without, withValue } from './resolve.ts';
import { findRow, namesOf, valueAt } from './table.ts';

/** A model of a service, as the setting names it. */
export interface ModelKey {
  readonly provider: ProviderSpec;
  readonly model: string;
}

/** What the setting `rivulet.parameters` says for a model: for all models of its service, and for itself. */
export interface StoredParameters {
  readonly ofService: ParameterValues;
  readonly ofModel: ParameterValues;
}

/** Reads the setting: an object whose keys are `service` or `service/model` and whose values are nested as in the body. What is no object counts as empty. */
export function readStored(setting: unknown, { provider, model }: ModelKey): StoredParameters {
  return { ofService: entryOf(setting, provider.id), ofModel: entryOf(setting, keyOf({ provider, model })) };
}

/** What the person set for a model, as {@link storedValues} has it. */
export function personParameters(setting: unknown, key: ModelKey): ParameterValues {
  return storedValues(key, readStored(setting, key));
}

/**
 * What is set for the model over what is set for its service. Of the latter that is left out which this model does not
 * take and others do; what is set for the model itself stays, whatever it is.
 */
export function storedValues({ provider, model }: ModelKey, { ofService, ofModel }: StoredParameters): ParameterValues {
  const isTaken = (values: ParameterValues, name: string): boolean => valueAt(values, name) === undefined || findRow(provider, model, name) !== undefined;
  const taken = namesOf(provider).reduce((values, name) => (isTaken(values, name) ? values : without(values, name)), ofService);
  return mergeParameters(provider, taken, ofModel);
}

/** The setting with another value of one parameter of the model; undefined: without it. */
export function withParameter(setting: unknown, key: ModelKey, change: { readonly name: string; readonly value: Json | undefined }): ParameterValues {
  const { ofModel } = readStored(setting, key);
  const { name, value } = change;
  return withEntry(setting, key, value === undefined ? without(ofModel, name) : withValue(ofModel, name, value));
}

/** The setting without anything of the model; what is set for its whole service stays. */
export function withoutParameters(setting: unknown, key: ModelKey): ParameterValues {
  return withEntry(setting, key, {});
}

/** The keys of the setting whose values are not objects and so cannot be used. */
export function unusableEntries(setting: unknown): readonly string[] {
  return Object.entries(asObject(setting) ?? {}).flatMap(([key, value]) => (asObject(value) === undefined ? [key] : []));
}

function keyOf({ provider, model }: ModelKey): string {
  return `${provider.id}/${model}`;
}

function entryOf(setting: unknown, key: string): ParameterValues {
  const object = asObject(setting);
  const entry = object !== undefined && Object.hasOwn(object, key) ? asObject(object[key]) : undefined;
  return (entry ?? {}) as ParameterValues;
}

function withEntry(setting: unknown, key: ModelKey, entry: ParameterValues): ParameterValues {
  const name = keyOf(key);
  const others = Object.entries(asObject(setting) ?? {}).filter(([other]) => other !== name);
  return Object.fromEntries([...others, ...(Object.keys(entry).length === 0 ? [] : [[name, entry]])]) as ParameterValues;
}
