import { Validator, type Schema } from '@cfworker/json-schema';
import type { Json, JsonObject } from '../json.ts';

/** What is told of one call at most. */
const mostProblems = 8;

/**
 * Makes what checks arguments against a schema of `plainSchema` and says what is wrong with them, for the model. Patterns
 * and formats are left to the tool: an expression that somebody else wrote over text that a model wrote may never end
 * (docs/safety.md B28).
 */
export function createInputCheck(schema: Json): (input: JsonObject) => readonly string[] {
  let validator: Validator | undefined;
  return (input) => {
    // Only once somebody calls it: of a hundred tools a chat uses few.
    validator ??= new Validator(withoutPatterns(schema) as Schema, '2020-12', false);
    const { valid, errors } = validator.validate(input);
    if (valid) return [];
    // What is wrong within a part comes before that the part is wrong, which says nothing more.
    const within = errors.filter(({ keyword }) => !summaries.has(keyword));
    const problems = (within.length > 0 ? within : errors).map(({ instanceLocation, error }) => `${placeOf(instanceLocation)}: ${error.slice(0, 200)}`);
    return [...new Set(problems)].slice(0, mostProblems);
  };
}

const summaries: ReadonlySet<string> = new Set(['properties', 'items', 'prefixItems', 'allOf', 'false']);

/** `#/a/0` as a model writes it: `a.0`. */
function placeOf(location: string): string {
  const path = location.replace(/^#\/?/, '').split('/').map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~')).join('.');
  return path === '' ? 'arguments' : path.slice(0, 200);
}

function withoutPatterns(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map((entry: Json) => withoutPatterns(entry));
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(Object.entries(schema).flatMap(([name, value]) => {
    if (value === undefined || name === 'pattern' || name === 'format' || name === 'default') return [];
    if (name === 'const' || name === 'enum') return [[name, value]];
    if (name !== 'properties') return [[name, withoutPatterns(value)]];
    // Names there are those of arguments, which may well be `pattern`.
    return [[name, Object.fromEntries(Object.entries(value ?? {}).map(([key, entry]) => [key, withoutPatterns(entry as Json)]))]];
  }));
}
