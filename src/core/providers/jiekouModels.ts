import type { ModelSpec } from './spec.ts';

/** The names as they go over the wire of the two models that the reference page documents switches for. */
export const r1Turbo = 'deepseek/deepseek-r1-turbo';
export const glm = 'zai-org/glm-4.5';

/** From a copy of what `GET /models` answered on that day, without a price for cached input. */
const listed = { currency: 'USD', asOf: '2026-06-15', source: 'https://github.com/ThinkInAIXYZ/PublicProviderConf/blob/main/dist/jiekou.json' };

/** The models that the reference page names; `GET /models` has the rest. The copy of June 2026 no longer has the first: its price is unknown. */
export const models: readonly ModelSpec[] = [
  { id: r1Turbo, thinking: 'always', defaults: { separate_reasoning: true }, dialect: { reasoningReplay: 'never' } },
  {
    id: glm,
    contextTokens: 131_072,
    outputTokens: 98_304,
    thinking: 'switch',
    tools: true,
    media: [],
    prices: { ...listed, input: 0.6, output: 2.2 },
    defaults: { enable_thinking: true },
    dialect: { reasoningReplay: 'never' },
  },
];
