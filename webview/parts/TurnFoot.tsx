import type { VNode } from 'preact';
import type { Outcome, Turn, UsageView } from '../../src/protocol/viewState.ts';
import { usePage } from '../page.ts';
import { t } from '../strings.ts';
import { detailsInWords } from '../text/answerDetails.ts';
import { costInWords, whereCostIsFrom } from '../text/costs.ts';
import { Icon } from './Icon.tsx';
import { TurnChanges } from './TurnChanges.tsx';

/** What a turn did to files, how it ended and what it used. `isIdle`: nothing runs in the chat. */
export function TurnFoot({ turn, isIdle }: { readonly turn: Turn; readonly isIdle: boolean }): VNode {
  return (
    <>
      {turn.changes !== undefined && <TurnChanges turnId={turn.id} changes={turn.changes} isIdle={isIdle} />}
      <FootLine turn={turn} />
    </>
  );
}

/** What the service said of the turn besides is in the tooltip. */
function FootLine({ turn }: { readonly turn: Turn }): VNode | null {
  const { usage, details, outcome } = turn;
  const ending = endingInWords(outcome);
  if (outcome === 'running' && ending === undefined && usage === undefined) return null;
  const more = [...(usage === undefined ? [] : exactly(usage)), ...detailsInWords(details)];
  return (
    <footer class="turn-foot">
      <span class="turn-words" title={more.length === 0 ? undefined : more.join('\n')}>
        {ending !== undefined && <span class="outcome">{ending}</span>}
        {usage !== undefined && <Usage usage={usage} />}
      </span>
      {outcome !== 'running' && <InspectButton turnId={turn.id} />}
    </footer>
  );
}

/** A picture only, and quiet until it is wanted: it stands under every answer. */
function InspectButton({ turnId }: { readonly turnId: string }): VNode {
  const { post } = usePage();
  const name = t('Inspect request');
  return (
    <button type="button" class="icon-button inspect" aria-label={name} title={name} onClick={() => post({ type: 'act', action: 'inspect', turnId })}>
      <Icon name="inspect" />
    </button>
  );
}

function Usage({ usage }: { readonly usage: UsageView }): VNode {
  const { promptTokens, completionTokens, cachedTokens, cost } = usage;
  const cachedPercent = percentOf(cachedTokens ?? 0, promptTokens);
  // In the order of what matters: what does not fit in one line is left to the tooltip.
  const parts = [
    t('{0} in', count(promptTokens)),
    t('{0} out', count(completionTokens)),
    costInWords(cost),
    ...(cachedPercent === 0 ? [] : [t('{0}% cached', cachedPercent)]),
  ];
  return (
    <span class="usage">
      {parts.map((part, index) => (
        <span key={index}>{index === 0 ? part : ` · ${part}`}</span>
      ))}
    </span>
  );
}

/** The counts behind the line, and where they and the cost are from, a line each. */
function exactly({ cachedTokens, reasoningTokens, cost }: UsageView): readonly string[] {
  return [
    t('Tokens as the service counted them'),
    ...(cachedTokens === undefined ? [] : [t('Cached: {0}', count(cachedTokens))]),
    ...(reasoningTokens === undefined ? [] : [t('Reasoning: {0}', count(reasoningTokens))]),
    whereCostIsFrom(cost),
  ];
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
    case 'interrupted':
      return t('Interrupted');
    case 'failed':
    case 'done':
    case 'running':
      return undefined;
  }
}

function count(tokens: number): string {
  return tokens.toLocaleString(document.documentElement.lang || undefined);
}
