import { asObject, type Json, type JsonObject } from '../json.ts';
import { cleanText } from './cleanText.ts';

/** What is kept of a schema: levels within one another, and all of its characters together, references put in. */
export const schemaLimits = { depth: 12, characters: 20_000, text: 500 } as const;

/*
 * Only what stays right when something within it is left open: `not` and `if` would turn around what they say, and of
 * `oneOf` several would fit.
 */
const schemas = ['additionalProperties', 'items'] as const;
const lists = ['allOf', 'anyOf', 'prefixItems'] as const;
const numbers = ['exclusiveMaximum', 'exclusiveMinimum', 'maximum', 'maxItems', 'maxLength', 'maxProperties', 'minimum', 'minItems', 'minLength', 'minProperties', 'multipleOf'] as const;
const types: ReadonlySet<unknown> = new Set(['array', 'boolean', 'integer', 'null', 'number', 'object', 'string']);

/**
 * Somebody else's JSON Schema as a model and the check of its arguments are given it: only keywords that are known, nothing
 * fetched, references within it put in where they stand, and none into themselves. What is too deep or too long is left
 * open there, which the tool itself has to check. The same schema gives the same bytes.
 */
export function plainSchema(schema: unknown): { readonly [name: string]: Json } {
  const root = asObject(schema) ?? {};
  const plain = createPlainer(root)(root, [], 0);
  return { ...(asObject(plain) as { readonly [name: string]: Json } | undefined), type: 'object' };
}

function createPlainer(root: JsonObject): (schema: unknown, within: readonly string[], depth: number) => Json {
  let left: number = schemaLimits.characters;

  /** Takes the room that it needs; undefined where there is none. */
  function fit<Value extends Json>(value: Value): Value | undefined {
    left -= JSON.stringify(value).length + 4;
    return left < 0 ? undefined : value;
  }

  function plain(schema: unknown, within: readonly string[], depth: number): Json {
    if (typeof schema === 'boolean') return schema;
    const given = asObject(schema);
    if (given === undefined || depth > schemaLimits.depth || left < 0) return {};
    const reference = given['$ref'];
    if (typeof reference === 'string') {
      const target = within.includes(reference) ? undefined : found(root, reference);
      const description = typeof given['description'] === 'string' ? { description: given['description'] } : {};
      return target === undefined ? {} : plain({ ...target, ...description }, [...within, reference], depth + 1);
    }
    const result: Record<string, Json> = {};
    const put = (name: string, value: Json | undefined): void => {
      if (value !== undefined && fit(name) !== undefined) result[name] = value;
    };
    put('type', typeOf(given['type']));
    if (typeof given['description'] === 'string') put('description', fit(cleanText(given['description'], schemaLimits.text)));
    for (const name of ['pattern', 'format'] as const) if (typeof given[name] === 'string') put(name, fit(cleanText(given[name], schemaLimits.text)));
    for (const name of ['const', 'default'] as const) if (name in given && isJson(given[name])) put(name, fit(given[name]));
    if (Array.isArray(given['enum']) && isJson(given['enum'])) put('enum', fit(given['enum']));
    for (const name of numbers) if (Number.isFinite(given[name])) put(name, given[name] as number);
    if (given['uniqueItems'] === true) put('uniqueItems', true);
    const isWhole = putProperties(given, put, (value) => plain(value, within, depth + 1));
    const whole = inToday(given, isWhole);
    for (const name of schemas) if (typeof whole[name] === 'boolean' || asObject(whole[name]) !== undefined) put(name, plain(whole[name], within, depth + 1));
    for (const name of lists) {
      const members = whole[name];
      // One that is left out of them would refuse what is right.
      if (Array.isArray(members) && members.length > 0 && members.length <= 100) put(name, members.map((member) => plain(member, within, depth + 1)));
    }
    return result;
  }

  /** Answers whether all of them are there. */
  function putProperties(given: JsonObject, put: (name: string, value: Json) => void, plainOf: (value: unknown) => Json): boolean {
    const properties = asObject(given['properties']);
    const names = properties === undefined ? [] : Object.keys(properties).filter((name) => name !== '__proto__' && name.length <= 200 && fit(name) !== undefined);
    if (properties !== undefined) put('properties', Object.fromEntries(names.map((name) => [name, plainOf(properties[name])])));
    const required = Array.isArray(given['required']) ? given['required'].filter((name): name is string => typeof name === 'string' && names.includes(name)) : [];
    if (required.length > 0) put('required', [...new Set(required)]);
    return names.length === Object.keys(properties ?? {}).length;
  }

  return plain;
}

/** Older words for the same, and nothing that forbids what was left out. */
function inToday(given: JsonObject, isWhole: boolean): JsonObject {
  const tuple = Array.isArray(given['items']) ? { prefixItems: given['items'], items: given['additionalItems'] } : {};
  const oneOf = given['anyOf'] === undefined ? { anyOf: given['oneOf'] } : {};
  const open = isWhole && given['patternProperties'] === undefined ? {} : { additionalProperties: undefined };
  return { ...given, ...tuple, ...oneOf, ...open };
}

function typeOf(type: unknown): Json | undefined {
  if (types.has(type)) return type as string;
  const several = Array.isArray(type) ? [...new Set(type.filter((each) => types.has(each)))] : [];
  return several.length === 0 ? undefined : (several as string[]);
}

/** What a reference within the schema leads to; nothing is fetched. */
function found(root: JsonObject, reference: string): JsonObject | undefined {
  if (!reference.startsWith('#/') || reference.length > 200) return undefined;
  let place: unknown = root;
  for (const step of reference.slice(2).split('/')) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    const object = asObject(place);
    if (object === undefined || !Object.hasOwn(object, name)) return undefined;
    place = object[name];
  }
  return asObject(place);
}

/** Whether it is small JSON; a schema comes from an extension, where it may hold anything. */
function isJson(value: unknown, depth = 0): value is Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || depth > schemaLimits.depth) return false;
  return Object.values(value).every((member) => isJson(member, depth + 1));
}
