import type { TimingView, Turn, UsageView } from '../../src/protocol/viewState.ts';
import { t } from '../strings.ts';
import { detailsInWords, type Detail } from './answerDetails.ts';
import { costInWords, whereCostIsFrom } from './costs.ts';
import { rateInWords, waitInWords } from './timings.ts';

/** What a turn used, for one line, in the order of what matters: what does not fit there is left to {@link detailsOf}. */
export function partsOf({ usage, timing }: Turn): readonly string[] {
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

/** All of it: what a turn used and what the service said of it. */
export function detailsOf({ usage, timing, details }: Turn): readonly Detail[] {
  return [...(usage === undefined ? [] : usedBy(usage)), ...(timing === undefined ? [] : speedOf(timing)), ...detailsInWords(details)];
}

/** Where the numbers are from, in sentences. */
export function whereFrom({ usage }: Turn): readonly string[] {
  return usage === undefined ? [] : [t('Tokens as the service counted them'), whereCostIsFrom(usage.cost)];
}

/** Details as a tooltip has them, a line each. */
export function inLines(details: readonly Detail[]): readonly string[] {
  return details.map(({ label, value }) => t('{0}: {1}', label, value));
}

function usedBy({ promptTokens, completionTokens, cachedTokens, reasoningTokens, cost }: UsageView): readonly Detail[] {
  return [
    { label: t('Tokens in'), value: count(promptTokens) },
    ...(cachedTokens === undefined ? [] : [{ label: t('of them cached'), value: share(cachedTokens, promptTokens) }]),
    { label: t('Tokens out'), value: count(completionTokens) },
    ...(reasoningTokens === undefined ? [] : [{ label: t('of them reasoning'), value: share(reasoningTokens, completionTokens) }]),
    { label: t('Cost'), value: costInWords(cost) },
  ];
}

function speedOf({ firstTokenMs, tokensPerSecond }: TimingView): readonly Detail[] {
  return [{ label: t('First word after'), value: waitInWords(firstTokenMs) }, ...(tokensPerSecond === undefined ? [] : [{ label: t('Speed'), value: rateInWords(tokensPerSecond) }])];
}

function share(part: number, whole: number): string {
  const percent = percentOf(part, whole);
  return percent === 0 ? count(part) : t('{0} ({1}%)', count(part), percent);
}

/** In whole percent, 100 at most, whatever a service may have counted. */
function percentOf(part: number, whole: number): number {
  return whole > 0 ? Math.min(100, Math.round((100 * part) / whole)) : 0;
}

function count(tokens: number): string {
  return tokens.toLocaleString(document.documentElement.lang || undefined);
}
