import { say, type LocalText } from '../../protocol/localText.ts';
import { asObject, type Json } from '../json.ts';
import type { ParameterSpec, ParameterType, ProviderSpec } from './spec.ts';

/** A value that the service's table has something against. */
export interface ParameterProblem {
  readonly name: string;
  readonly text: LocalText;
}

/**
 * Compares parameters, by top-level name, with the service's table: kind, range, allowed values, and which models take
 * them. A name that is not in the table is a problem where the service has a table at all.
 */
export function checkParameters(provider: ProviderSpec, model: string, values: { readonly [name: string]: Json }): readonly ParameterProblem[] {
  const rows = provider.parameters;
  const unknown = rows.length === 0 ? [] : Object.keys(values).filter((name) => rows.every((row) => row.name !== name));
  const names = new Set(rows.map(({ name }) => name));
  return [
    ...unknown.map((name) => ({ name, text: say('{0} does not know the parameter {1}.', provider.label, name) })),
    ...[...names].flatMap((name) => {
      const value = valueAt(values, name);
      const same = rows.filter((row) => row.name === name);
      const row = same.find(({ models }) => models === undefined || models.includes(model));
      // A model that is not in the list may be newer than the list: it is given the benefit of the doubt.
      const listed = provider.models.some(({ id }) => id === model);
      if (row === undefined) return listed && value !== undefined ? [{ name, text: say('{0} does not take the parameter {1}.', model, name) }] : [];
      const isMissing = row.required && !row.managed && value === undefined;
      if (isMissing) return [{ name, text: say('{0} requires the parameter {1}.', provider.label, name) }];
      const problem = value === undefined ? undefined : problemOf(row, value);
      return problem === undefined ? [] : [{ name, text: problem }];
    }),
  ];
}

function valueAt(values: { readonly [name: string]: Json }, path: string): unknown {
  let value: unknown = values;
  for (const part of path.split('.')) value = asObject(value)?.[part];
  return value;
}

function problemOf(row: ParameterSpec, value: unknown): LocalText | undefined {
  if (value === null) return row.nullable ? undefined : say('{0} must not be null.', row.name);
  if (!kinds[row.type](value)) return say('{0} must be of the kind: {1}.', row.name, row.type);
  if (row.values !== undefined && typeof value === 'string' && !row.values.includes(value)) return say('{0} must be one of: {1}.', row.name, row.values.join(', '));
  if (row.longest !== undefined && (typeof value === 'string' ? row.type === 'string' : Array.isArray(value)) && (value as string | unknown[]).length > row.longest) {
    return say('{0} may have at most {1} entries or characters.', row.name, row.longest);
  }
  const numbers = typeof value === 'number' ? [value] : row.type === 'integer map' ? Object.values(value as Record<string, number>) : [];
  return numbers.every((number) => isWithin(row, number)) ? undefined : say('{0} must be {1}.', row.name, rangeOf(row));
}

const kinds: { readonly [Type in ParameterType]: (value: unknown) => boolean } = {
  boolean: (value) => typeof value === 'boolean',
  integer: (value) => Number.isSafeInteger(value),
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  string: (value) => typeof value === 'string',
  'string or object': (value) => typeof value === 'string' || asObject(value) !== undefined,
  'string list': (value) => isStringList(value),
  'string or list': (value) => typeof value === 'string' || isStringList(value),
  object: (value) => asObject(value) !== undefined,
  'object list': (value) => Array.isArray(value) && value.every((entry) => asObject(entry) !== undefined),
  'integer map': (value) => Object.values(asObject(value) ?? { none: 'integer' }).every((entry) => Number.isSafeInteger(entry)),
};

function isStringList(value: unknown): boolean {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}

function isWithin(row: ParameterSpec, value: number): boolean {
  return (
    value >= (row.minimum ?? -Infinity) && value <= (row.maximum ?? Infinity) && value > (row.above ?? -Infinity) && value < (row.below ?? Infinity)
  );
}

/** The range of a row as `≥ 0, < 2`; empty when it has none. */
export function rangeOf(row: ParameterSpec): string {
  const bounds: readonly (readonly [string, number | undefined])[] = [
    ['≥', row.minimum],
    ['>', row.above],
    ['≤', row.maximum],
    ['<', row.below],
  ];
  return bounds.flatMap(([sign, bound]) => (bound === undefined ? [] : [`${sign} ${bound}`])).join(', ');
}
