import { asObject, type Json } from '../json.ts';

/** Says nothing to a model, and strict services refuse it (docs/servers.md R2). */
const annotations: ReadonlySet<string> = new Set(['$schema', '$id', '$anchor', '$comment', 'title', 'deprecated', 'readOnly', 'writeOnly', 'examples']);
/** Members whose own members are names, which may well be `title`. */
const maps: ReadonlySet<string> = new Set(['properties', 'patternProperties', 'dependentSchemas', '$defs', 'definitions']);
/** Members that hold values, not schemas. */
const values: ReadonlySet<string> = new Set(['enum', 'const', 'default', 'required', 'dependentRequired']);

/** A tool's JSON Schema as services take it: always of an object, without annotations; the same bytes every time. */
export function wireSchema(schema: Json): Json {
  const root = asObject(withoutAnnotations(schema));
  return { ...(root as { readonly [name: string]: Json } | undefined), type: 'object', properties: (asObject(root?.['properties']) ?? {}) as Json };
}

function withoutAnnotations(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map((entry: Json) => withoutAnnotations(entry));
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([name, value]) => value !== undefined && !annotations.has(name))
      .map(([name, value]) => [name, readMember(name, value as Json)]),
  );
}

function readMember(name: string, value: Json): Json {
  if (values.has(name)) return value;
  const map = maps.has(name) ? asObject(value) : undefined;
  if (map === undefined) return withoutAnnotations(value);
  return Object.fromEntries(Object.entries(map).map(([key, entry]) => [key, withoutAnnotations(entry as Json)]));
}
