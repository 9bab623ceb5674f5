import type { ModelSpec } from './spec.ts';

const retired = { replacedBy: 'deepseek-v4-flash' };

/** Thinking is on unless switched off, and is said outright so that a change of the service's default changes nothing here (wire.md §0.2). */
const thinking = { thinking: { type: 'enabled' } };

/** The models of November 2026 (wire.md §0.1) and the two retired names of the reference page. */
export const models: readonly ModelSpec[] = [
  { id: 'deepseek-v4-flash', defaults: thinking },
  { id: 'deepseek-v4-pro', defaults: thinking },
  { id: 'deepseek-flash', defaults: thinking },
  { id: 'deepseek-v4-flash-vision-exp', defaults: thinking },
  { id: 'deepseek-chat', retired, defaults: { max_tokens: 8192 }, dialect: { reasoningReplay: 'never' } },
  { id: 'deepseek-reasoner', retired, tools: false, defaults: { max_tokens: 8192 }, dialect: { reasoningReplay: 'never' } },
];
