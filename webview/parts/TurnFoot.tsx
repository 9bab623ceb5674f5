import type { VNode } from 'preact';
import type { Outcome, Turn, UsageView } from '../../src/protocol/viewState.ts';
import { t } from '../strings.ts';

/** How a turn ended and what it used. */
export function TurnFoot({ turn }: { readonly turn: Turn }): VNode | null {
  const ending = endingInWords(turn.outcome);
  if (ending === undefined && turn.usage === undefined) return null;
  return (
    <footer class="turn-foot">
      {ending !== undefined && <span class="outcome">{ending}</span>}
      {turn.usage !== undefined && <Usage usage={turn.usage} />}
    </footer>
  );
}

function Usage({ usage }: { readonly usage: UsageView }): VNode {
  const { promptTokens, completionTokens, cachedTokens, reasoningTokens } = usage;
  const inWords =
    cachedTokens === undefined
      ? t('{0} tokens in', count(promptTokens))
      : t('{0} tokens in ({1} cached)', count(promptTokens), count(cachedTokens));
  const outWords =
    reasoningTokens === undefined
      ? t('{0} out', count(completionTokens))
      : t('{0} out ({1} reasoning)', count(completionTokens), count(reasoningTokens));
  return <span class="usage" title={t('Tokens as the service counted them')}>{`${inWords} · ${outWords}`}</span>;
}

function endingInWords(outcome: Outcome): string | undefined {
  switch (outcome) {
    case 'stopped':
      return t('Stopped');
    case 'cut':
      return t('Cut off by the service');
    case 'failed':
    case 'done':
    case 'running':
      return undefined;
  }
}

function count(tokens: number): string {
  return tokens.toLocaleString(document.documentElement.lang || undefined);
}
