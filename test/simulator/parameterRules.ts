import { isObject, type JsonObject } from './json.ts';
import { malformed, notAllowed, type Refusal } from './refusal.ts';

interface Range {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly above?: number;
  readonly below?: number;
}

/** What one parameter may be; `elsewhere` is checked by a file of its own. */
export type Rule =
  | ({ readonly kind: 'number' | 'integer' } & Range)
  | { readonly kind: 'boolean' }
  | { readonly kind: 'string'; readonly values?: readonly string[]; readonly pattern?: RegExp; readonly maximumLength?: number }
  | { readonly kind: 'strings'; readonly maximumItems?: number }
  | { readonly kind: 'object'; readonly fields: ParameterTable }
  | { readonly kind: 'json-object' }
  | ({ readonly kind: 'integer-map' } & Range)
  | { readonly kind: 'elsewhere' };

/** A rule with what its row of the reference page says besides: required, nullable, for some models only. */
export type Parameter = Rule & { readonly required?: true; readonly nullable?: true; readonly models?: RegExp };

/** The parameters of a service by name; anything else in a request is refused. */
export type ParameterTable = Readonly<Record<string, Parameter>>;

function checkRange(name: string, value: number, range: Range): Refusal | undefined {
  const { minimum, maximum, above, below } = range;
  if (minimum !== undefined && value < minimum) return notAllowed(`${name} must be at least ${minimum}, but it is ${value}`);
  if (maximum !== undefined && value > maximum) return notAllowed(`${name} must be at most ${maximum}, but it is ${value}`);
  if (above !== undefined && value <= above) return notAllowed(`${name} must be more than ${above}, but it is ${value}`);
  if (below !== undefined && value >= below) return notAllowed(`${name} must be less than ${below}, but it is ${value}`);
  return undefined;
}

function checkString(name: string, value: unknown, rule: Extract<Rule, { kind: 'string' }>): Refusal | undefined {
  if (typeof value !== 'string') return malformed(`${name} must be a string`);
  if (rule.values !== undefined && !rule.values.includes(value)) {
    return notAllowed(`${name} must be one of ${rule.values.join(', ')}, but it is ${JSON.stringify(value)}`);
  }
  if (rule.pattern !== undefined && !rule.pattern.test(value)) return notAllowed(`${name} must match ${String(rule.pattern)}`);
  if (rule.maximumLength !== undefined && value.length > rule.maximumLength) {
    return notAllowed(`${name} must not be longer than ${rule.maximumLength} characters`);
  }
  return undefined;
}

function checkStrings(name: string, value: unknown, maximumItems: number | undefined): Refusal | undefined {
  if (typeof value === 'string') return undefined;
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) {
    return malformed(`${name} must be a string or a list of strings`);
  }
  if (maximumItems !== undefined && value.length > maximumItems) {
    return notAllowed(`${name} must have at most ${maximumItems} items, but it has ${value.length}`);
  }
  return undefined;
}

function checkIntegerMap(name: string, value: unknown, range: Range): Refusal | undefined {
  if (!isObject(value)) return malformed(`${name} must be an object`);
  for (const [key, item] of Object.entries(value)) {
    if (typeof item !== 'number' || !Number.isInteger(item)) return malformed(`${name}.${key} must be an integer`);
    const refusal = checkRange(`${name}.${key}`, item, range);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

function checkRule(name: string, value: unknown, rule: Rule, model: string): Refusal | undefined {
  switch (rule.kind) {
    case 'number':
      return typeof value === 'number' ? checkRange(name, value, rule) : malformed(`${name} must be a number`);
    case 'integer':
      if (typeof value !== 'number' || !Number.isInteger(value)) return malformed(`${name} must be an integer`);
      return checkRange(name, value, rule);
    case 'boolean':
      return typeof value === 'boolean' ? undefined : malformed(`${name} must be true or false`);
    case 'string':
      return checkString(name, value, rule);
    case 'strings':
      return checkStrings(name, value, rule.maximumItems);
    case 'object':
      return isObject(value) ? checkFields(value, rule.fields, { model, within: `${name}.` }) : malformed(`${name} must be an object`);
    case 'json-object':
      return isObject(value) ? undefined : malformed(`${name} must be an object`);
    case 'integer-map':
      return checkIntegerMap(name, value, rule);
    default:
      return undefined;
  }
}

/** The first thing in an object that its table does not allow: an unknown field, a missing one, a wrong type or value. */
export function checkFields(
  body: JsonObject,
  table: ParameterTable,
  context: { readonly model: string; readonly within?: string },
): Refusal | undefined {
  const within = context.within ?? '';
  const unknown = Object.keys(body).find((name) => !Object.hasOwn(table, name));
  if (unknown !== undefined) return notAllowed(`${within}${unknown} is not a parameter of this service`);
  for (const [name, parameter] of Object.entries(table)) {
    const value = body[name];
    const label = `${within}${name}`;
    if (value === undefined) {
      if (parameter.required) return malformed(`${label} is required`);
      continue;
    }
    if (value === null && parameter.nullable) continue;
    if (parameter.models !== undefined && !parameter.models.test(context.model)) {
      return notAllowed(`${label} is not a parameter of the model ${context.model}`);
    }
    const refusal = checkRule(label, value, parameter, context.model);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}
