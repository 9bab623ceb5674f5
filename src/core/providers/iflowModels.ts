import type { ModelSpec } from './spec.ts';

/** The default models of the two reference pages: the newer one names deepseek-r1, the older one tstars2.0. */
export const models: readonly ModelSpec[] = [{ id: 'deepseek-r1' }, { id: 'tstars2.0' }];
