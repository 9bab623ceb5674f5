import { parseJson } from '../json.ts';

/**
 * The value of a payload, or undefined. Some servers leave control characters unescaped inside strings (docs/servers.md S14):
 * where the text cannot be parsed as it stands, it is tried again with those, and only those, escaped.
 */
export function parsePayload(text: string): unknown {
  const value = parseJson(text);
  return value === undefined && hasControl.test(text) ? parseJson(escapeControls(text)) : value;
}

const hasControl = /\p{Cc}/u;

/** Outside of strings control characters are white space, or an error that is none of ours. */
function escapeControls(text: string): string {
  let isString = false;
  // Quotes and escapes one at a time: a pattern over a whole string of some megabytes runs out of stack.
  return text.replace(/["\\\p{Cc}]/gu, (character, at: number) => {
    if (character === '"' && !isEscaped(text, at)) isString = !isString;
    return isString && character !== '"' && character !== '\\' ? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}` : character;
  });
}

/** Whether an odd number of backslashes stands in front. */
function isEscaped(text: string, at: number): boolean {
  let from = at;
  while (text[from - 1] === '\\') from -= 1;
  return (at - from) % 2 === 1;
}
