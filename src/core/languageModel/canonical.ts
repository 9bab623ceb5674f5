import { asObject } from '../json.ts';

/** The value as text, the members of its objects in one order. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const object = asObject(value);
  if (object === undefined) return JSON.stringify(value) ?? 'null';
  const members = Object.keys(object).filter((name) => object[name] !== undefined).toSorted();
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(object[name])}`).join(',')}}`;
}
