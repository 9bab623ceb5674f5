import type { ChatTool } from './chat.ts';
import { isObject, type JsonObject } from './json.ts';
import type { Question } from './question.ts';

function hasType(schema: unknown, ...types: readonly string[]): boolean {
  if (!isObject(schema)) return false;
  const type = schema['type'];
  if (typeof type === 'string') return types.includes(type);
  if (Array.isArray(type)) return type.some((item) => types.includes(String(item)));
  const alternatives = schema['anyOf'] ?? schema['oneOf'];
  return Array.isArray(alternatives) && alternatives.some((alternative) => hasType(alternative, ...types));
}

/** A small value that fits a JSON Schema: the first enum value, the minimum, a word. */
export function sampleOf(schema: unknown): unknown {
  if (!isObject(schema)) return null;
  if ('const' in schema) return schema['const'];
  if (Array.isArray(schema['enum'])) return schema['enum'][0];
  if (hasType(schema, 'null') && !hasType(schema, 'object')) return null;
  if (hasType(schema, 'object')) {
    const properties = isObject(schema['properties']) ? schema['properties'] : {};
    return Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, sampleOf(property)]));
  }
  if (hasType(schema, 'array')) return [sampleOf(schema['items'])];
  if (hasType(schema, 'integer', 'number')) return typeof schema['minimum'] === 'number' ? schema['minimum'] : 1;
  if (hasType(schema, 'boolean')) return true;
  return 'simulated';
}

function propertiesOf(tool: ChatTool): JsonObject {
  const properties = tool.function.parameters?.['properties'];
  return isObject(properties) ? properties : {};
}

/** Arguments for a tool that reads files, under the names its own schema uses; a range only if it has names for both ends. */
export function fileArguments(tool: ChatTool, path: string, lines: Question['lines']): string {
  const properties = Object.entries(propertiesOf(tool));
  const pathName = properties.find(([, schema]) => hasType(schema, 'string'))?.[0] ?? 'path';
  const numbers = properties.filter(([, schema]) => hasType(schema, 'integer', 'number')).map(([name]) => name);
  const firstName = numbers.find((name) => /start|from|begin|first/i.test(name));
  const lastName = numbers.find((name) => /end|until|last|^to|To(?![a-z])/.test(name) || /end/i.test(name));
  const given: Record<string, unknown> = { [pathName]: path };
  if (lines !== undefined && firstName !== undefined && lastName !== undefined) {
    given[firstName] = lines.first;
    given[lastName] = lines.last;
  }
  const required = tool.function.parameters?.['required'];
  for (const name of Array.isArray(required) ? required.map(String) : []) {
    if (!(name in given)) given[name] = sampleOf(propertiesOf(tool)[name]);
  }
  return JSON.stringify(given);
}

/** Arguments for any tool, made from its schema alone (tool_choice required or named). */
export function sampleArguments(tool: ChatTool): string {
  return JSON.stringify(sampleOf({ type: 'object', properties: propertiesOf(tool) }));
}
