import { LineStream } from './highlighting/lineStream.ts';
import { modeOf } from './highlighting/languages.ts';
import { kindOf, type Token } from './highlighting/tokens.ts';

/** Reads code line by line, from its first one on. */
export interface LineReader {
  /** The next line's tokens; its end is not part of it. */
  read(line: string): readonly Token[];
  /** The tokens of a line that may still go on, or be followed by nothing: as if it had not been read. */
  peek(line: string): readonly Token[];
}

/** Modes look ahead from each token, so that a line's time grows with its square; one that nobody reads is left plain. */
const longestLine = 2000;

const indentUnit = 2;

const mostTries = 10;

/** Makes a reader for a language as a fence names it; undefined for one that is not known. */
export function createLineReader(language: string): LineReader | undefined {
  const mode = modeOf(language);
  if (mode === undefined) return undefined;
  let state: unknown = mode.startState?.(indentUnit) ?? {};

  const copy = (): unknown => (mode.copyState === undefined ? shallowCopy(state) : mode.copyState(state));

  const readWith = (line: string, current: unknown): readonly Token[] => {
    if (line === '') mode.blankLine?.(current, indentUnit);
    if (line === '' || line.length > longestLine) return [{ text: line, kind: undefined }];
    const tokens: Token[] = [];
    const stream = new LineStream(line);
    while (!stream.eol()) {
      stream.start = stream.pos;
      let style = mode.token(stream, current);
      // Some modes answer without moving, to change their state first; a broken one would for ever.
      for (let tries = 0; stream.pos <= stream.start && tries < mostTries; tries++) style = mode.token(stream, current);
      if (stream.pos <= stream.start) stream.pos = stream.start + 1;
      add(tokens, line.slice(stream.start, stream.pos), kindOf(style ?? undefined));
    }
    return tokens;
  };

  return {
    read: (line) => readWith(line, state),
    peek: (line) => readWith(line, copy()),
  };
}

function add(tokens: Token[], text: string, kind: Token['kind']): void {
  const last = tokens.at(-1);
  if (last !== undefined && last.kind === kind) tokens[tokens.length - 1] = { text: last.text + text, kind };
  else tokens.push({ text, kind });
}

/** What CodeMirror does for modes that have no way of their own: a list in the state is copied too. */
function shallowCopy(state: unknown): unknown {
  if (typeof state !== 'object' || state === null) return state;
  return Object.fromEntries(Object.entries(state).map(([name, value]: [string, unknown]) => [name, Array.isArray(value) ? [...(value as readonly unknown[])] : value]));
}
