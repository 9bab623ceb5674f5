import type { TokenProbability } from '../../protocol/viewState.ts';
import type { CompletionEnd, TokenLogprob } from '../completions/completion.ts';

/** More tokens are not shown: a page with more rows is no help, and the request inspector has them all. */
const mostTokens = 2000;

/** The probabilities of the answer's tokens, those of a refusal behind them; undefined when none were told. */
export function probabilitiesOf({ logprobs, refusalLogprobs = [] }: Pick<CompletionEnd, 'logprobs' | 'refusalLogprobs'>): readonly TokenProbability[] | undefined {
  const all = [...logprobs, ...refusalLogprobs].slice(0, mostTokens);
  return all.length === 0 ? undefined : all.map((entry) => ({ token: entry.token, percent: percentOf(entry), alternatives: entry.alternatives.map((other) => ({ token: other.token, percent: percentOf(other) })) }));
}

/** To a hundredth of a percent; DeepSeek says -9999 of what is not among the likeliest twenty (DeepSeek's page). */
function percentOf({ logprob }: Pick<TokenLogprob, 'logprob'>): number {
  return Math.round(Math.exp(Math.min(0, logprob)) * 10_000) / 100;
}
