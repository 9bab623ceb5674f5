import type { VNode } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { TimingView, Turn, UsageView } from '../../src/protocol/viewState.ts';
import { t } from '../strings.ts';
import { detailsInWords } from '../text/answerDetails.ts';
import { costInWords, whereCostIsFrom } from '../text/costs.ts';
import { rateInWords, waitInWords } from '../text/timings.ts';
import { endingInWords } from '../text/turnText.ts';
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

/** A line of what matters. All of it is in the tooltip, and below the line for who presses it. */
function FootLine({ turn }: { readonly turn: Turn }): VNode | null {
  const [isOpen, setOpen] = useState(false);
  const listId = useId();
  const { usage, details, outcome, timing } = turn;
  const ending = endingInWords(outcome);
  if (outcome === 'running' && ending === undefined && usage === undefined) return null;
  const parts = partsOf(usage, timing);
  const more = [...parts.slice(partsInTitleFrom), ...(usage === undefined ? [] : exactly(usage)), ...detailsInWords(details)];
  const words = (
    <>
      {ending !== undefined && <span class="outcome">{ending}</span>}
      {parts.length > 0 && (
        <span class="usage">
          {parts.map((part, index) => (
            <span key={index}>{index === 0 ? part : ` · ${part}`}</span>
          ))}
        </span>
      )}
    </>
  );
  return (
    <footer class="turn-foot">
      {more.length === 0 || (parts.length === 0 && ending === undefined) ? (
        <span class="turn-words" title={more.length === 0 ? undefined : more.join('\n')}>
          {words}
        </span>
      ) : (
        <button type="button" class="turn-words" title={more.join('\n')} aria-expanded={isOpen} aria-controls={isOpen ? listId : undefined} onClick={() => setOpen(!isOpen)}>
          {words}
        </button>
      )}
      {isOpen && (
        <ul class="turn-details" id={listId}>
          {more.map((line, index) => (
            <li key={index}>{line}</li>
          ))}
        </ul>
      )}
    </footer>
  );
}

/** The first ones fit into 300 pixels, so that they need no tooltip. */
const partsInTitleFrom = 3;

/** In the order of what matters: what does not fit in one line is left to the tooltip. */
function partsOf(usage: UsageView | undefined, timing: TimingView | undefined): readonly string[] {
  const speed = timing === undefined ? [] : [t('{0} to the first word', waitInWords(timing.firstTokenMs)), ...(timing.tokensPerSecond === undefined ? [] : [rateInWords(timing.tokensPerSecond)])];
  if (usage === undefined) return speed;
  const { promptTokens, completionTokens, cachedTokens, reasoningTokens, cost } = usage;
  const cachedPercent = percentOf(cachedTokens ?? 0, promptTokens);
  const reasoningPercent = percentOf(reasoningTokens ?? 0, completionTokens);
  return [
    t('{0} in', count(promptTokens)),
    t('{0} out', count(completionTokens)),
    costInWords(cost),
    ...(cachedPercent === 0 ? [] : [t('{0}% cached', cachedPercent)]),
    ...speed,
    ...(reasoningPercent === 0 ? [] : [t('{0}% reasoning', reasoningPercent)]),
  ];
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

function count(tokens: number): string {
  return tokens.toLocaleString(document.documentElement.lang || undefined);
}
