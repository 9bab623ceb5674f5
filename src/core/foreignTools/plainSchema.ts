import { asObject, type Json, type JsonObject } from '../json.ts';
import { cleanText } from './cleanText.ts';

/**
 * What is kept of a schema: levels within one another, and all of its characters together, references put in. `visits`: how
 * much of it is looked at, schemas, names and values together: what is not kept takes time too, each time that a reference
 * leads to it.
 */
export const schemaLimits = { depth: 12, characters: 20_000, text: 500, visits: 5000 } as const;

/*
 * Only what stays right when something within it is left open: `not` and `if` would turn around what they say, and of
 * `oneOf` several would fit.
 */
const schemas = ['additionalProperties', 'items'] as const;
const lists = ['allOf', 'anyOf', 'prefixItems'] as const;
const numbers = ['exclusiveMaximum', 'exclusiveMinimum', 'maximum', 'maxItems', 'maxLength', 'maxProperties', 'minimum', 'minItems', 'minLength', 'minProperties', 'multipleOf'] as const;
const types: ReadonlySet<unknown> = new Set(['array', 'boolean', 'integer', 'null', 'number', 'object', 'string']);

/** Names of types that are looked at; there are not as many. */
const mostTypes = 20;

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
  let visits: number = schemaLimits.visits;

  /** Whether so much more may be looked at. Once it may not, nothing more is. */
  function look(count: number): boolean {
    visits -= count;
    return visits >= 0 && left >= 0;
  }

  /** Takes the room that it needs; undefined where there is none. */
  function fit<Value extends Json>(value: Value): Value | undefined {
    left -= JSON.stringify(value).length + 4;
    return left < 0 ? undefined : value;
  }

  /** `described`: what the reference says that has led here, which goes before what it leads to. */
  function plain(schema: unknown, within: readonly string[], depth: number, described?: string): Json {
    const mayLook = look(1);
    if (typeof schema === 'boolean') return schema;
    const given = asObject(schema);
    if (given === undefined || depth > schemaLimits.depth || !mayLook) return {};
    const description = described ?? (typeof given['description'] === 'string' ? given['description'] : undefined);
    const reference = given['$ref'];
    if (typeof reference === 'string') {
      const target = within.includes(reference) ? undefined : found(root, reference);
      return target === undefined ? {} : plain(target, [...within, reference], depth + 1, description);
    }
    const result: Record<string, Json> = {};
    const put = (name: string, value: Json | undefined): void => {
      if (value !== undefined && fit(name) !== undefined) result[name] = value;
    };
    put('type', typeOf(given['type']));
    if (description !== undefined) put('description', fit(cleanText(description, schemaLimits.text)));
    for (const name of ['pattern', 'format'] as const) if (typeof given[name] === 'string') put(name, fit(cleanText(given[name], schemaLimits.text)));
    for (const name of ['const', 'default'] as const) if (isJson(given[name])) put(name, fit(given[name]));
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
    const all = properties === undefined ? [] : Object.keys(properties);
    const names = look(all.length) ? all.filter((name) => name !== '__proto__' && name.length <= 200 && fit(name) !== undefined) : [];
    if (properties !== undefined) put('properties', Object.fromEntries(names.map((name) => [name, plainOf(properties[name])])));
    const known = new Set<unknown>(names);
    const required = Array.isArray(given['required']) && look(given['required'].length) ? given['required'].filter((name): name is string => known.has(name)) : [];
    if (required.length > 0) put('required', [...new Set(required)]);
    return names.length === all.length;
  }

  /** Whether it is small JSON; a schema comes from an extension, where it may hold anything. */
  function isJson(value: unknown, depth = 0): value is Json {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
    if (typeof value === 'number') return Number.isFinite(value);
    if (typeof value !== 'object' || depth > schemaLimits.depth) return false;
    const members = Object.values(value);
    return look(members.length + 1) && members.every((member) => isJson(member, depth + 1));
  }

  return plain;
}

/** Older words for the same, and nothing that forbids what was left out. */
function inToday(given: JsonObject, isWhole: boolean): { readonly [name in (typeof schemas | typeof lists)[number]]: unknown } {
  const { items, anyOf } = given;
  const isClosed = isWhole && given['patternProperties'] === undefined;
  return {
    additionalProperties: isClosed ? given['additionalProperties'] : undefined,
    items: Array.isArray(items) ? given['additionalItems'] : items,
    allOf: given['allOf'],
    anyOf: anyOf === undefined ? given['oneOf'] : anyOf,
    prefixItems: Array.isArray(items) ? items : given['prefixItems'],
  };
}

function typeOf(type: unknown): Json | undefined {
  if (types.has(type)) return type as string;
  const several = Array.isArray(type) && type.length <= mostTypes ? [...new Set(type.filter((each) => types.has(each)))] : [];
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
