/**
 * The strings and marks of a JSON text with comments, in order: a string decoded, with one `"` in front; a mark as it is.
 * Forgiving as VS Code's parser is: a string ends at its line's end, and what is no JSON is skipped. One pass.
 */
export function* jsonTokens(text: string): Generator<string> {
  let at = 0;
  while (at < text.length) {
    const character = text.charAt(at);
    if (character === '"') {
      const end = endOfString(text, at + 1);
      yield `"${decode(text.slice(at + 1, end))}`;
      at = text.charAt(end) === '"' ? end + 1 : end;
    } else if (text.startsWith('//', at)) {
      at = orEnd(text.indexOf('\n', at), text);
    } else if (text.startsWith('/*', at)) {
      const end = text.indexOf('*/', at + 2);
      at = end < 0 ? text.length : end + 2;
    } else {
      if (/[:,{}[\]]/.test(character)) yield character;
      at += 1;
    }
  }
}

function endOfString(text: string, start: number): number {
  for (let at = start; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"' || character === '\n' || character === '\r') return at;
    if (character === '\\') at += 1;
  }
  return text.length;
}

function orEnd(index: number, text: string): number {
  return index < 0 ? text.length : index;
}

const escapes: { readonly [letter: string]: string } = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

function decode(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_, code: string | undefined, letter: string | undefined) => (code === undefined ? (escapes[letter ?? ''] ?? letter ?? '') : String.fromCharCode(Number.parseInt(code, 16))));
}
