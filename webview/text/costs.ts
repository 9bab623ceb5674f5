import { inMoney } from '../../src/protocol/money.ts';
import type { CostView, Item, Turn } from '../../src/protocol/viewState.ts';
import { t } from '../strings.ts';

/** What several turns cost together. */
export interface Total {
  /** One for each currency, in the order in which they came up. */
  readonly costs: readonly CostView[];
  /** How many turns there are whose cost is known, and how many that cost something nobody here knows. */
  readonly known: number;
  readonly unknown: number;
}

/** The amount in the person's language, or that it is unknown. */
export function costInWords(cost: CostView | undefined): string {
  return cost === undefined ? t('cost unknown') : inMoney(cost.amount, cost.currency, document.documentElement.lang || undefined);
}

/** Why the amount is what it is. */
export function whereCostIsFrom(cost: CostView | undefined): string {
  return cost === undefined
    ? t('The cost is unknown: there is no price for the model, or not all tokens were told.')
    : t('Cost computed from these tokens with the prices of {0}; the bill of the service counts.', cost.pricesOf);
}

/** Turns that are still running, or failed before anything of an answer came, count neither way. */
export function totalOf(turns: readonly Turn[]): Total {
  const costs = new Map<string, CostView>();
  let known = 0;
  let unknown = 0;
  for (const { usage, outcome, items } of turns) {
    if (usage?.cost !== undefined) {
      known += 1;
      costs.set(usage.cost.currency, added(costs.get(usage.cost.currency), usage.cost));
    } else if (usage !== undefined || outcome === 'stopped' || outcome === 'cut' || (outcome === 'failed' && items.some(isOfAnswer))) unknown += 1;
  }
  return { costs: [...costs.values()], known, unknown };
}

function isOfAnswer({ kind }: Item): boolean {
  return kind === 'text' || kind === 'reasoning' || kind === 'call';
}

/** By the older of the price lists. */
function added(sum: CostView | undefined, cost: CostView): CostView {
  if (sum === undefined) return cost;
  return { ...cost, amount: sum.amount + cost.amount, pricesOf: sum.pricesOf < cost.pricesOf ? sum.pricesOf : cost.pricesOf };
}
