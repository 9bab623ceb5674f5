import assert from 'node:assert/strict';
import type { Usage } from '../../src/core/completions/completion.ts';
import { addCost, costOf, isPeak, mostItCosts } from '../../src/core/models/cost.ts';
import { models as deepseekModels } from '../../src/core/providers/deepseekModels.ts';
import type { PeakHours, Prices } from '../../src/core/providers/spec.ts';
import { inMoney, inPrice } from '../../src/protocol/money.ts';

const prices: Prices = { currency: 'CNY', input: 4.5, cachedInput: 0.15, output: 13.5, asOf: '2026-11-15', source: 'a page' };
/** A Sunday. */
const quiet = Date.UTC(2026, 10, 22, 2);

function monday(hour: number, minute = 0): number {
  return Date.UTC(2026, 10, 23, hour, minute);
}

function used(promptTokens: number, completionTokens: number, cachedTokens?: number): Usage {
  return { promptTokens, completionTokens, cachedTokens, reasoningTokens: 7 };
}

describe('what a request cost', () => {
  const rows: readonly [string, Usage, Partial<Prices>, number][] = [
    ['input and output at their prices, reasoning being part of the output', used(1_000_000, 1_000_000), {}, 18],
    ['cached input at its own price', used(1_000_000, 0, 400_000), {}, 0.6 * 4.5 + 0.4 * 0.15],
    ['cached input at the full price where there is no other', used(1_000_000, 0, 400_000), { cachedInput: undefined }, 4.5],
    ['no more cached input than there was input', used(1_000_000, 0, 1_300_000), {}, 0.15],
    ['nothing for cached tokens that are fewer than none', used(1_000_000, 0, -5), {}, 4.5],
    ['a request without a token', used(0, 0), {}, 0],
  ];
  for (const [name, usage, changed, amount] of rows) {
    it(`counts ${name}`, () => {
      const cost = costOf(usage, { ...prices, ...changed }, quiet);
      assert.ok(cost !== undefined && Math.abs(cost.amount - amount) < 1e-12, String(cost?.amount));
      assert.deepEqual([cost.currency, cost.pricesOf], ['CNY', '2026-11-15']);
    });
  }

  it('is unknown, not nothing, without a price or without usage', () => {
    assert.equal(costOf(used(10, 10), undefined, quiet), undefined);
    assert.equal(costOf(undefined, prices, quiet), undefined);
    assert.equal(costOf(used(Number.NaN, 10), prices, quiet), undefined);
    assert.equal(costOf(used(10, -10), prices, quiet), undefined);
  });

  it('is a multiple in the hours in which the service charges more', () => {
    const peak: PeakHours = { times: 2, weekdays: [1, 2, 3, 4, 5], hours: [[1, 4], [6, 10]] };
    assert.deepEqual([0, 1, 3, 4, 5, 6, 9, 10].map((hour) => isPeak(peak, monday(hour))), [false, true, true, false, false, true, true, false]);
    assert.equal(isPeak(peak, monday(3, 59)), true);
    assert.equal(isPeak(peak, Date.UTC(2026, 10, 22, 2)), false);
    assert.deepEqual([monday(2), monday(4)].map((at) => costOf(used(1_000_000, 0), { ...prices, peak }, at)?.amount), [9, 4.5]);
  });

  it('is what DeepSeek charges for its default model', () => {
    // A question of 2,000 tokens, 1,500 of them cached, and 500 of answer: off-peak, in yuan.
    const cost = costOf(used(2000, 500, 1500), deepseekModels[0]?.prices, quiet);
    assert.ok(Math.abs((cost?.amount ?? 0) - (1500 * 0.02 + 500 * 1 + 500 * 4) / 1_000_000) < 1e-15);
  });

  it('adds up, by the older list of prices, and stays unknown when a part is', () => {
    const [one, other] = [{ amount: 1, currency: 'CNY', pricesOf: '2026-11-15' }, { amount: 0.5, currency: 'CNY', pricesOf: '2026-10-01' }];
    assert.deepEqual(addCost(one, other), { amount: 1.5, currency: 'CNY', pricesOf: '2026-10-01' });
    assert.equal(addCost(one, undefined), undefined);
    assert.equal(addCost(undefined, one), undefined);
    assert.equal(addCost(one, { ...other, currency: 'USD' }), undefined);
  });
});

describe('money in words', () => {
  it('never reads as nothing when it is something', () => {
    assert.deepEqual([0.00123, 0.000_000_1, 0.05, 12.3456, 0].map((amount) => inMoney(amount, 'CNY', 'zh-cn')), ['¥0.0012', '¥0.0000001', '¥0.05', '¥12.35', '¥0.00']);
    assert.deepEqual([inMoney(0.0042, 'USD', 'en'), inMoney(0.0042, 'CNY', 'en')], ['$0.0042', 'CN¥0.0042']);
  });

  it('keeps a price as the list has it', () => {
    assert.deepEqual([1, 4.5, 0.02, 0.135, 13.5, 237.5].map((price) => inPrice(price, 'USD', 'en')), ['$1', '$4.5', '$0.02', '$0.135', '$13.5', '$237.5']);
  });
});

describe('the most that requests can cost', () => {
  it('is what they cost at the dearest hour with nothing in the cache, and unknown without a price', () => {
    const peak: PeakHours = { weekdays: [1], hours: [[1, 4]], times: 2 };
    assert.equal(mostItCosts({ promptTokens: 1_000_000, completionTokens: 1_000_000 }, { ...prices, peak })?.amount, 36);
    assert.equal(mostItCosts({ promptTokens: 1_000_000, completionTokens: 0 }, prices)?.amount, 4.5);
    assert.equal(mostItCosts({ promptTokens: 1, completionTokens: 1 }, undefined), undefined);
  });
});
