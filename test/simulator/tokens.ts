const token = /\s*(?:\p{Script=Han}|[A-Za-z0-9_]+|\S)|\s+$/gu;

/** Cuts text into the simulator's tokens; joined again they are the text. A word, a Han character or a sign is one token. */
export function tokenise(text: string): readonly string[] {
  return text.match(token) ?? [];
}

/** How many tokens a text has. */
export function countTokens(text: string): number {
  return tokenise(text).length;
}

/** The first `count` tokens of a text, as text. */
export function firstTokens(text: string, count: number): string {
  return tokenise(text).slice(0, Math.max(0, count)).join('');
}

/** A stable number from 0 to 2^32 − 1 for a text, so that equal requests get equal answers. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return value;
}
