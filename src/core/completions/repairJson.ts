import { parseJson } from '../json.ts';

/**
 * The value of a payload, or undefined. Some servers leave control characters unescaped inside strings (wire.md S14):
 * where the text cannot be parsed as it stands, it is tried again with those, and only those, escaped.
 */
export function parsePayload(text: string): unknown {
  const value = parseJson(text);
  return value === undefined && hasControl.test(text) ? parseJson(escapeControls(text)) : value;
}

const hasControl = /\p{Cc}/u;

/** Outside of strings control characters are white space, or an error that is none of ours. */
function escapeControls(text: string): string {
  return text.replace(/"(?:[^"\\]|\\[^])*"/g, (string) => string.replace(/\p{Cc}/gu, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`));
}
