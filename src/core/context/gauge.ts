import type { GaugeView } from '../../protocol/contextView.ts';
import type { Turn, ViewState } from '../../protocol/viewState.ts';
import { estimateTokens } from './tokens.ts';

/** How full the window of the model is, from what the page shows and what the service last counted. */
export interface Gauge {
  /** The service has counted a request whose texts were estimated at so much. */
  counted(estimated: number, counted: number): void;
  /** As things stand. A turn is looked at again only when it has changed. */
  view(state: GaugeInput): GaugeView;
}

export interface GaugeInput extends Pick<ViewState, 'turns' | 'context'> {
  readonly system: number;
  readonly tools: number;
  readonly limit: number | undefined;
  /** Whether the model's reasoning goes back to it. */
  readonly replaysReasoning: boolean;
}

/** What a service counts beside the texts, by which an estimate is never off by more. */
const factors = { least: 0.4, most: 2.5 } as const;

export function createGauge(): Gauge {
  const known = new WeakMap<Turn, { readonly words: number; readonly reasoning: number }>();
  let factor = 1;

  function tokensOf(turn: Turn): { readonly words: number; readonly reasoning: number } {
    const found = known.get(turn);
    if (found !== undefined) return found;
    const tokens = estimateTurn(turn);
    known.set(turn, tokens);
    return tokens;
  }

  return {
    counted(estimated, counted) {
      // Of short requests what the service puts around each message decides, which says nothing of long ones.
      if (estimated >= 200 && counted > 0) factor = Math.min(factors.most, Math.max(factors.least, counted / estimated));
    },
    view({ turns, context, system, tools, limit, replaysReasoning }) {
      const from = Math.max(0, turns.findLastIndex(({ isSummary }) => isSummary === true));
      let chat = 0;
      for (const turn of turns.slice(from)) {
        const { words, reasoning } = tokensOf(turn);
        chat += words + (replaysReasoning ? reasoning : 0);
      }
      const chips = context.reduce((sum, piece) => sum + (piece.tokens ?? 0), 0);
      const parts = ([['system', system], ['tools', tools], ['chat', chat], ['context', chips]] as const).map(([kind, tokens]) => ({ kind, tokens: Math.round(tokens * factor) }));
      return { used: parts.reduce((sum, part) => sum + part.tokens, 0), limit, parts };
    },
  };
}

function estimateTurn({ question, items, isSummary }: Turn): { readonly words: number; readonly reasoning: number } {
  let words = isSummary === true ? 0 : estimateTokens(question.text) + question.attachments.reduce((sum, { text }) => sum + estimateTokens(text), 0);
  let reasoning = 0;
  for (const item of items) {
    if (item.kind === 'text') words += estimateTokens(item.text);
    else if (item.kind === 'reasoning') reasoning += estimateTokens(item.text);
    else if (item.kind === 'call') words += estimateTokens(item.arguments) + estimateTokens(item.result ?? '');
  }
  return { words, reasoning };
}
