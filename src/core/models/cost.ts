import type { CostView } from '../../protocol/viewState.ts';
import type { Usage } from '../completions/completion.ts';
import type { PeakHours, Prices } from '../providers/spec.ts';

const million = 1_000_000;

/**
 * What one request cost by the price list; `at` is when it ended, in milliseconds since the epoch, for some services
 * charge by the hour. Cached input at its own price, the rest of the input at the full one, output with its reasoning.
 * Undefined when the usage or the price is not known: never zero instead.
 */
export function costOf(usage: Usage | undefined, prices: Prices | undefined, at: number): CostView | undefined {
  if (usage === undefined || prices === undefined) return undefined;
  const { promptTokens, completionTokens, cachedTokens = 0 } = usage;
  // Some services count more cached tokens than there were: no more is taken for cached than was sent.
  const cached = Math.min(Math.max(cachedTokens, 0), promptTokens);
  const once = cached * (prices.cachedInput ?? prices.input) + (promptTokens - cached) * prices.input + completionTokens * prices.output;
  const amount = (once / million) * factorAt(prices.peak, at);
  return Number.isFinite(amount) && amount >= 0 ? { amount, currency: prices.currency, pricesOf: prices.asOf } : undefined;
}

/** The most that requests of this size can cost: at the dearest hour, with nothing in the cache; undefined when the price is not known. */
export function mostItCosts({ promptTokens, completionTokens }: Pick<Usage, 'promptTokens' | 'completionTokens'>, prices: Prices | undefined): CostView | undefined {
  const usage = { promptTokens, completionTokens, cachedTokens: undefined, reasoningTokens: undefined };
  const cost = costOf(usage, prices && { ...prices, peak: undefined }, 0);
  return cost && { ...cost, amount: cost.amount * Math.max(1, prices?.peak?.times ?? 1) };
}

/**
 * Both amounts as one, by the older of the price lists. Undefined when either is unknown, for a sum that leaves a part
 * out would pass for the whole, or when they are in different currencies, which nobody here can change.
 */
export function addCost(one: CostView | undefined, other: CostView | undefined): CostView | undefined {
  if (one === undefined || other === undefined || one.currency !== other.currency) return undefined;
  return { amount: one.amount + other.amount, currency: one.currency, pricesOf: one.pricesOf < other.pricesOf ? one.pricesOf : other.pricesOf };
}

function factorAt(peak: PeakHours | undefined, at: number): number {
  return peak !== undefined && isPeak(peak, at) ? peak.times : 1;
}

/** Whether it is one of the service's dear hours. */
export function isPeak({ weekdays, hours }: PeakHours, at: number): boolean {
  const date = new Date(at);
  const hour = date.getUTCHours();
  return weekdays.includes(date.getUTCDay()) && hours.some(([from, until]) => hour >= from && hour < until);
}
