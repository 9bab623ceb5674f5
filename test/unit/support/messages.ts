import { readdirSync, readFileSync } from 'node:fs';

/** A call that marks a sentence for translation, as it stands in the source. */
export interface MarkedMessage {
  readonly file: string;
  readonly line: number;
  /** Undefined when the first argument is no plain literal. */
  readonly message: string | undefined;
}

const root = new URL('../../../', import.meta.url);

/** `say(`, `t(` and `vscode.l10n.t(`, but not the end of another name and not a declaration. */
const marks = /(?<![\w$.])(?:say|t|vscode\.l10n\.t)\(\s*/g;

/** These hand on what others have marked. */
const passers: ReadonlySet<string> = new Set(['src/host/localise.ts', 'src/protocol/localText.ts', 'webview/strings.ts']);

/** Every marked sentence of the extension and of the page. */
export function markedMessages(): readonly MarkedMessage[] {
  return ['src', 'webview']
    .flatMap((folder) => readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name.replaceAll('\\', '/')}`))
    .filter((file) => /\.tsx?$/.test(file) && !passers.has(file))
    .sort()
    .flatMap((file) => messagesIn(file, readFileSync(new URL(file, root), 'utf8')));
}

/** The marked sentences of one source text. */
export function messagesIn(file: string, source: string): readonly MarkedMessage[] {
  const code = withoutComments(source);
  return [...code.matchAll(marks)].map((match) => ({
    file,
    line: code.slice(0, match.index).split('\n').length,
    message: literalAt(code, match.index + match[0].length),
  }));
}

/** The string literal that begins there and is the whole argument; undefined for a template or an expression. */
function literalAt(code: string, start: number): string | undefined {
  const literal = /^(?:'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")(?=\s*[,)])/.exec(code.slice(start))?.[0];
  return literal === undefined ? undefined : unquote(literal);
}

function unquote(literal: string): string {
  const escapes: { readonly [letter: string]: string } = { n: '\n', t: '\t', r: '\r' };
  return literal.slice(1, -1).replace(/\\(?:u\{([\da-f]+)\}|u([\da-f]{4})|(.))/gi, (_, braced?: string, four?: string, letter?: string) => {
    const code = braced ?? four;
    return code === undefined ? (escapes[letter ?? ''] ?? letter ?? '') : String.fromCodePoint(Number.parseInt(code, 16));
  });
}

/** The code with its comments blanked out; strings, templates and most regular expressions are left alone. */
function withoutComments(source: string): string {
  return source.replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`|\/\*[^]*?\*\/|(?<=^|[\s;{}(,])\/\/[^\n]*/g, (token) =>
    token.startsWith('/') ? token.replace(/[^\n]/g, ' ') : token,
  );
}
