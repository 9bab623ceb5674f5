import type { ThreadPort } from '../platform/platform.ts';

/*
 * What runs in a thread of its own, so that an expression that never ends can be ended with it. The function below is
 * handed over as its own text: nothing outside of it may be named in it.
 */

/** What to look for; the same for all texts of a search. */
export interface Matching {
  readonly pattern: string;
  readonly isRegex: boolean;
  readonly isCaseSensitive: boolean;
  readonly isWholeWord: boolean;
  /** Matching lines of one text at most. */
  readonly most: number;
}

/** The lines of a text that match, counted from 0, and where the first match of each begins. */
export type LineMatches = readonly (readonly [line: number, start: number])[];

/** Answers each text with its matches, after a first answer that says whether the pattern is one. */
export function matchInThread({ pattern, isRegex, isCaseSensitive, isWholeWord, most }: Matching, port: ThreadPort): void {
  const source = isRegex ? pattern : pattern.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const compile = (unicode: string): RegExp => {
    const word = unicode === '' ? '\\w' : '[\\p{L}\\p{M}\\p{N}\\p{Pc}]';
    return new RegExp(isWholeWord ? `(?<!${word})(?:${source})(?!${word})` : source, `${unicode}${isCaseSensitive ? '' : 'i'}`);
  };
  let expression: RegExp;
  try {
    try {
      expression = compile('u');
    } catch (error) {
      // Escapes that mean nothing are errors with the flag, and harmless without it.
      if (/\\p\{/.test(source)) throw error;
      expression = compile('');
    }
  } catch (error) {
    port.post({ problem: error instanceof Error ? error.message : String(error) });
    return;
  }
  port.post({});
  port.listen((texts) => {
    port.post(
      (texts as readonly string[]).map((text) => {
        const matches: [number, number][] = [];
        let from = 0;
        for (let line = 0; from < text.length && matches.length < most; line += 1) {
          const feed = text.indexOf('\n', from);
          const end = feed === -1 ? text.length : feed;
          const start = text.slice(from, text[end - 1] === '\r' && end > from ? end - 1 : end).search(expression);
          if (start !== -1) matches.push([line, start]);
          from = end + 1;
        }
        return matches;
      }),
    );
  });
}
