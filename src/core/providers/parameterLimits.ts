import { say } from '../../protocol/localText.ts';
import type { ParameterLimit } from './spec.ts';

/** The pages allow it only when `stream` is true. */
export const onlyInStream: readonly ParameterLimit[] = [{ when: { name: 'stream', is: [false, null] }, allows: [], reason: say('It needs stream: the answer does not come piece by piece.') }];

/** The pages allow it only when `logprobs` is true. */
export const onlyWithLogprobs: readonly ParameterLimit[] = [{ when: { name: 'logprobs', is: [false, null] }, allows: [], reason: say('It needs logprobs: switch that on first.') }];
