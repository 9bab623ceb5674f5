import { estimateTokens } from '../context/tokens.ts';
import { partsOf } from './fences.ts';

/** What a caller can take. */
export interface TokenBudget {
  readonly tokens: number;
  /** Counts as the caller's model does. */
  readonly count: (text: string) => PromiseLike<number>;
}

const note = 'Only the beginning is shown: your token budget ends here. Call again for less at a time.';

/** Characters by which the cut may be shorter than it need be: every step nearer is another count. */
const near = 64;

/** The text, or as much of its beginning as fits, at a line's end, with a fence that was cut closed again and a note. A budget that is no positive number counts as none. */
export async function fitTokens(text: string, { tokens, count }: TokenBudget): Promise<string> {
  const fits = async (candidate: string): Promise<boolean> => (await counted(candidate, count)) <= tokens;
  if (!(tokens > 0) || (await fits(text))) return text;
  let [most, tooMany] = [0, text.length];
  while (tooMany - most > near) {
    const middle = Math.floor((most + tooMany) / 2);
    if (await fits(cut(text, middle))) most = middle;
    else tooMany = middle;
  }
  const shown = cut(text, most);
  return (await fits(shown)) ? shown : '';
}

/** A count that fails or makes no sense is estimated. */
async function counted(text: string, count: TokenBudget['count']): Promise<number> {
  try {
    const tokens = await count(text);
    return tokens >= 0 ? tokens : estimateTokens(text);
  } catch {
    return estimateTokens(text);
  }
}

function cut(text: string, characters: number): string {
  const lineEnd = text.lastIndexOf('\n', characters);
  // Half of what would fit is too much to give up for a whole line.
  const end = lineEnd > characters / 2 ? lineEnd : characters;
  const beginning = text.slice(0, end).replace(/[\uD800-\uDBFF]$/, '');
  const closing = partsOf(beginning).at(-1)?.open ?? '';
  return beginning === '' ? note : `${beginning}${closing}\n${note}`;
}
