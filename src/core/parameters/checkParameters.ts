import { say, type LocalText } from '../../protocol/localText.ts';
import { asObject } from '../json.ts';
import type { ParameterSpec, ParameterType, ParameterValues, ProviderSpec } from '../providers/spec.ts';
import { holds, limitOf } from './limits.ts';
import { containersOf, findRow, namesOf, parentOf, valueAt } from './table.ts';

/** A value that the service's table has something against. */
export interface ParameterProblem {
  /** The parameter's place in the body. */
  readonly name: string;
  /** Names the parameter, what it may be, and the page that says so. */
  readonly text: LocalText;
}

/**
 * Compares parameters, nested as in the body, with the service's table: kind, range, allowed values, which models take
 * them, and what they need. A name that is not in the table is a problem where the service has a table at all.
 */
export function checkParameters(provider: ProviderSpec, model: string, values: ParameterValues): readonly ParameterProblem[] {
  if (provider.parameters.length === 0) return [];
  return [...unknownNames(provider, values), ...namesOf(provider).flatMap((name) => {
    const text = problemAt(provider, model, { name, values });
    return text === undefined ? [] : [{ name, text }];
  })];
}

/** What a problem refers to: the page that documents the parameters, else the service itself. */
function sourceOf(provider: ProviderSpec): string {
  return provider.pageUrl ?? provider.label;
}

function unknownNames(provider: ProviderSpec, values: ParameterValues): readonly ParameterProblem[] {
  const containers = containersOf(provider);
  const known = new Set(namesOf(provider));
  const search = (object: object, within: string): readonly string[] =>
    Object.entries(object).flatMap(([key, value]) => {
      const name = `${within}${key}`;
      if (!known.has(name)) return [name];
      const inner = containers.has(name) ? asObject(value) : undefined;
      return inner === undefined ? [] : search(inner, `${name}.`);
    });
  return search(values, '').map((name) => ({ name, text: say('{0} does not know the parameter {1} ({2}).', provider.label, name, sourceOf(provider)) }));
}

function problemAt(provider: ProviderSpec, model: string, { name, values }: { readonly name: string; readonly values: ParameterValues }): LocalText | undefined {
  const value = valueAt(values, name);
  const found = findRow(provider, model, name);
  const source = sourceOf(provider);
  if (found === undefined) return value === undefined ? undefined : say('{0} does not take the parameter {1} ({2}).', model, name, source);
  const { row, isCertain } = found;
  if (value === undefined) return isMissing(row, { provider, model, values }) ? say('{0} requires the parameter {1} ({2}).', provider.label, name, source) : undefined;
  if (row.managed !== undefined) {
    // `messages` and `tools` are lists, but what can be set of their entries is nested in an object.
    return containersOf(provider).has(name) && asObject(value) !== undefined ? undefined : say('{0} is filled in by Rivulet and cannot be set.', name);
  }
  const limit = limitOf({ provider, model, values }, name);
  if (limit !== undefined && !(typeof value === 'string' && limit.allows.includes(value))) return limit.reason;
  return isCertain ? problemOf(row, value, source) : undefined;
}

function isMissing(row: ParameterSpec, situation: Parameters<typeof holds>[0]): boolean {
  if (row.managed !== undefined) return false;
  if (row.requiredWhen !== undefined && holds(situation, row.requiredWhen)) return true;
  const parent = parentOf(row.name);
  // What is required of a part is required once there is a whole.
  return row.required === true && (parent === undefined || asObject(valueAt(situation.values, parent)) !== undefined);
}

function problemOf(row: ParameterSpec, value: unknown, source: string): LocalText | undefined {
  const { name } = row;
  if (value === null) return row.nullable ? undefined : say('{0} must not be null ({1}).', name, source);
  if (!kinds[row.type](value)) {
    const range = rangeOf(row);
    return range === '' ? say('{0} must be of the kind: {1} ({2}).', name, row.type, source) : say('{0} must be of the kind: {1}, {2} ({3}).', name, row.type, range, source);
  }
  if (row.values !== undefined && typeof value === 'string' && !row.values.includes(value)) return say('{0} must be one of: {1} ({2}).', name, row.values.join(', '), source);
  if (row.longest !== undefined && (typeof value === 'string' ? row.type === 'string' : Array.isArray(value)) && (value as string | unknown[]).length > row.longest) {
    return say('{0} may have at most {1} entries or characters ({2}).', name, row.longest, source);
  }
  if (row.pattern !== undefined && typeof value === 'string' && !new RegExp(`^(?:${row.pattern})$`).test(value)) return say('{0} must match {1} ({2}).', name, row.pattern, source);
  const numbers = typeof value === 'number' ? [value] : row.type === 'integer map' ? Object.values(value as Record<string, number>) : [];
  return numbers.every((number) => isWithin(row, number)) ? undefined : say('{0} must be {1} ({2}).', name, rangeOf(row), source);
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
