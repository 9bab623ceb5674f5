import { asObject } from '../json.ts';

/**
 * A name for what a turn said, of eleven to twenty-two letters and digits: the same for the same text, names and arguments
 * in whatever order their members stand. Nobody is kept out by it: it finds a turn again whose ids were changed.
 */
export function contentHash(text: string, calls: readonly { readonly name: string; readonly input: unknown }[]): string {
  return hash(JSON.stringify([text, calls.map(({ name, input }) => [name, canonical(input)])]));
}

/** The value as text, the members of its objects in one order. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const object = asObject(value);
  if (object === undefined) return JSON.stringify(value) ?? 'null';
  const members = Object.keys(object).filter((name) => object[name] !== undefined).toSorted();
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(object[name])}`).join(',')}}`;
}

/** Two FNV-1a hashes of 32 bits, over the text forwards and backwards. */
function hash(text: string): string {
  let [forwards, backwards] = [0x811c9dc5, 0x811c9dc5];
  for (let index = 0; index < text.length; index += 1) {
    forwards = Math.imul(forwards ^ text.charCodeAt(index), 0x01000193);
    backwards = Math.imul(backwards ^ text.charCodeAt(text.length - 1 - index), 0x01000193);
  }
  return [forwards, backwards, text.length].map((part) => (part >>> 0).toString(36).padStart(7, '0')).join('');
}
