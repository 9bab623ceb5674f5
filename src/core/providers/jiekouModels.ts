import type { ModelSpec } from './spec.ts';

/** The names as they go over the wire of the two models that the reference page documents switches for. */
export const r1Turbo = 'deepseek/deepseek-r1-turbo';
export const glm = 'zai-org/glm-4.5';

/** The models that the reference page names; `GET /models` has the rest. */
export const models: readonly ModelSpec[] = [
  { id: r1Turbo, defaults: { separate_reasoning: true } },
  { id: glm, defaults: { enable_thinking: true } },
];
