import type { ModelSpec } from './spec.ts';

/**
 * The default models of the two reference pages: the newer one names deepseek-r1, the older one tstars2.0. Facts from
 * models.dev (providers/iflowcn, before the service was discontinued). It has them for nothing, which nobody vouches for now: no price.
 */
export const models: readonly ModelSpec[] = [
  { id: 'deepseek-r1', contextTokens: 128_000, thinking: 'always', tools: true },
  { id: 'tstars2.0', contextTokens: 128_000, thinking: 'never', tools: true },
];
