import type { ModelSpec, PeakHours, Prices } from './spec.ts';

/** Beijing's working hours; the service leaves China's public holidays out, which are not known here (pricing page of 2026-11-15). */
const peak: PeakHours = { times: 2, weekdays: [1, 2, 3, 4, 5], hours: [[1, 4], [6, 10]] };
const pricing = { currency: 'CNY', peak, asOf: '2026-11-15', source: 'https://api-docs.deepseek.com/zh-cn/quick_start/pricing' };
const flashPrices: Prices = { ...pricing, cachedInput: 0.02, input: 1, output: 4 };
const proPrices: Prices = { ...pricing, cachedInput: 0.15, input: 4.5, output: 13.5 };

/** "1M" and "384K" of the pricing page; 393,216 was seen to be the bound (docs/servers.md §2.1). */
const v4 = { contextTokens: 1_000_000, outputTokens: 393_216, thinking: 'switch', tools: true } as const;

/** Thinking is on unless switched off, and is said outright so that a change of the service's default changes nothing here (docs/servers.md §0.2). */
const thinking = { thinking: { type: 'enabled' } };
/** Since September 2026 the names that have a version are served, and charged, as this one (pricing page). */
const replaced = { replacedBy: 'deepseek-flash' };

/** V4 and later, which take the switches for thinking; facts from the pricing page of 2026-11-15 where nothing else is said. */
const currentModels: readonly ModelSpec[] = [
  { id: 'deepseek-flash', ...v4, media: ['image'], prices: flashPrices, defaults: thinking },
  { id: 'deepseek-v4-pro', ...v4, media: [], prices: proPrices, defaults: thinking },
  // It was seen to refuse pictures (docs/servers.md §2.2); nobody has seen whether what serves it now takes them under this name.
  { id: 'deepseek-v4-flash', retired: replaced, ...v4, media: [], prices: flashPrices, defaults: thinking },
  { id: 'deepseek-v4-flash-vision-exp', retired: replaced, ...v4, media: ['image'], prices: flashPrices, defaults: thinking },
];

/** The two names of the reference page, switched off on 2026-07-24 (docs/servers.md §0.1): what they would cost is unknown. */
const formerModels: readonly ModelSpec[] = [
  { id: 'deepseek-chat', retired: replaced, media: [], thinking: 'never', defaults: { max_tokens: 8192 }, dialect: { reasoningReplay: 'never' } },
  { id: 'deepseek-reasoner', retired: replaced, media: [], thinking: 'always', tools: false, defaults: { max_tokens: 8192 }, dialect: { reasoningReplay: 'never' } },
];

export const models: readonly ModelSpec[] = [...currentModels, ...formerModels];
/** Pro, and the names that Flash has had: they differ in top_p (docs/servers.md §2.1). */
export const proModels: readonly string[] = ['deepseek-v4-pro'];
export const flashModels: readonly string[] = currentModels.map(({ id }) => id).filter((id) => !proModels.includes(id));
/** The names that take the switches for thinking, and those of the reference page, which do not. */
export const thinkingModels: readonly string[] = currentModels.map(({ id }) => id);
export const retiredModels: readonly string[] = formerModels.map(({ id }) => id);
