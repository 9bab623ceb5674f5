import { asObject, parseJson, type JsonObject } from '../json.ts';

/**
 * The object that a model's arguments text stands for, or what is wrong with it in words that the model can act on. No
 * arguments are written as nothing, `{}` or `null`; some servers encode the object twice (docs/servers.md T8), and some put an
 * empty object in front of it (T15).
 */
export function readArguments(text: string): { readonly value: JsonObject } | { readonly problem: string } {
  if (text.trim() === '') return { value: {} };
  const parsed = parseJson(text);
  const value = typeof parsed === 'string' ? (parsed.trim() === '' ? {} : parseJson(parsed)) : parsed;
  if (value === null) return { value: {} };
  const object = asObject(value);
  if (object !== undefined) return { value: object };
  if (value !== undefined) return { problem: `this is ${Array.isArray(value) ? 'an array' : `a ${typeof value}`}` };
  return readTwo(text);
}

function readTwo(text: string): { readonly value: JsonObject } | { readonly problem: string } {
  const end = objectEnd(text);
  if (end === undefined) return { problem: 'they are not complete, or no JSON' };
  const first = asObject(parseJson(text.slice(0, end)));
  if (first === undefined) return { problem: 'they are no JSON' };
  const rest = text.slice(end).trim();
  const second = asObject(parseJson(rest));
  if (second !== undefined && Object.keys(first).length === 0) return { value: second };
  if (second !== undefined) return { problem: 'these are two of them, which takes two calls' };
  return { problem: `"${rest.slice(0, 40)}" stands behind the end of it` };
}

/**
 * Where the object ends that the text begins with; undefined when it does not begin with one or never ends it. By hand,
 * for an expression goes back over a string that has no end, from each of its quotes anew.
 */
function objectEnd(text: string): number | undefined {
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === '\\' && isInString) index += 1;
    else if (character === '"') isInString = !isInString;
    else if (character === '{' && !isInString) depth += 1;
    else if (character === '}' && !isInString) depth -= 1;
    else continue;
    if (depth === 0) return character === '}' ? index + 1 : undefined;
  }
  return undefined;
}
