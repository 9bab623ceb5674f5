import { asArray, asNumber, asObject, asObjects, type JsonObject } from '../json.ts';
import type { TokenLogprob } from './completion.ts';

/** The tokens of one list of `choices[].logprobs`, `content` or `refusal`, as all four reference pages have them. */
export function readLogprobs(value: unknown, list: 'content' | 'refusal'): readonly TokenLogprob[] {
  return asObjects(asObject(value)?.[list]).map((entry) => ({ ...readToken(entry), alternatives: asObjects(entry['top_logprobs']).map(readToken) }));
}

function readToken(entry: JsonObject): Omit<TokenLogprob, 'alternatives'> {
  const { token, bytes } = entry;
  return {
    token: typeof token === 'string' ? token : '',
    logprob: asNumber(entry['logprob']) ?? leastLikely,
    ...(Array.isArray(bytes) && { bytes: asArray(bytes).filter((byte) => typeof byte === 'number') }),
  };
}

/** What the services write for a token that is not among the twenty likeliest (reference pages). */
const leastLikely = -9999;
