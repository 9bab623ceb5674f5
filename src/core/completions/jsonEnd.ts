/** Looks for the end of one JSON object or array in text that comes in pieces. */
export interface JsonEnd {
  /** Where the text goes on behind the value, or -1: every character from there on is taken once. */
  find(text: string, from: number): number;
}

export function createJsonEnd(): JsonEnd {
  let depth = 0;
  let isString = false;
  let isEscaped = false;
  return {
    find(text, from) {
      for (let at = from; at < text.length; at += 1) {
        const character = text[at];
        if (isEscaped) isEscaped = false;
        else if (isString) {
          if (character === '\\') isEscaped = true;
          else if (character === '"') isString = false;
        } else if (character === '"') isString = true;
        else if (character === '{' || character === '[') depth += 1;
        else if ((character === '}' || character === ']') && (depth -= 1) === 0) return at + 1;
      }
      return -1;
    },
  };
}
