import type { VNode } from 'preact';
import type { Outcome, Turn, UsageView } from '../../src/protocol/viewState.ts';
import { usePage } from '../page.ts';
import { t } from '../strings.ts';
import { costInWords, whereCostIsFrom } from '../text/costs.ts';

/** How a turn ended and what it used. */
export function TurnFoot({ turn }: { readonly turn: Turn }): VNode | null {
  const ending = endingInWords(turn.outcome);
  if (turn.outcome === 'running' && ending === undefined && turn.usage === undefined) return null;
  return (
    <footer class="turn-foot">
      {ending !== undefined && <span class="outcome">{ending}</span>}
      {turn.usage !== undefined && <Usage usage={turn.usage} />}
      {turn.outcome !== 'running' && <InspectButton turnId={turn.id} />}
    </footer>
  );
}

function InspectButton({ turnId }: { readonly turnId: string }): VNode {
  const { post } = usePage();
  return (
    <button type="button" class="link inspect" onClick={() => post({ type: 'act', action: 'inspect', turnId })}>
      {t('Inspect request')}
    </button>
  );
}

function Usage({ usage }: { readonly usage: UsageView }): VNode {
  const { promptTokens, completionTokens, cachedTokens, reasoningTokens } = usage;
  const cachedPercent = percentOf(cachedTokens ?? 0, promptTokens);
  const inWords =
    cachedPercent === 0
      ? t('{0} in', count(promptTokens))
      : t('{0} in ({1}% cached)', count(promptTokens), cachedPercent);
  const exactly = [
    t('Tokens as the service counted them'),
    ...(cachedTokens === undefined ? [] : [t('Cached: {0}', count(cachedTokens))]),
    ...(reasoningTokens === undefined ? [] : [t('Reasoning: {0}', count(reasoningTokens))]),
    whereCostIsFrom(usage.cost),
  ];
  return (
    <span class="usage" title={exactly.join('\n')}>
      {`${inWords} · ${t('{0} out', count(completionTokens))} · ${costInWords(usage.cost)}`}
    </span>
  );
}

/** In whole percent, 100 at most, whatever a service may have counted. */
function percentOf(part: number, whole: number): number {
  return whole > 0 ? Math.min(100, Math.round((100 * part) / whole)) : 0;
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
