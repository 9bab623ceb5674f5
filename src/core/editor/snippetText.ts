/**
 * The text that a snippet leaves when nothing is typed into it: a placeholder gives its default, a choice its first
 * entry, a tab stop nothing, a variable its default or nothing. In the words of VS Code's snippet syntax.
 */
export function snippetText(snippet: string): string {
  return read(snippet, 0, undefined).text;
}

interface Read {
  readonly text: string;
  readonly end: number;
}

function read(snippet: string, from: number, closing: '}' | undefined): Read {
  let text = '';
  let at = from;
  while (at < snippet.length) {
    const character = snippet.charAt(at);
    if (character === closing) return { text, end: at + 1 };
    if (character === '\\' && /[\\$}]/.test(snippet.charAt(at + 1))) {
      text += snippet.charAt(at + 1);
      at += 2;
      continue;
    }
    const stop = character === '$' ? readStop(snippet, at) : undefined;
    text += stop?.text ?? character;
    at = stop?.end ?? at + 1;
  }
  return { text, end: at };
}

const plain = /\$(?:\d+|[A-Za-z_]\w*)/y;
const choice = /\$\{\d+\|((?:\\.|[^\\,|])*)(?:\\.|[^\\|])*\|\}/y;
const opening = /\$\{(?:\d+|[A-Za-z_]\w*)(:|\}|\/)/y;

/** What begins with a dollar sign, if it is more than that. */
function readStop(snippet: string, at: number): Read | undefined {
  const bare = match(plain, snippet, at);
  if (bare !== undefined) return { text: '', end: at + bare[0].length };
  const chosen = match(choice, snippet, at);
  if (chosen !== undefined) return { text: (chosen[1] ?? '').replace(/\\(.)/g, '$1'), end: at + chosen[0].length };
  const opened = match(opening, snippet, at);
  if (opened === undefined) return undefined;
  const inside = at + opened[0].length;
  if (opened[1] === '}') return { text: '', end: inside };
  const { text, end } = read(snippet, inside, '}');
  // A transformation of a variable that has no value: nothing comes of it.
  return { text: opened[1] === ':' ? text : '', end };
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}
