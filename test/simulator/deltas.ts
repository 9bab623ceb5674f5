import type { Choice } from './completion.ts';
import { hash, tokenise } from './tokens.ts';

/** One step of a streamed choice, before a service spells it. */
export type Delta =
  | { readonly kind: 'reasoning'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'call'; readonly index: number; readonly name: string }
  | { readonly kind: 'arguments'; readonly index: number; readonly text: string };

function slices(text: string, tokensEach: number): readonly string[] {
  const tokens = tokenise(text);
  const parts: string[] = [];
  for (let start = 0; start < tokens.length; start += tokensEach) parts.push(tokens.slice(start, start + tokensEach).join(''));
  return parts;
}

const tokensPerDelta = 3;

/** Cuts a choice into deltas in the order they are sent: reasoning, text, then each call with its arguments in pieces. */
export function toDeltas(choice: Choice): readonly Delta[] {
  return [
    ...slices(choice.reasoning, tokensPerDelta).map((text): Delta => ({ kind: 'reasoning', text })),
    ...slices(choice.text, tokensPerDelta).map((text): Delta => ({ kind: 'text', text })),
    ...choice.calls.flatMap((call, index): readonly Delta[] => [
      { kind: 'call', index, name: call.name },
      ...slices(call.arguments, tokensPerDelta).map((text): Delta => ({ kind: 'arguments', index, text })),
    ]),
  ];
}

/** Takes one item of each list in turn, so that several choices arrive side by side. */
export function interleave<Item>(lists: readonly (readonly Item[])[]): readonly Item[] {
  const longest = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, row) => lists.flatMap((list) => list.slice(row, row + 1))).flat();
}

interface TokenLogprob {
  readonly token: string;
  readonly logprob: number;
  readonly bytes: readonly number[];
}

function logprobOf(token: string, rank: number): TokenLogprob {
  const text = rank === 0 ? token : `${token}${String.fromCodePoint(96 + rank)}`;
  return { token: text, logprob: -(rank + (hash(token) % 1000) / 1000), bytes: [...Buffer.from(text)] };
}

/** Log probabilities for each token of a text (DeepSeek's page, choices.logprobs); the numbers are stable and mean nothing. */
export function logprobsOf(text: string, alternatives: number): { readonly content: readonly unknown[] } {
  return {
    content: tokenise(text).map((token) => ({
      ...logprobOf(token, 0),
      top_logprobs: Array.from({ length: alternatives }, (_, rank) => logprobOf(token, rank)),
    })),
  };
}
